import { expect, it } from 'vitest';
import { actorOf, span } from './entry';

it('staff and people stand under their numbers, the rest under words', () => {
  expect(actorOf('staff:4503599627370495')).toEqual({ kind: 'staff', id: 4503599627370495 });
  expect(actorOf('person:7')).toEqual({ kind: 'person', id: 7 });
  for (const other of ['server', 'rule', 'staff:', 'staff:12x', 'person:-1', '']) expect(actorOf(other).kind, other).toBe('other');
});

it('a part says from where to where it goes', () => {
  const entry = (seq: number) => ({ seq, at: 1, actor: 'server', action: 'case.claim' });
  expect(span([entry(3), entry(4), entry(9)])).toBe('3–9');
  expect(span([entry(3)])).toBe('3');
  expect(span([])).toBe('');
});
