import { expect, it } from 'vitest';
import { marked } from './marked';

const show = (text: string, ...spans: [number, number][]): string => marked(text, spans).map((bit) => (bit.marked ? `[${bit.text}]` : bit.text)).join('');

it('bytes of the server are letters of the page', () => {
  expect(show('電話は090', [9, 12])).toBe('電話は[090]');
  expect(show('a😀b', [1, 5])).toBe('a[😀]b');
  expect(show('é!', [0, 2])).toBe('[é]!');
});

it('whole letters are marked, spans may touch, overlap or be out of sight', () => {
  expect(show('あいう', [4, 5])).toBe('あ[い]う');
  expect(show('あいう', [0, 3], [3, 6])).toBe('[あい]う');
  expect(show('あいう', [0, 6], [3, 9])).toBe('[あいう]');
  expect(show('あ', [30, 60])).toBe('あ');
  expect(show('あ')).toBe('あ');
  expect(marked('', [[0, 1]])).toEqual([]);
});

it('half of a pair does not break anything', () => {
  expect(show('\ud83dx', [3, 4])).toBe('\ud83d[x]');
});
