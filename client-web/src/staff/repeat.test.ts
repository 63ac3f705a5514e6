import { describe, expect, it } from 'vitest';
import { dayOf, fresh, fromRule, moved, nthOf, toRule } from './repeat';
import type { Repeat } from './repeat';

const TOKYO = 'Asia/Tokyo';
const SATURDAY = '2026-11-28';

const CASES: [string, Repeat, string | undefined][] = [
  ['once', { kind: 'once' }, undefined],
  ['every week', { kind: 'weekly', every: 1, days: ['SA'], end: { kind: 'never' } }, 'FREQ=WEEKLY;BYDAY=SA'],
  ['two days a week', { kind: 'weekly', every: 1, days: ['MO', 'SU'], end: { kind: 'count', count: 10 } }, 'FREQ=WEEKLY;BYDAY=MO,SU;COUNT=10'],
  ['every second week', { kind: 'weekly', every: 2, days: ['WE'], end: { kind: 'until', date: '2027-03-31' } }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20270331T145959Z'],
  ['the first and third Saturday', { kind: 'monthly', nths: [1, 3], day: 'SA', end: { kind: 'never' } }, 'FREQ=MONTHLY;BYDAY=1SA,3SA'],
  ['the last Friday', { kind: 'monthly', nths: [-1], day: 'FR', end: { kind: 'never' } }, 'FREQ=MONTHLY;BYDAY=-1FR'],
  ['a rule of their own', { kind: 'own', rule: 'FREQ=YEARLY;BYMONTH=8' }, 'FREQ=YEARLY;BYMONTH=8'],
];

describe('a way to repeat', () => {
  it.each(CASES)('%s is written as a rule and read back', (_, repeat, rule) => {
    expect(toRule(repeat, TOKYO)).toBe(rule);
    expect(fromRule(rule, SATURDAY, TOKYO)).toEqual(repeat);
  });

  it.each(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=3;BYDAY=SA', 'FREQ=MONTHLY;BYDAY=1SA,2SU', 'FREQ=MONTHLY;BYMONTHDAY=1', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=WEEKLY;COUNT=many', 'FREQ=WEEKLY;BYDAY=SA;UNTIL=soon'])(
    'what the choices cannot say stays as it is: %s',
    (rule) => expect(fromRule(rule, SATURDAY, TOKYO)).toEqual({ kind: 'own', rule }),
  );

  it('begins with what the date says', () => {
    expect(fresh('weekly', SATURDAY)).toMatchObject({ days: ['SA'] });
    expect(fresh('monthly', SATURDAY)).toMatchObject({ nths: [4], day: 'SA' });
    expect(nthOf('2026-11-29')).toBe(-1);
    expect(dayOf('')).toBe('SA');
    expect(fromRule('FREQ=WEEKLY', '2026-11-30', TOKYO)).toMatchObject({ days: ['MO'] });
  });

  it('a new date takes its weekday along, unless somebody chose otherwise', () => {
    expect(moved(fresh('weekly', SATURDAY), SATURDAY, '2026-11-30')).toMatchObject({ days: ['MO'] });
    expect(moved({ kind: 'weekly', every: 1, days: ['TU', 'SA'], end: { kind: 'never' } }, SATURDAY, '2026-11-30')).toMatchObject({ days: ['TU', 'SA'] });
    expect(moved(fresh('monthly', SATURDAY), SATURDAY, '2026-12-07')).toMatchObject({ nths: [1], day: 'MO' });
    expect(moved(fresh('weekly', SATURDAY), SATURDAY, '')).toMatchObject({ days: ['SA'] });
  });

  it('a rule pasted with its name loses it', () => {
    expect(toRule({ kind: 'own', rule: ' RRULE:FREQ=DAILY;COUNT=3 ' }, TOKYO)).toBe('FREQ=DAILY;COUNT=3');
    expect(toRule({ kind: 'own', rule: '' }, TOKYO)).toBeUndefined();
  });
});
