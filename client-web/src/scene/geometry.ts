// Where things are. A room has one affine map from the floor (cells) to the picture (points) and nothing else, so
// that a tap, a chair and the drawing of the boards can never disagree.

import type { Point, Walk } from '../protocol/types';
import { UNITS_PER_CELL } from '../protocol/types';

export type Xy = readonly [x: number, y: number];

/** Which way somebody goes: to the right or left of the picture, towards the viewer, or away from them. */
export type Heading = 'east' | 'west' | 'near' | 'far';

export interface Spot {
  /** In cells. */
  readonly x: number;
  readonly y: number;
  readonly moving: boolean;
  /** Where the last step led; `null` if there was none. */
  readonly heading: Heading | null;
}

const ORIGIN: Xy = [160, 250];
const RIGHT = 33;
const SLANT = -11;
const DOWN = 29;

/** Cells to picture points. */
export function toPicture(gx: number, gy: number): Xy {
  return [ORIGIN[0] + RIGHT * gx + SLANT * gy, ORIGIN[1] + DOWN * gy];
}

/** Picture points to cells. */
export function toFloor(px: number, py: number): Xy {
  const gy = (py - ORIGIN[1]) / DOWN;
  return [(px - ORIGIN[0] - SLANT * gy) / RIGHT, gy];
}

/** Tenths of a cell, as they travel on the wire, to cells. */
export function toCells(point: Point): Xy {
  return [point[0] / UNITS_PER_CELL, point[1] / UNITS_PER_CELL];
}

/** Cells to the nearest point that can travel on the wire. */
export function toPoint(gx: number, gy: number): Point {
  return [Math.round(gx * UNITS_PER_CELL), Math.round(gy * UNITS_PER_CELL)];
}

function length(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Length of a path in cells. */
export function pathLength(path: readonly Point[]): number {
  let sum = 0;
  path.forEach((point, i) => {
    const before = path[i - 1];
    if (before) sum += length(before, point);
  });
  return sum / UNITS_PER_CELL;
}

/** The direction of a step as it looks in the picture, where the floor is slanted. */
export function headingOf(from: Point, to: Point): Heading | null {
  const gx = to[0] - from[0];
  const gy = to[1] - from[1];
  if (gx === 0 && gy === 0) return null;
  const dx = RIGHT * gx + SLANT * gy;
  const dy = DOWN * gy;
  if (Math.abs(dx) >= 0.7 * Math.abs(dy)) return dx > 0 ? 'east' : 'west';
  return dy > 0 ? 'near' : 'far';
}

/** Where somebody is at the time `now`: on the straight pieces of their path at an even speed. */
export function positionOn(walk: Walk, now: number): Spot {
  const path = walk.path;
  const last = path[path.length - 1] ?? [0, 0];
  const total = pathLength(path) * UNITS_PER_CELL;
  const span = walk.until - walk.at;
  const moving = now < walk.until && total > 0;
  const share = !moving || span <= 0 ? 1 : Math.max(0, (now - walk.at) / span);
  let left = total * share;
  let heading: Heading | null = null;
  for (let i = 1; i < path.length; i++) {
    const from = path[i - 1];
    const to = path[i];
    if (!from || !to) break;
    heading = headingOf(from, to) ?? heading;
    const piece = length(from, to);
    if (share < 1 && left < piece) {
      const t = left / piece;
      const x = from[0] + (to[0] - from[0]) * t;
      const y = from[1] + (to[1] - from[1]) * t;
      return { x: x / UNITS_PER_CELL, y: y / UNITS_PER_CELL, moving, heading };
    }
    left -= piece;
  }
  return { x: last[0] / UNITS_PER_CELL, y: last[1] / UNITS_PER_CELL, moving, heading };
}

/** The order in which things and people hide each other: by their foot on the floor. */
export function depth(gy: number): number {
  return Math.round(gy * 20);
}
