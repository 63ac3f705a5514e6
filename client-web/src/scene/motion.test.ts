import { expect, test } from 'vitest';
import type { Walk } from '../protocol/types';
import { positionOn } from './geometry';
import { turns } from './motion';

const walk: Walk = { path: [[5, 5], [5, 45], [35, 85], [135, 85]], at: 1_000, until: 7_080, zone: 0 };

test('between two turns a walk is straight and even', () => {
  const times = turns(walk);
  expect(times).toHaveLength(4);
  expect(times[0]).toBe(walk.at);
  expect(times[3]).toBeCloseTo(walk.until, 6);
  times.slice(1).forEach((to, i) => {
    const from = times[i] ?? 0;
    const [a, b, half] = [from, to, (from + to) / 2].map((time) => positionOn(walk, time));
    expect(half?.x).toBeCloseTo(((a?.x ?? 0) + (b?.x ?? 0)) / 2, 6);
    expect(half?.y).toBeCloseTo(((a?.y ?? 0) + (b?.y ?? 0)) / 2, 6);
  });
});

test('who stands has no turns', () => {
  expect(turns({ ...walk, path: [[5, 5]] })).toEqual([]);
  expect(turns({ ...walk, path: [[5, 5], [5, 5]] })).toEqual([]);
});
