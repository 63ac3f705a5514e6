// What a tap means. Chairs stand close together and avatars overlap them, so the nearest thing to the finger wins,
// not the topmost element. Keys and screen readers press the avatar's button itself.

import type { PersonId, RoomPlan } from '../protocol/types';
import { toFloor, toPoint, type Xy } from './geometry';
import { seatPoint } from './pieces';

export interface Body {
  readonly who: PersonId;
  readonly feet: Xy;
}

export type Hit = { person: PersonId } | { seat: number } | { floor: [number, number] } | null;

/** Half width and height of somebody, and of a place to sit, in picture points. */
const BODY: Xy = [21, 36];
const SEAT: Xy = [32, 24];
/** Half of what a finger needs, in pixels of the screen. */
const FINGER = 22;
/** Taps this far outside the floor, in cells, still mean its border. */
const BORDER = 0.6;

export function hit(plan: RoomPlan, people: Iterable<Body>, isFree: (seat: number) => boolean, at: Xy, scale: number): Hit {
  let best: Hit = null;
  let least = 1;
  const reach = FINGER / scale;
  const near = (middle: Xy, half: Xy, found: Hit): void => {
    const dx = (at[0] - middle[0]) / Math.max(half[0], reach);
    const dy = (at[1] - middle[1]) / Math.max(half[1], reach);
    const distance = Math.hypot(dx, dy);
    if (distance < least) {
      least = distance;
      best = found;
    }
  };
  for (const { who, feet } of people) near([feet[0], feet[1] - BODY[1]], BODY, { person: who });
  plan.seats.forEach((seat, index) => {
    if (!isFree(index)) return;
    const [x, y] = seatPoint(seat);
    near([x, y - 6], SEAT, { seat: index });
  });
  return best ?? floorAt(plan, at);
}

function floorAt(plan: RoomPlan, at: Xy): Hit {
  const [gx, gy] = toFloor(at[0], at[1]);
  const width = plan.grid[0]?.length ?? 0;
  const height = plan.grid.length;
  if (gx < -BORDER || gy < -BORDER || gx > width + BORDER || gy > height + BORDER) return null;
  const inside = (value: number, size: number): number => Math.max(0.1, Math.min(size - 0.1, value));
  return { floor: toPoint(inside(gx, width), inside(gy, height)) };
}
