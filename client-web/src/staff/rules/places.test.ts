import { expect, it } from 'vitest';
import { breakAt, lineOf, locate, steps } from './places';

const RULE = JSON.stringify({ id: 'a.b', on: ['message'], when: { all: [{ personal: ['phone'] }, { words: { any: ['ば"か', 'あ{ほ'], view: 'raw' } }] }, version: 3 }, null, 2);
const at = (place: string, text = RULE): string | null => {
  const found = locate(text, place);
  return found && text.slice(...found);
};

it('a place of the server is found in what somebody wrote', () => {
  expect(steps('when.all[1].words.any[0]')).toEqual(['when', 'all', 1, 'words', 'any', 0]);
  expect(at('id')).toBe('"a.b"');
  expect(at('version')).toBe('3');
  expect(at('when.all[1].words.any[1]')).toBe('"あ{ほ"');
  expect(at('when.all[0]')).toContain('phone');
  expect(at('on[0]', '{"on":["entry"]}')).toBe('"entry"');
});

it('what is not there leads to the nearest around it', () => {
  expect(at('when.all[1].words.unless[2]')).toContain('"view": "raw"');
  expect(at('note')).toBe(RULE);
  expect(at('')).toBe(RULE);
});

it('a key of the same name elsewhere is another one', () => {
  expect(at('b.x', '{"a":{"x":1},"b":{"x":2}}')).toBe('2');
});

it('what is no JSON has no places', () => {
  for (const text of ['', '{', '{"a":}', '[1,]', '{"a" 1}', '"open']) expect(locate(text, 'a'), text).toBeNull();
});

it('it is told where it breaks', () => {
  expect(breakAt(RULE)).toBeNull();
  expect(breakAt('{"a": 1,\n "b" 2}')).toBe(14);
  expect(breakAt('[1, 2')).toBe(5);
  expect(breakAt('{} x')).toBe(3);
  expect(breakAt('["a\nb"]')).toBe(1);
  // Rare numbers that only look like some are broken somewhere.
  expect(breakAt('[1.2.3]')).not.toBeNull();
});

it('lines are counted as people do', () => {
  expect(lineOf('a\nb\nc', 0)).toBe(1);
  expect(lineOf('a\nb\nc', 4)).toBe(3);
});
