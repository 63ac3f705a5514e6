import { afterEach, expect, it, vi } from 'vitest';
import { en } from '../i18n/en';
import { ja } from '../i18n/ja';
import type { SessionCard } from '../protocol/types';
import { createCalendar, dateOf, isOn, nearDay, phaseTimes, timeOf, upcoming } from './sessions';

const HOUR = 3_600_000;
const STARTS = Date.UTC(2026, 10, 28, 6, 0);
const TOKYO = 'Asia/Tokyo';
const text = (ja: string) => ({ ja, easy: ja, en: ja });
const part = (minutes: number) => ({ kind: 'talk' as const, name: text('話す'), about: text(''), minutes, can: [] });

export const SESSION: SessionCard = {
  id: 's1', room: 'umibe', name: text('土曜の会'), about: text(''), takes_themes: true, doors: STARTS - HOUR / 2, starts: STARTS, ends: STARTS + 2 * HOUR,
  access: 'open', observers: false, capacity: 20, free: 3, cancelled: false, phases: [part(30), part(15), part(0), part(10)],
};

afterEach(() => vi.unstubAllGlobals());

it('leaves out what is over, and knows what is on', () => {
  const later = { ...SESSION, id: 's2', starts: STARTS + 24 * HOUR, ends: STARTS + 25 * HOUR };
  expect(upcoming([later, SESSION], STARTS).map(({ id }) => id)).toEqual(['s1', 's2']);
  expect(upcoming([later, SESSION], SESSION.ends).map(({ id }) => id)).toEqual(['s2']);
  expect(isOn(SESSION, SESSION.doors)).toBe(true);
  expect(isOn(SESSION, SESSION.doors - 1)).toBe(false);
  expect(isOn(SESSION, SESSION.ends)).toBe(false);
  expect(isOn({ ...SESSION, cancelled: true }, STARTS)).toBe(false);
});

it('says today and tomorrow by the calendar of the place', () => {
  expect(nearDay(ja, STARTS, STARTS - 14 * HOUR, TOKYO)).toBe('きょう');
  expect(nearDay(ja, STARTS, STARTS - 16 * HOUR, TOKYO)).toBe('あした');
  expect(nearDay(en, STARTS, STARTS - 39.5 * HOUR, TOKYO)).toBeUndefined();
  expect(nearDay(ja, STARTS, STARTS - 100 * HOUR, TOKYO)).toBeUndefined();
  expect(dateOf(ja, STARTS, TOKYO)).toBe('11月28日（土）');
  expect(dateOf(en, STARTS, TOKYO)).toBe('Sat 28 Nov');
  expect(timeOf(STARTS, TOKYO)).toBe('15:00');
});

it('adds up the parts, up to one without an end', () => {
  expect(phaseTimes(SESSION)).toEqual([SESSION.doors, STARTS, STARTS + HOUR / 4, undefined]);
});

it('goes by the clock of the server, and keeps what it knows when the line is lost', async () => {
  let ticks = 5000;
  const calendar = createCalendar(() => ticks);
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError()));
  await calendar.load();
  expect(calendar.state.value).toBe('lost');
  vi.stubGlobal('fetch', async () => Response.json({ now: STARTS, zone: TOKYO, sessions: [SESSION] }));
  await calendar.load();
  ticks += 60_000;
  expect(calendar.now()).toBe(STARTS + 60_000);
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError()));
  await calendar.load();
  expect(calendar.state.value).toMatchObject({ zone: TOKYO });
});
