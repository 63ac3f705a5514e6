/**
 * Leaving without a line: the page has gone home already, and tells the server as soon as it can, so that no seat
 * is kept for somebody who left. If the line stays lost, the server finds out by itself within its grace time.
 */
import { decode, encode } from '../protocol/codec';
import { GRACE_MS, VERSION } from '../protocol/types';
import type { Timers } from './connection';
import type { OpenSocket } from './socket';

const TRIES_AFTER_MS = [0, 2_000, 8_000, 20_000, 40_000].filter((ms) => ms < GRACE_MS);
/** So long may one try take. */
const PATIENCE_MS = 6_000;

export function farewell(open: OpenSocket, timers: Timers, seat: { room: string; token: string; seen: number }): void {
  let said = false;
  for (const ms of TRIES_AFTER_MS) timers.set(() => !said && attempt(), ms);

  function attempt(): void {
    const socket = open({
      opened: () => {
        const again = { token: seat.token, seen: seat.seen };
        socket.send(encode({ t: 'hello', v: VERSION, room: seat.room, enter: { again } }));
      },
      heard: (bytes) => {
        const message = decode(bytes);
        if (message?.t === 'welcome') socket.send(encode({ t: 'leave' }));
        // A refusal says that the seat is gone already.
        if (message?.t !== 'welcome' && message?.t !== 'refused') return;
        said = true;
        socket.close();
      },
      closed: () => undefined,
    });
    timers.set(() => socket.close(), PATIENCE_MS);
  }
}
