import { describe, expect, it } from 'vitest';
import type { RoomPlan, Seat } from '../protocol/types';
import { toPicture } from './geometry';
import { hit } from './taps';

const text = { ja: '', easy: '', en: '' };
const seat = (x: number, y: number): Seat => ({ zone: 0, at: [x * 10, y * 10], pose: 'sit', look: 'ahead', lift: 0 });
const plan: RoomPlan = {
  id: 'r', name: text, about: text, capacity: 9, open: true,
  grid: Array.from({ length: 13 }, () => '.'.repeat(24)),
  entries: [[10, 100]], zones: [], seats: [seat(5, 5), seat(6, 6)],
  scene: { svg: '', size: [1010, 680], things: [], lights: [] },
};
const nobody = [] as const;
const free = (): boolean => true;

describe('a tap', () => {
  it('means the nearest free seat', () => {
    expect(hit(plan, nobody, free, toPicture(5.1, 5), 1)).toEqual({ seat: 0 });
    expect(hit(plan, nobody, free, toPicture(5.9, 5.9), 1)).toEqual({ seat: 1 });
    expect(hit(plan, nobody, (index) => index !== 0, toPicture(5, 4.7), 1)).toMatchObject({ floor: [50, 47] });
  });
  it('means the person whose body it is on', () => {
    const feet = toPicture(5, 5);
    expect(hit(plan, [{ who: 7, feet }], () => false, [feet[0], feet[1] - 40], 1)).toEqual({ person: 7 });
  });
  it('means the floor, also a little outside of it, but not the sky', () => {
    expect(hit(plan, nobody, free, toPicture(12, 13.4), 1)).toEqual({ floor: [120, 129] });
    expect(hit(plan, nobody, free, [500, 60], 1)).toBeNull();
  });
  it('reaches farther for a finger on a small picture', () => {
    const [x, y] = toPicture(5, 5);
    expect(hit(plan, nobody, free, [x, y - 6 - 27], 1)).toMatchObject({ floor: expect.anything() });
    expect(hit(plan, nobody, free, [x, y - 6 - 27], 0.76)).toEqual({ seat: 0 });
  });
});
