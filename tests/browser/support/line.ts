/** The line of one page with a hand on it: it can be held, cut and mended, and one's own bytes can be put on it. */
import { decode, encode } from '@msgpack/msgpack';
import type { Page, WebSocketRoute } from '@playwright/test';
import type { ClientMessage, Reaction, ServerMessage } from '../../../client-web/src/protocol/types';

/** What the server is asked to do, without its number. */
export type Order = { t: 'say'; to: number; text: string } | { t: 'react'; kind: Reaction };

/** No code of the server's: what a network does to a line. */
const BROKEN = 4900;

export class Line {
  /** Everything that came from the server on any line of this page. */
  readonly heard: ServerMessage[] = [];
  /** Everything that the page sent. */
  readonly sent: ClientMessage[] = [];
  /** How often the page knocked. */
  knocks = 0;
  private held: (() => void)[] | null = null;
  private instead: Order | null = null;
  private broken = false;
  private page: WebSocketRoute | null = null;
  private server: WebSocketRoute | null = null;

  /** Before the page is opened. */
  static async of(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/ws$/, (route) => line.connect(route));
    return line;
  }

  private connect(route: WebSocketRoute): void {
    this.knocks++;
    if (this.broken) {
      void route.close({ code: BROKEN });
      return;
    }
    const server = route.connectToServer();
    [this.page, this.server] = [route, server];
    route.onMessage((bytes) => {
      const message = decode(Buffer.from(bytes)) as ClientMessage;
      const sent = this.replaced(message);
      this.sent.push(sent);
      server.send(sent === message ? bytes : Buffer.from(encode(sent)));
    });
    server.onMessage((bytes) => {
      this.heard.push(decode(Buffer.from(bytes)) as ServerMessage);
      const pass = (): void => route.send(bytes);
      if (this.held) this.held.push(pass);
      else pass();
    });
  }

  /** From now on nothing reaches the page. */
  hold(): void {
    this.held = [];
  }

  release(): void {
    const waiting = this.held ?? [];
    this.held = null;
    waiting.forEach((pass) => pass());
  }

  /** What was held is lost for good. */
  drop(): void {
    this.held = null;
  }

  /** The line breaks, and every new one too, until it is mended. */
  async cut(): Promise<void> {
    this.broken = true;
    await Promise.all([this.page?.close({ code: BROKEN }), this.server?.close({ code: BROKEN })]);
  }

  mend(): void {
    this.broken = false;
  }

  /** The next order of the page goes out as another one, under its number: past everything that the page allows. */
  replaceNext(order: Order): void {
    this.instead = order;
  }

  private replaced(message: ClientMessage): ClientMessage {
    if (!this.instead || !('n' in message)) return message;
    const order = { ...this.instead, n: message.n } as ClientMessage;
    this.instead = null;
    return order;
  }
}
