import { expect, it } from 'vitest';
import { leftUntil, nextChange, spanOf } from './left';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each([
  [null, 'no_end'],
  [undefined, 'no_end'],
  [1000, 'over'],
  [999, 'over'],
  [1001, 'soon'],
  [1000 + MINUTE, 'soon'],
  [1001 + MINUTE, { unit: 'minutes', n: 2 }],
  [1000 + HOUR, { unit: 'minutes', n: 60 }],
  [1001 + HOUR, { unit: 'hours', n: 2 }],
  [1000 + 24 * HOUR, { unit: 'hours', n: 24 }],
  [1000 + 48 * HOUR, { unit: 'hours', n: 48 }],
  [1001 + 48 * HOUR, { unit: 'days', n: 3 }],
])('of %s there is %j', (until, left) => expect(leftUntil(until, 1000)).toEqual(left));

it('is drawn anew exactly when its words change, until it is over', () => {
  for (const rest of [90_000, HOUR + 1, 3 * 24 * HOUR + 5]) {
    let now = 0;
    for (let before = leftUntil(rest, now); before !== 'over'; before = leftUntil(rest, now)) {
      const wait = nextChange(rest, now) ?? 0;
      expect(wait).toBeGreaterThan(0);
      expect(leftUntil(rest, now + wait - 1)).toEqual(before);
      now += wait + 1;
      expect(leftUntil(rest, now)).not.toEqual(before);
      now -= 1;
    }
  }
  expect(nextChange(null, 0)).toBeNull();
  expect(nextChange(5, 5)).toBeNull();
});

it.each([[1, 'minutes', 1], [5, 'minutes', 5], [60, 'hours', 1], [1440, 'hours', 24], [10080, 'days', 7]])('a length of %i minutes is said in %s', (minutes, unit, n) => {
  expect(spanOf(minutes)).toEqual({ unit, n });
});
