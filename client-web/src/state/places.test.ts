import { describe, expect, it } from 'vitest';
import type { Person, RoomPlan, ZoneKind } from '../protocol/types';
import { freeSeats, hearers, isFree, nextArrival, pointAt, zoneAt } from './places';
import { ahead, onFloor, predicted } from './steer';

const text = { ja: '', easy: '', en: '' };
const zone = (kind: ZoneKind, hears: number[]): RoomPlan['zones'][number] => ({ id: kind, kind, name: text, area: [], hears });
const plan: RoomPlan = {
  id: 'r', name: text, about: text, capacity: 9, open: true,
  grid: ['......', '...#..', '......'],
  entries: [[5, 5]],
  zones: [zone('hall', [0]), zone('table', [1]), zone('rest', []), zone('edge', [0])],
  seats: [0, 1].map((i) => ({ zone: 1, at: [15 + i * 10, 5], pose: 'sit', look: 'ahead', lift: 0 })),
  scene: { svg: '', size: [100, 100], things: [], lights: [] },
};
const at = (who: number, inZone: number, more: Partial<Person['walk']> = {}): [number, Person] => [
  who,
  { who, nick: '', look: { figure: 0, colour: 0 }, away: false, walk: { path: [[5, 5]], at: 0, until: 0, zone: inZone, ...more } },
];

describe('hearing', () => {
  it('is exact for every kind of place', () => {
    const people = [[1, 0], [2, 0], [3, 1], [4, 2], [5, 3], [6, 1]].map(([who = 0, zone = 0]) => ({ who, zone }));
    const heard = (me: number | null): number[] => hearers(plan, people, me).map((person) => person.who);
    expect(heard(1)).toEqual([2, 5]);
    expect(heard(3)).toEqual([6]);
    expect(heard(4)).toEqual([]);
    expect(heard(5)).toEqual([]);
    expect(heard(null)).toEqual([]);
    expect(heard(99)).toEqual([]);
  });

  it('can change when somebody arrives', () => {
    const people = new Map([at(1, 0), at(2, 1, { at: 100, until: 200 })]);
    expect(nextArrival(people, 150)).toBe(200);
    expect(nextArrival(people, 200)).toBeNull();
  });
});

it('a place begins when one arrives', () => {
  const walk = { path: [[0, 0], [10, 0], [10, 10]] as [number, number][], at: 100, until: 300, zone: 2 };
  expect(zoneAt(walk, 299)).toBe(0);
  expect(zoneAt(walk, 300)).toBe(2);
  expect(zoneAt({ ...walk, stays: true }, 150)).toBe(2);
  expect([0, 150, 200, 250, 999].map((now) => pointAt(walk, now))).toEqual([[0, 0], [5, 0], [10, 0], [10, 5], [10, 10]]);
  expect(pointAt({ path: [[3, 4]], at: 5, until: 5, zone: 0 }, 0)).toEqual([3, 4]);
});

it('seats are free unless somebody sits there or walks to them', () => {
  expect(freeSeats(plan, new Map([at(1, 1, { seat: 0, until: 9e9 })]), 1)).toEqual([1]);
  expect(freeSeats(plan, new Map(), 0)).toEqual([]);
});

describe('one’s own steps', () => {
  it('stop before what stands in the way', () => {
    const end = ahead(plan, [5, 15], { x: 1, y: 0 }, 5);
    expect(end[1]).toBe(15);
    expect(end[0]).toBeGreaterThan(20);
    expect(end[0]).toBeLessThan(30);
    expect(isFree(plan, end)).toBe(true);
  });

  it('slide along what stands in the way', () => {
    // Slanted down from here is furniture, straight down the row is not.
    const end = ahead(plan, [29, 11], { x: 0, y: 1 }, 4);
    expect(end[0]).toBe(29);
    expect(end[1]).toBeGreaterThan(20);
    expect(ahead(plan, [35, 5], { x: 0, y: 1 }, 4)[1]).toBeLessThan(10);
  });

  it('stay in the room', () => {
    const end = ahead(plan, [5, 5], { x: -1, y: -1 }, 4);
    expect(isFree(plan, end)).toBe(true);
  });

  it('down on the screen is down on the picture', () => {
    const { x, y } = onFloor({ x: 0, y: 1 });
    expect(33 * x - 11 * y).toBeCloseTo(0);
    expect(y).toBeGreaterThan(0);
  });

  it('take as long as the server will reckon', () => {
    expect(predicted([0, 0], [30, 40], 1000)).toEqual({ path: [[0, 0], [30, 40]], at: 1000, until: 2600, zone: 0 });
  });
});
