import { expect, it } from 'vitest';
import type { Booking } from '../protocol/types';
import { bookingFor, forgetBooking, keepBooking, keptBookings } from './kept';
import { SESSION } from './sessions.test';

function box(): Storage {
  const all = new Map<string, string>();
  return { getItem: (k: string) => all.get(k) ?? null, setItem: (k: string, v: string) => void all.set(k, v), removeItem: (k: string) => void all.delete(k), size: () => all.size } as unknown as Storage;
}
const BOOKING: Booking = { nick: 'なぎ', session: SESSION };

it('a booking is remembered until the session is over, and one for each session', () => {
  const mine = box();
  keepBooking(mine, SESSION.starts - 1, 'うみ-1', BOOKING);
  keepBooking(mine, SESSION.starts - 1, 'うみ-2', BOOKING);
  expect(keptBookings(mine, SESSION.starts).map(({ code }) => code)).toEqual(['うみ-2']);
  expect(JSON.stringify(keptBookings(mine, SESSION.starts))).not.toContain('なぎ');
  expect(keptBookings(mine, SESSION.ends)).toEqual([]);
});

it('it opens the door of its session, and no other', () => {
  const mine = box();
  keepBooking(mine, 0, 'うみ-1', BOOKING);
  expect(bookingFor(mine, SESSION.doors, SESSION.id)).toBe('うみ-1');
  expect(bookingFor(mine, SESSION.doors, 'another')).toBeUndefined();
});

it('a cancelled one leaves nothing behind', () => {
  const mine = box();
  keepBooking(mine, 0, 'うみ-1', BOOKING);
  forgetBooking(mine, 0, 'うみ-1');
  expect(mine.getItem('ibasho.bookings')).toBeNull();
});

it('works without storage, and with nonsense in it', () => {
  expect(keptBookings(null, 0)).toEqual([]);
  keepBooking(null, 0, 'a', BOOKING);
  const odd = box();
  odd.setItem('ibasho.bookings', '[null, {"x":1}, 3]');
  expect(keptBookings(odd, 0)).toEqual([]);
});
