/** The line of one page with a hand on it: it can be held, cut and mended, and one's own bytes can be put on it. */
import { decode, encode } from '@msgpack/msgpack';
import type { Page, WebSocketRoute } from '@playwright/test';
import type { ClientMessage, ServerMessage } from '../../../client-web/src/protocol/types';

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
      this.sent.push(decode(Buffer.from(bytes)) as ClientMessage);
      server.send(bytes);
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

  /** The line breaks, and every new one too, until it is mended. */
  async cut(): Promise<void> {
    this.broken = true;
    await Promise.all([this.page?.close({ code: BROKEN }), this.server?.close({ code: BROKEN })]);
  }

  mend(): void {
    this.broken = false;
  }

  /** Says something on this very line, past the page. */
  inject(message: ClientMessage): void {
    this.server?.send(Buffer.from(encode(message)));
  }
}
