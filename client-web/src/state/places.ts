/** Who is where, and who hears whom, at a moment of server time. Pure. */
import { UNITS_PER_CELL } from '../protocol/types';
import type { Person, PersonId, Point, RoomPlan, Walk, ZoneKind } from '../protocol/types';

export const HALL = 0;

/** On the way one is in the hall, unless one only changes seats; a place begins when one arrives. */
export function zoneAt(walk: Walk, now: number): number {
  return now >= walk.until || walk.stays === true ? walk.zone : HALL;
}

/** Where on the floor somebody is, in tenths of a cell. */
export function pointAt(walk: Walk, now: number): Point {
  const first = walk.path[0] ?? [0, 0];
  const last = walk.path[walk.path.length - 1] ?? first;
  if (now >= walk.until) return last;
  if (now <= walk.at) return first;
  const legs = walk.path.slice(1).map((to, i) => ({ from: walk.path[i] ?? first, to }));
  const length = ({ from, to }: { from: Point; to: Point }): number => Math.hypot(to[0] - from[0], to[1] - from[1]);
  let left = (legs.reduce((sum, leg) => sum + length(leg), 0) * (now - walk.at)) / (walk.until - walk.at);
  for (const leg of legs) {
    const whole = length(leg);
    if (left <= whole && whole > 0) {
      const part = left / whole;
      return [leg.from[0] + (leg.to[0] - leg.from[0]) * part, leg.from[1] + (leg.to[1] - leg.from[1]) * part];
    }
    left -= whole;
  }
  return last;
}

export function kindOf(plan: RoomPlan, zone: number): ZoneKind {
  return plan.zones[zone]?.kind ?? 'hall';
}

export function speaks(kind: ZoneKind): boolean {
  return kind === 'hall' || kind === 'table';
}

/** Everybody else who hears the place I am in; nobody where nothing is said. */
export function hearers<P extends { who: PersonId; zone: number }>(plan: RoomPlan, people: readonly P[], me: PersonId | null): P[] {
  const mine = people.find((person) => person.who === me);
  if (!mine || !speaks(kindOf(plan, mine.zone))) return [];
  return people.filter((other) => other.who !== me && hears(plan, other.zone, mine.zone));
}

function hears(plan: RoomPlan, listener: number, speaker: number): boolean {
  return plan.zones[listener]?.hears.includes(speaker) ?? false;
}

/** Seats that nobody sits on or walks to. */
export function freeSeats(plan: RoomPlan, people: ReadonlyMap<PersonId, Person>, zone: number): number[] {
  const taken = new Set([...people.values()].map((person) => person.walk.seat));
  return plan.seats.flatMap((seat, index) => (seat.zone === zone && !taken.has(index) ? [index] : []));
}

/** How many are on their way. */
export function walkers(people: ReadonlyMap<PersonId, Person>, now: number): number {
  let count = 0;
  for (const { walk } of people.values()) if (walk.until > now) count++;
  return count;
}

/** The next moment at which somebody arrives, and with it perhaps who hears whom. */
export function nextArrival(people: ReadonlyMap<PersonId, Person>, now: number): number | null {
  let next: number | null = null;
  for (const { walk } of people.values()) {
    if (walk.until > now && (next === null || walk.until < next)) next = walk.until;
  }
  return next;
}

export function isFree(plan: RoomPlan, [x, y]: Point): boolean {
  return plan.grid[Math.floor(y / UNITS_PER_CELL)]?.[Math.floor(x / UNITS_PER_CELL)] === '.';
}
