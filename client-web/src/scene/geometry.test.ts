import { describe, expect, it } from 'vitest';
import type { Walk } from '../protocol/types';
import { depth, headingOf, pathLength, positionOn, toCells, toFloor, toPicture, toPoint } from './geometry';

const walk = (path: Walk['path'], at: number, until: number): Walk => ({ path, at, until, zone: 0 });

describe('the map between floor and picture', () => {
  it('has the corner of the room where the drawings have it', () => {
    expect(toPicture(0, 0)).toEqual([160, 250]);
    expect(toPicture(24, 13)).toEqual([809, 627]);
  });
  it('goes there and back', () => {
    for (const [gx, gy] of [[0, 0], [3.7, 9.2], [23.9, 12.9]] as const) {
      const [x, y] = toFloor(...toPicture(gx, gy));
      expect(x).toBeCloseTo(gx, 9);
      expect(y).toBeCloseTo(gy, 9);
    }
  });
  it('turns cells into whole tenths', () => {
    expect(toPoint(1.44, 9.66)).toEqual([14, 97]);
    expect(toCells([14, 97])).toEqual([1.4, 9.7]);
  });
});

describe('walking', () => {
  const corner = walk([[0, 0], [30, 0], [30, 10]], 1000, 5000);
  it('measures paths in cells', () => {
    expect(pathLength(corner.path)).toBe(4);
    expect(pathLength([[5, 5]])).toBe(0);
  });
  it('goes at an even speed round corners', () => {
    expect(positionOn(corner, 2000)).toEqual({ x: 1, y: 0, moving: true, heading: 'east' });
    expect(positionOn(corner, 4500)).toEqual({ x: 3, y: 0.5, moving: true, heading: 'near' });
  });
  it('waits at the beginning when the clocks differ, and rests at the end', () => {
    expect(positionOn(corner, 0)).toMatchObject({ x: 0, y: 0, moving: true });
    expect(positionOn(corner, 5000)).toEqual({ x: 3, y: 1, moving: false, heading: 'near' });
  });
  it('knows people who stand', () => {
    expect(positionOn(walk([[55, 20]], 7, 7), 9)).toEqual({ x: 5.5, y: 2, moving: false, heading: null });
    expect(positionOn(walk([[55, 20], [55, 20]], 7, 90), 9)).toMatchObject({ x: 5.5, moving: false, heading: null });
  });
  it('keeps the heading of a path whose last points coincide', () => {
    expect(positionOn(walk([[0, 0], [10, 0], [10, 0]], 0, 10), 10).heading).toBe('east');
  });
  it('sees headings as they look in the slanted picture', () => {
    expect(headingOf([0, 0], [10, 0])).toBe('east');
    expect(headingOf([10, 0], [0, 0])).toBe('west');
    expect(headingOf([0, 0], [0, 10])).toBe('near');
    expect(headingOf([0, 10], [0, 0])).toBe('far');
  });
});

describe('depth', () => {
  it('puts the nearer before the farther', () => {
    expect(depth(5.2)).toBeGreaterThan(depth(5.1));
  });
});
