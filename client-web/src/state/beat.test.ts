import { expect, it } from 'vitest';
import { BEAT_MS, CROWD, untilBeat } from './beat';

it('whoever was brought up to date at different moments meets at the same beat', () => {
  const ends = [0, 1, 70.5, BEAT_MS - 0.1].map((last) => 100.2 + untilBeat(last, 100.2, 1));
  for (const end of ends) expect(end).toBeCloseTo(BEAT_MS, -0.5);
  expect(Math.min(...ends)).toBeGreaterThanOrEqual(BEAT_MS);
});

it('what has not been touched for a beat does not wait', () => {
  expect(untilBeat(Number.NEGATIVE_INFINITY, 5, 1)).toBe(0);
  expect(untilBeat(20, BEAT_MS + 1, 1)).toBe(0);
});

it('a clock that is set back keeps nobody waiting for longer than a beat', () => {
  expect(untilBeat(1_000_000, 10, 1)).toBe(BEAT_MS);
  expect(untilBeat(1_000_000, 10, CROWD)).toBe(2 * BEAT_MS);
});

it('where a crowd walks every second beat is left out, and it meets the others at the rest', () => {
  expect(untilBeat(10, 20, CROWD - 1)).toBe(BEAT_MS - 20);
  expect(untilBeat(10, 20, CROWD)).toBe(2 * BEAT_MS - 20);
  expect(untilBeat(BEAT_MS + 10, BEAT_MS + 20, CROWD)).toBe(BEAT_MS - 20);
});
