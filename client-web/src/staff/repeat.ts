/** How a session repeats: the few ways in which people say it, and the RFC 5545 rule that means it. */
import { isoDate, local, moment, readDate } from '../i18n/when';

/** Sunday first, as `Local.weekday` counts. */
export const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
export type Day = (typeof DAYS)[number];
/** First to fourth of a month, and the last. */
export const NTHS = [1, 2, 3, 4, -1] as const;
export type Nth = (typeof NTHS)[number];

export type End = { kind: 'never' } | { kind: 'until'; date: string } | { kind: 'count'; count: number };
export type Repeat =
  | { kind: 'once' }
  | { kind: 'weekly'; every: 1 | 2; days: Day[]; end: End }
  | { kind: 'monthly'; nths: Nth[]; day: Day; end: End }
  | { kind: 'own'; rule: string };

/** The weekday of a date field; Saturday, the day on which most places are open, if there is none yet. */
export function dayOf(date: string): Day {
  return DAYS[readDate(date)?.weekday ?? 6] ?? 'SA';
}

/** Which of its weekdays in the month a date is; the fifth is the last. */
export function nthOf(date: string): Nth {
  const day = readDate(date)?.day ?? 1;
  return NTHS[Math.floor((day - 1) / 7)] ?? -1;
}

/** What is filled in when somebody chooses a way to repeat. */
export function fresh(kind: Repeat['kind'], date: string): Repeat {
  const end: End = { kind: 'never' };
  switch (kind) {
    case 'once':
      return { kind };
    case 'weekly':
      return { kind, every: 1, days: [dayOf(date)], end };
    case 'monthly':
      return { kind, nths: [nthOf(date)], day: dayOf(date), end };
    case 'own':
      return { kind, rule: '' };
  }
}

/** A weekday that only followed the old date follows the new one. */
export function moved(repeat: Repeat, from: string, to: string): Repeat {
  if (!readDate(to)) return repeat;
  if (repeat.kind === 'weekly' && repeat.days.length === 1 && repeat.days[0] === dayOf(from)) return { ...repeat, days: [dayOf(to)] };
  if (repeat.kind === 'monthly' && repeat.day === dayOf(from)) {
    const nths = repeat.nths.length === 1 && repeat.nths[0] === nthOf(from) ? [nthOf(to)] : repeat.nths;
    return { ...repeat, day: dayOf(to), nths };
  }
  return repeat;
}

/** The rule, without `DTSTART`; absent for once. The end counts to the end of its day in the zone of the place. */
export function toRule(repeat: Repeat, zone: string): string | undefined {
  switch (repeat.kind) {
    case 'once':
      return undefined;
    case 'own':
      return repeat.rule.trim().replace(/^RRULE:/i, '') || undefined;
    case 'weekly':
      return ['FREQ=WEEKLY', ...(repeat.every === 2 ? ['INTERVAL=2'] : []), `BYDAY=${inOrder(repeat.days).join(',')}`, ...ending(repeat.end, zone)].join(';');
    case 'monthly':
      return ['FREQ=MONTHLY', `BYDAY=${NTHS.filter((nth) => repeat.nths.includes(nth)).map((nth) => `${nth}${repeat.day}`).join(',')}`, ...ending(repeat.end, zone)].join(';');
  }
}

function inOrder(days: readonly Day[]): Day[] {
  // A week of a Japanese calendar of events begins on Monday.
  return [...DAYS.slice(1), DAYS[0]].filter((day) => days.includes(day));
}

function ending(end: End, zone: string): string[] {
  if (end.kind === 'count') return [`COUNT=${end.count}`];
  const date = end.kind === 'until' ? readDate(end.date) : null;
  if (!date) return [];
  const last = new Date(moment({ ...date, hour: 23, minute: 59 }, zone)).toISOString();
  return [`UNTIL=${last.slice(0, 16).replace(/[-:]/g, '')}59Z`];
}

/** Reads a rule back; what the choices cannot say stays as it was written. */
export function fromRule(rule: string | undefined, date: string, zone: string): Repeat {
  if (!rule) return { kind: 'once' };
  const own: Repeat = { kind: 'own', rule };
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const known = ['FREQ', 'INTERVAL', 'BYDAY', 'COUNT', 'UNTIL', 'WKST'];
  if ([...parts.keys()].some((key) => !known.includes(key))) return own;
  const end = readEnd(parts, zone);
  const [every, by] = [parts.get('INTERVAL') ?? '1', parts.get('BYDAY')?.split(',')];
  if (!end) return own;
  if (parts.get('FREQ') === 'WEEKLY' && (every === '1' || every === '2')) {
    const days = by ?? [dayOf(date)];
    return days.every(isDay) ? { kind: 'weekly', every: every === '2' ? 2 : 1, days: [...days], end } : own;
  }
  if (parts.get('FREQ') === 'MONTHLY' && every === '1' && by) {
    const found = by.map((one) => /^(-?\d)([A-Z]{2})$/.exec(one));
    const nths = found.map((one) => NTHS.find((nth) => nth === Number(one?.[1])));
    const day = found[0]?.[2];
    const same = found.every((one) => one?.[2] === day);
    if (day && isDay(day) && same && nths.every((nth): nth is Nth => nth !== undefined)) return { kind: 'monthly', nths, day, end };
  }
  return own;
}

function isDay(text: string): text is Day {
  return DAYS.some((day) => day === text);
}

function readEnd(parts: ReadonlyMap<string, string>, zone: string): End | null {
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (count !== undefined) return /^[1-9]\d{0,3}$/.test(count) ? { kind: 'count', count: Number(count) } : null;
  if (until === undefined) return { kind: 'never' };
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}Z)?$/.exec(until);
  if (!found) return null;
  const [, year, month, day, hour, minute] = found;
  if (hour === undefined) return { kind: 'until', date: `${year}-${month}-${day}` };
  return { kind: 'until', date: isoDate(local(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)), zone)) };
}
