import { expect, it } from 'vitest';
import { backoff, within } from './backoff';
import { createClock } from './clock';

it('the frame that travelled fastest tells the time', () => {
  let local = 1000;
  const clock = createClock(() => local);
  clock.reset(900);
  expect(clock.now()).toBe(900);
  local = 1100;
  clock.heard(950);
  expect(clock.now()).toBe(1000);
  clock.heard(1060);
  expect(clock.now()).toBe(1060);
  local = 1200;
  clock.heard(1100);
  expect(clock.now()).toBe(1160);
});

it('a device that is hours wrong still knows when a phase ends, also after somebody set it right', () => {
  const HOURS = 3_600_000;
  let local = 1_000_000 + 6 * HOURS;
  const clock = createClock(() => local);
  const ends = 1_000_000 + 600_000;
  clock.reset(1_000_000);
  expect(ends - clock.now()).toBe(600_000);
  // Set back by hours in the middle: the next frame tells.
  local = 1_060_000 - 3 * HOURS;
  clock.heard(1_060_000);
  expect(ends - clock.now()).toBe(540_000);
  // Set forward instead: a new line tells, at the latest.
  local = 1_120_000 + 9 * HOURS;
  clock.reset(1_120_000);
  expect(ends - clock.now()).toBe(480_000);
});

it('waits are spread over the whole span and bounded', () => {
  expect(backoff(0, 0)).toBe(0);
  expect(backoff(0, 0.999)).toBeLessThanOrEqual(500);
  expect(backoff(3, 0.5)).toBe(2000);
  expect(backoff(60, 1)).toBe(20_000);
  expect(within([1000, 3000], 0.25)).toBe(1500);
});
