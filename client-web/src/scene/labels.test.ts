import { describe, expect, it } from 'vitest';
import { nameWidth, spread } from './labels';

describe('names', () => {
  it('stay where they are when there is room', () => {
    expect(spread([{ x: 0, y: 0, width: 60 }, { x: 61, y: 0, width: 60 }, { x: 0, y: 20, width: 60 }])).toEqual([0, 0, 0]);
  });
  it('step down when they would cover each other', () => {
    expect(spread([{ x: 0, y: 0, width: 60 }, { x: 40, y: 0, width: 60 }])).toEqual([0, 22]);
    expect(spread([{ x: 0, y: 0, width: 60 }, { x: 40, y: 0, width: 60 }, { x: 20, y: 2, width: 60 }])).toEqual([0, 22, 44]);
  });
  it('give up rather than wander off', () => {
    const crowd = Array.from({ length: 5 }, () => ({ x: 0, y: 0, width: 60 }));
    expect(Math.max(...spread(crowd))).toBe(44);
  });
  it('are about as wide as their letters', () => {
    expect(nameWidth('なぎ', 0)).toBeCloseTo(44.6);
    expect(nameWidth('Nagi', 1)).toBe(68);
    expect(nameWidth('な'.repeat(16), 0)).toBe(132);
  });
});
