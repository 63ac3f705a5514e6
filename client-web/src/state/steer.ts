/** One's own next steps before the server has answered: straight on until something stands in the way. Pure. */
import { MS_PER_CELL, UNITS_PER_CELL } from '../protocol/types';
import type { Point, RoomPlan, Walk } from '../protocol/types';
import { HALL, isFree } from './places';

/** A direction on the screen: x to the right, y down, each -1, 0 or 1. */
export interface Heading {
  readonly x: number;
  readonly y: number;
}

/** Rows of the floor run slanted on the picture by 11 of 33 points a row; "down" shall look like down. */
const SLANT = 11 / 33;

export function onFloor({ x, y }: Heading): Heading {
  const length = Math.hypot(x + y * SLANT, y);
  return length === 0 ? { x: 0, y: 0 } : { x: (x + y * SLANT) / length, y: y / length };
}

/** The farthest free point from `from` in a direction, at most `cells` away; `from` itself if there is none. */
export function ahead(plan: RoomPlan, from: Point, heading: Heading, cells: number): Point {
  const to = onFloor(heading);
  // Blocked at once, one slides along: down the rows, or along one of them.
  const ways = [to, { x: 0, y: Math.sign(heading.y) }, { x: Math.sign(heading.x), y: 0 }];
  for (const way of ways) {
    const end = straight(plan, from, way, cells);
    if (Math.hypot(end[0] - from[0], end[1] - from[1]) > UNITS_PER_CELL / 2) return end;
  }
  return from;
}

function straight(plan: RoomPlan, from: Point, to: Heading, cells: number): Point {
  let last = from;
  const stride = UNITS_PER_CELL / 4;
  for (let way = stride; way <= cells * UNITS_PER_CELL; way += stride) {
    const next: Point = [Math.round(from[0] + to.x * way), Math.round(from[1] + to.y * way)];
    // Starting on a seat or beside furniture, the first half cell may be blocked: that is no wall.
    if (!isFree(plan, next) && way > UNITS_PER_CELL / 2) break;
    if (isFree(plan, next)) last = next;
  }
  return last;
}

export function predicted(from: Point, to: Point, now: number): Walk {
  const cells = Math.hypot(to[0] - from[0], to[1] - from[1]) / UNITS_PER_CELL;
  return { path: [from, to], at: now, until: now + cells * MS_PER_CELL, zone: HALL };
}
