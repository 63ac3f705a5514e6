/**
 * The server's time, as well as it can be known without asking. Every frame tells the time at which it was made;
 * the one that travelled fastest tells it best, hence the smallest difference ever seen.
 */
export interface ServerClock {
  /** Server time in milliseconds. */
  now(): number;
  /** A frame that was made at `at` has just arrived. */
  heard(at: number): void;
  /** A new line: the device may have slept, begin anew. */
  reset(at: number): void;
}

export function createClock(local: () => number): ServerClock {
  let offset: number | null = null;
  return {
    now: () => local() - (offset ?? 0),
    heard: (at) => {
      const seen = local() - at;
      if (offset === null || seen < offset) offset = seen;
    },
    reset: (at) => {
      offset = local() - at;
    },
  };
}
