/** News of the desk, by a stream that comes back by itself. */
import type { Signal } from '@preact/signals';

/** Whoever has lost the line knocks again after at least this: a server that has just started is not hurried. */
export const PAUSE_MS = 300;
/** And then, by chance, within this; twice as much each time: not all consoles come back at the same moment. */
export const FIRST_MS = 500;
/** The longest: staff shall not be without news for longer than they are for want of a line. */
export const LONGEST_MS = 15_000;
/** A stream that lasted this long was a good one: the next pause begins short again. */
export const STEADY_MS = 10_000;

export type Line = 'opening' | 'live' | 'lost';

export interface Hearing {
  opened(): void;
  said(name: string, data: string): void;
  ended(): void;
}

/** What the browser lends: streams, dice and clocks. */
export interface Means {
  open(hearing: Hearing): { close(): void };
  random(): number;
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

export interface Live {
  /** Does not wait any longer: the line may be back. */
  hurry(): void;
  stop(): void;
}

/** Follows the stream until it is stopped. `again` is called at every beginning: what was said meanwhile is not said again. */
export function follow(means: Means, line: Signal<Line>, news: { again(): void; said(name: string, data: string): void }): Live {
  let tries = 0;
  let stream: { close(): void } | null = null;
  let timer: number | null = null;

  const wait = (run: () => void, ms: number): void => {
    if (timer !== null) means.clear(timer);
    timer = means.set(() => {
      timer = null;
      run();
    }, ms);
  };

  function open(): void {
    let over = false;
    const mine = means.open({
      opened: () => {
        if (over) return;
        line.value = 'live';
        wait(() => void (tries = 0), STEADY_MS);
        news.again();
      },
      said: (name, data) => {
        if (!over) news.said(name, data);
      },
      ended: () => {
        if (over) return;
        over = true;
        mine.close();
        stream = null;
        line.value = 'lost';
        wait(open, PAUSE_MS + Math.round(means.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++)));
      },
    });
    stream = {
      close: () => {
        over = true;
        mine.close();
      },
    };
  }

  open();
  return {
    hurry: () => {
      if (stream) return;
      if (timer !== null) means.clear(timer);
      timer = null;
      open();
    },
    stop: () => {
      if (timer !== null) means.clear(timer);
      timer = null;
      stream?.close();
      stream = null;
    },
  };
}

/** The browser's own. It would come back by itself, but not from every answer, and everybody at the same moment. */
export function browserMeans(path: string, names: readonly string[]): Means {
  return {
    open: (hearing) => {
      const source = new EventSource(path);
      source.addEventListener('open', hearing.opened);
      source.addEventListener('error', hearing.ended);
      for (const name of names) source.addEventListener(name, (event) => hearing.said(name, String(event.data)));
      return source;
    },
    random: Math.random,
    set: (run, ms) => window.setTimeout(run, ms),
    clear: (timer) => window.clearTimeout(timer),
  };
}
