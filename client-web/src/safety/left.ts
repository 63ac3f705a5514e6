/** How much is left until something ends, as coarse as suffices: nobody shall watch the time run. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Left = { readonly unit: 'minutes' | 'hours' | 'days'; readonly n: number } | 'soon' | 'over' | 'no_end';

/** Rounded up: what is promised for an hour from now never comes later. */
export function leftUntil(until: number | null | undefined, now: number): Left {
  if (until === null || until === undefined) return 'no_end';
  const rest = until - now;
  if (rest <= 0) return 'over';
  if (rest <= MINUTE) return 'soon';
  if (rest <= HOUR) return { unit: 'minutes', n: Math.ceil(rest / MINUTE) };
  return rest <= 2 * DAY ? { unit: 'hours', n: Math.ceil(rest / HOUR) } : { unit: 'days', n: Math.ceil(rest / DAY) };
}

/** In so many milliseconds the words for it change; `null` when they never do. */
export function nextChange(until: number | null | undefined, now: number): number | null {
  if (until === null || until === undefined || until <= now) return null;
  const rest = until - now;
  const step = rest <= HOUR ? MINUTE : rest <= 2 * DAY ? HOUR : DAY;
  return rest % step || step;
}

/** A length as staff choose it. */
export function spanOf(minutes: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  if (minutes % 1440 === 0 && minutes > 1440) return { unit: 'days', n: minutes / 1440 };
  return minutes % 60 === 0 ? { unit: 'hours', n: minutes / 60 } : { unit: 'minutes', n: minutes };
}
