/** Held keys become steps: told to the server now and then while held, and once more to stop where one let go. */
import type { Heading } from '../state/steer';

/** Far enough that the next word to the server is not due before the steps are done. */
export const AHEAD_CELLS = 4;
/** At most so often is the server told; its own bound is six a second. */
export const EVERY_MS = 280;

export interface PaceClock {
  now(): number;
  set(run: () => void, ms: number): number;
  clear(id: number): void;
}

export interface Pace {
  press(key: string, heading: Heading): void;
  release(key: string): void;
  releaseAll(): void;
  /** Forget everything, tell nothing more. */
  stop(): void;
}

export function createPace(steer: (heading: Heading, cells: number) => void, clock: PaceClock): Pace {
  const held = new Map<string, Heading>();
  let last: Heading = { x: 0, y: 0 };
  let told = -Infinity;
  let timer: number | null = null;

  /** Tells where one goes now: at once if it may, else as soon as it may. */
  function tell(): void {
    if (timer !== null) return;
    const wait = told + EVERY_MS - clock.now();
    if (wait > 0) {
      timer = clock.set(() => {
        timer = null;
        tell();
      }, wait);
      return;
    }
    const heading = sum(held.values());
    if (heading.x || heading.y) {
      told = clock.now();
      last = heading;
      steer(heading, AHEAD_CELLS);
      tell();
    } else if (last.x || last.y) {
      // The next cell and no farther.
      told = clock.now();
      steer(last, 1);
      last = { x: 0, y: 0 };
    }
  }

  return {
    press: (key, heading) => {
      if (held.has(key)) return;
      held.set(key, heading);
      tell();
    },
    release: (key) => {
      if (held.delete(key)) tell();
    },
    releaseAll: () => {
      held.clear();
      tell();
    },
    stop: () => {
      held.clear();
      if (timer !== null) clock.clear(timer);
    },
  };
}

function sum(headings: Iterable<Heading>): Heading {
  let x = 0;
  let y = 0;
  for (const heading of headings) {
    x += heading.x;
    y += heading.y;
  }
  return { x: Math.sign(x), y: Math.sign(y) };
}
