// What moves is handed to the compositor once for each walk; the page itself looks only now and then.

import type { Walk } from '../protocol/types';
import { untilBeat } from '../state/beat';
import { pathLength, type Xy } from './geometry';
import { UNITS_PER_CELL } from '../protocol/types';

export interface Loop {
  /** Something has happened: look as soon as the last look is old enough. */
  wake(): void;
  /** Look at once. */
  now(): void;
  stop(): void;
}

/** Calls `look` at every beat until it says that nobody moves any more (how many do): what others do, who hides whom,
 *  who looks where and who has arrived. */
export function loop(look: () => number, clock: () => number): Loop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let walkers = 0;
  let last = Number.NEGATIVE_INFINITY;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = (): void => {
    stop();
    last = clock();
    walkers = look();
    if (walkers) timer = setTimeout(now, untilBeat(last, clock(), walkers));
  };
  const wake = (): void => {
    const wait = untilBeat(last, clock(), walkers);
    if (wait <= 0) now();
    else timer ??= setTimeout(now, wait);
  };
  return { wake, now, stop };
}

/** Between two of these a walk is straight and even. */
export function turns(walk: Walk): number[] {
  const total = pathLength(walk.path) * UNITS_PER_CELL;
  if (total <= 0) return [];
  const span = walk.until - walk.at;
  let gone = 0;
  return walk.path.map((point, i) => {
    const before = walk.path[i - 1];
    if (before) gone += Math.hypot(point[0] - before[0], point[1] - before[1]);
    return walk.at + (span * gone) / total;
  });
}

/** A ride that has come to its end would wake the page once more than the look that finds it arrived. */
const HOLD_MS = 10_000;

/** A way through the picture: where to be when, in milliseconds from its beginning. */
export interface Course {
  /** In the time of the page, as `performance.now()` tells it. */
  readonly begun: number;
  readonly stops: readonly { readonly after: number; readonly at: Xy }[];
}

/** `translate` to a place of the picture. */
export function placeOf([x, y]: Xy): string {
  return `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
}

/** Something that is put somewhere or rides along a course. */
export class Carried {
  private place = '';
  private ride: Animation | null = null;

  constructor(readonly element: HTMLElement) {}

  /** Moves it if it is not there already; even the same transform again would cost a look at its style. */
  put(at: Xy, write: (at: Xy) => string = placeOf): void {
    const place = write(at);
    if (place !== this.place) this.element.style.transform = place;
    this.place = place;
  }

  /** All that rides on one course has one clock, so that a name never lags behind its head. The ride lies over the
   *  place that was put: backwards, as the frame on the screen may be older than the beginning, and forwards until the
   *  next look finds that it has ended. */
  go(course: Course, [dx, dy]: Xy, write: (at: Xy) => string = placeOf): void {
    const last = course.stops[course.stops.length - 1];
    if (!last) return;
    const duration = last.after + HOLD_MS;
    const frames = [...course.stops, { ...last, after: duration }].map(({ after, at: [x, y] }) => ({
      transform: write([x + dx, y + dy]),
      offset: after / duration,
    }));
    const before = this.ride;
    this.ride = this.element.animate(frames, { duration, fill: 'both' });
    this.ride.startTime = course.begun;
    before?.cancel();
  }

  halt(): void {
    this.ride?.cancel();
    this.ride = null;
  }
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

  get end(): number {
    return this.until;
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
