/** Bookings that this browser may remember, if its person said so. A code is all one needs to come and to cancel. */
import type { Booking } from '../protocol/types';
import type { Box } from '../state/memory';

export interface Kept {
  code: string;
  /** The session and its room, to show the booking at the right date and to bring the code to the right door. */
  session: string;
  room: string;
  doors: number;
  ends: number;
}

const KEY = 'ibasho.bookings';
/** Nobody books more; a longer list would be somebody else's doing. */
const MOST = 20;

export function keptBookings(box: Box | null, now: number): Kept[] {
  try {
    const all: unknown = JSON.parse(box?.getItem(KEY) ?? '[]');
    return Array.isArray(all) ? (all as Kept[]).filter((one) => typeof one?.code === 'string' && one.ends > now) : [];
  } catch {
    return [];
  }
}

export function keepBooking(box: Box | null, now: number, code: string, { session }: Booking): void {
  const { id, room, doors, ends } = session;
  const rest = keptBookings(box, now).filter((one) => one.session !== id);
  write(box, [...rest, { code, session: id, room, doors, ends }].slice(-MOST));
}

export function forgetBooking(box: Box | null, now: number, code: string): void {
  write(box, keptBookings(box, now).filter((one) => one.code !== code));
}

/** The code for a session: whatever hour it was moved to, it is still the same one. */
export function bookingFor(box: Box | null, now: number, session: string): string | undefined {
  return keptBookings(box, now).find((one) => one.session === session)?.code;
}

function write(box: Box | null, all: Kept[]): void {
  try {
    if (all.length === 0) box?.removeItem(KEY);
    else box?.setItem(KEY, JSON.stringify(all));
  } catch {
    // Full or forbidden: the code is on paper, as was advised.
  }
}

export function browserBox(): Box | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
