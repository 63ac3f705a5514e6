import { expect, it } from 'vitest';
import { sought } from './search';

const find = (words: string): string => sought(words, (n) => `人 ${n}`, { mute_text: '文字を お休みに' }, { insult: 'きずつくことば' });

it('what stands on the page is found by its code', () => {
  expect(find('人 481')).toBe('481');
  expect(find('481')).toBe('481');
  expect(find('#9')).toBe('9');
  expect(find(' 文字 ')).toBe('mute_text');
  expect(find('きずつく')).toBe('insult');
});

it('anything else is looked for as it is', () => {
  expect(find('二度目2')).toBe('二度目2');
  expect(find('')).toBe('');
});
