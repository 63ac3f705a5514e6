/** Somebody without a browser, over the same public wire: a raid of twenty needs no twenty browsers. */
import { decode, encode } from '@msgpack/msgpack';
import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import type { ClientMessage, Event, RefusalCode, ServerMessage } from '../../../client-web/src/protocol/types';
import { SUBPROTOCOL, VERSION } from '../../../client-web/src/protocol/types';
import type { RoomId } from './person';
import type { Server } from './server';

/** What becomes of words: they are there for everybody, staff look at them first, or they are not taken. */
export type Fate = 'done' | 'held' | RefusalCode;

export class Stranger {
  private readonly heard: ServerMessage[] = [];
  private n = 0;

  private constructor(readonly nick: string, private readonly socket: WebSocket) {}

  /** Comes to the door, and is in or waits. */
  static async come(place: Server, nick: string, room: RoomId = 'umibe'): Promise<Stranger> {
    const socket = new WebSocket(`${place.url.replace('http', 'ws')}/ws`, SUBPROTOCOL, { origin: place.url });
    socket.binaryType = 'arraybuffer';
    const one = new Stranger(nick, socket);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`${nick} got no line`));
    });
    socket.onmessage = ({ data }) => {
      const message = decode(new Uint8Array(data)) as ServerMessage;
      one.heard.push(message);
      if (message.t !== 'welcome') return;
      one.n = Math.max(one.n, message.next_n);
      one.send({ t: 'ready' });
    };
    one.send({ t: 'hello', v: VERSION, room, enter: { new: { nick, look: { figure: 0, colour: 0 }, way: 'write' } } });
    await expect.poll(() => one.heard.some(({ t }) => t === 'welcome' || t === 'refused'), { message: `${nick} is answered` }).toBe(true);
    return one;
  }

  private send(message: ClientMessage): void {
    this.socket.send(encode(message));
  }

  private get events(): Event[] {
    return this.heard.flatMap((message) => (message.t === 'frame' ? message.ev : message.t === 'welcome' ? message.missed : []));
  }

  /** In the lobby, by the last word of the server. */
  get waits(): boolean {
    return this.heard.findLast((message) => message.t === 'welcome')?.role === 'lobby';
  }

  async say(text: string): Promise<Fate> {
    const n = this.n++;
    this.send({ t: 'say', n, to: 0, text });
    let fate: Fate | null = null;
    await expect.poll(() => {
      const event = this.events.find((one) => (one.t === 'done' || one.t === 'held' || one.t === 'refused') && one.n === n);
      const refused = this.heard.find((message) => message.t === 'refused' && message.n === n);
      fate = event?.t === 'refused' ? event.code : event?.t === 'done' || event?.t === 'held' ? event.t : refused?.t === 'refused' ? refused.code : null;
      return fate;
    }, { message: `${this.nick} is answered` }).not.toBeNull();
    return fate ?? 'done';
  }

  /** Everything that this one was ever told that somebody said. */
  get words(): string[] {
    return this.events.flatMap((event) => (event.t === 'said' ? [event.text] : []));
  }

  close(): void {
    this.socket.close(1000);
  }
}
