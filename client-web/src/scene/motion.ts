// The one loop of the page that runs frame by frame, and only while somebody moves.

/** A calm walk needs no more: measured with fifty people on a slow phone, twice the rate costs twice the battery. */
const TICK_MS = 50;

export interface Loop {
  /** Somebody moves: start ticking if it does not already. */
  wake(): void;
  stop(): void;
}

/** Calls `step` at most every 50 ms until it says that nobody moves any more. */
export function loop(step: () => boolean): Loop {
  let frame = 0;
  let last = 0;
  const run = (time: number): void => {
    frame = 0;
    // A frame comes every 16.7 ms; without the slack every third would be missed and the walk would limp.
    if (time - last >= TICK_MS - 4) {
      last = time;
      if (!step()) return;
    }
    frame = requestAnimationFrame(run);
  };
  return {
    wake: () => {
      if (!frame) frame = requestAnimationFrame(run);
    },
    stop: () => {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}

/** How long a drawn position may differ from the true one after a correction. */
const BLEND_MS = 200;

/** Carries the difference between where somebody was drawn and where they are, shrinking to nothing. */
export class Blend {
  private dx = 0;
  private dy = 0;
  private until = 0;

  start(dx: number, dy: number, now: number): void {
    this.dx = dx;
    this.dy = dy;
    this.until = now + BLEND_MS;
  }

  drop(): void {
    this.until = 0;
  }

  /** What is still to be added to the true position; `null` when it has been reached. */
  at(now: number): readonly [number, number] | null {
    const share = (this.until - now) / BLEND_MS;
    if (share <= 0) return null;
    // A clock set back would otherwise carry somebody away.
    const t = Math.min(1, share);
    return [this.dx * t, this.dy * t];
  }
}

/** Whether the system asks for less motion, kept up to date. */
export function reducedMotion(changed: () => void): { readonly on: boolean; stop(): void } {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  query.addEventListener('change', changed);
  return {
    get on() {
      return query.matches;
    },
    stop: () => query.removeEventListener('change', changed),
  };
}
