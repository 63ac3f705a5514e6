/** Dates and times of day as the place has them, whatever the clock of the device is set to. */

/** A moment in the time zone of the place. Weekdays count from Sunday, 0. */
export interface Local {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
    try {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    } catch {
      // An old browser may not know the zone; its own is the best guess.
      format = new Intl.DateTimeFormat('en-GB', options);
    }
    formats.set(zone, format);
  }
  return format;
}

export function local(at: number, zone: string): Local {
  const found: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) found[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** Days since 1970, to count days between two moments. */
export function dayNumber({ year, month, day }: Pick<Local, 'year' | 'month' | 'day'>): number {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
}

/** `15:00` */
export function clock({ hour, minute }: Pick<Local, 'hour' | 'minute'>): string {
  return `${two(hour)}:${two(minute)}`;
}

/** `2026-11-28`, as fields for dates and the API have it. */
export function isoDate({ year, month, day }: Pick<Local, 'year' | 'month' | 'day'>): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** The date of a field; `null` for what is none. */
export function readDate(text: string): Local | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const date = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
  const read = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(), hour: 0, minute: 0 };
  return isoDate(read) === text ? read : null;
}

/** The moment at which the clocks of the place show this. */
export function moment(wall: Omit<Local, 'weekday'>, zone: string): number {
  const wanted = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let at = wanted;
  // The second look settles the days on which clocks are changed.
  for (let i = 0; i < 2; i++) {
    const shown = local(at, zone);
    at += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return at;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
