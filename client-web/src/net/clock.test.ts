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

it('waits are spread over the whole span and bounded', () => {
  expect(backoff(0, 0)).toBe(0);
  expect(backoff(0, 0.999)).toBeLessThanOrEqual(500);
  expect(backoff(3, 0.5)).toBe(2000);
  expect(backoff(60, 1)).toBe(20_000);
  expect(within([1000, 3000], 0.25)).toBe(1500);
});
