/** The sessions of the coming weeks as the page knows them. */
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Words } from '../i18n';
import { clock, dayNumber, local } from '../i18n/when';
import { call } from '../net/api';
import type { SessionCard, Sessions } from '../protocol/types';

/** Dates change rarely; free seats are asked for again when somebody books. */
export const SESSIONS_REFRESH_MS = 5 * 60_000;

export interface Calendar {
  /** `null` before the first answer, `lost` when none came. */
  state: Signal<Sessions | 'lost' | null>;
  load(): Promise<void>;
  /** The server's time, as far as it is known: clocks of devices are wrong by hours. */
  now(): number;
}

export function createCalendar(ticks: () => number = () => performance.now()): Calendar {
  const state = signal<Sessions | 'lost' | null>(null);
  let ahead: number | null = null;
  return {
    state,
    load: async () => {
      try {
        const sessions = await call<Sessions>('GET', '/api/v1/sessions');
        ahead = sessions.now - ticks();
        state.value = sessions;
      } catch {
        // What was known before is still better than nothing.
        if (!state.peek() || state.peek() === 'lost') state.value = 'lost';
      }
    },
    now: () => (ahead === null ? Date.now() : ahead + ticks()),
  };
}

/** The calendar of this page. */
export const calendar = createCalendar();

/** Day and time as one says them: きょう 15:00. Before the calendar is here, in the time zone most places are in. */
export function sayWhen(w: Words, at: number): [day: string, time: string] {
  const known = calendar.state.value;
  const zone = known && known !== 'lost' ? known.zone : 'Asia/Tokyo';
  return [nearDay(w, at, calendar.now(), zone) ?? dateOf(w, at, zone), timeOf(at, zone)];
}

/** Those that are not over, the soonest first. */
export function upcoming(sessions: readonly SessionCard[], now: number): SessionCard[] {
  return sessions.filter(({ ends }) => ends > now).sort((a, b) => a.starts - b.starts);
}

/** Doors are open, and it is not over. */
export function isOn(session: SessionCard, now: number): boolean {
  return !session.cancelled && session.doors <= now && now < session.ends;
}

/** きょう, あした; absent for days further off. */
export function nearDay(w: Words, at: number, now: number, zone: string): string | undefined {
  return w.days[dayNumber(local(at, zone)) - dayNumber(local(now, zone))];
}

export function dateOf(w: Words, at: number, zone: string): string {
  const { month, day, weekday } = local(at, zone);
  return w.date(month, day, w.weekdays[weekday] ?? '');
}

export function timeOf(at: number, zone: string): string {
  return clock(local(at, zone));
}

/** When each part of the programme is planned to begin; absent after a part without an end. */
export function phaseTimes(session: Pick<SessionCard, 'doors' | 'phases'>): (number | undefined)[] {
  let at: number | undefined = session.doors;
  return session.phases.map(({ minutes }) => {
    const begins = at;
    at = at === undefined || minutes === 0 ? undefined : at + minutes * 60_000;
    return begins;
  });
}
