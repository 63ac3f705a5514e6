/** The desk as a browser reaches it from the page of a room: who sits there is on duty for this room, not for others. */
import { Refused, call } from '../net/api';
import type { Live } from '../protocol/types';
import type { Called, Means, Waits } from './desk';

const DESK = '/api/v1/staff/desk';

export const browser = (room: string): Means => ({
  room,
  open: ({ news, gone }) => {
    const stream = new EventSource(room ? `${DESK}/live?room=${encodeURIComponent(room)}` : `${DESK}/live`);
    for (const name of ['touched', 'reload']) stream.addEventListener(name, () => news());
    for (const name of ['alert', 'escalate']) stream.addEventListener(name, ({ data }) => news(called(String(data))));
    // Whatever was said before it came back is asked for.
    stream.addEventListener('open', () => news());
    stream.addEventListener('error', () => stream.readyState === EventSource.CLOSED && gone());
    return stream;
  },
  ask: async () => {
    try {
      return await call<Waits>('GET', DESK);
    } catch (error) {
      if (error instanceof Refused && error.code !== 'offline' && error.code !== 'busy' && error.code !== 'too_fast') return null;
      throw error;
    }
  },
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (timer) => window.clearTimeout(timer),
});

function called(data: string): Called | undefined {
  try {
    const news = JSON.parse(data) as Live;
    return 'case' in news ? { case: news.case, again: news.live === 'escalate' } : undefined;
  } catch {
    return undefined;
  }
}
