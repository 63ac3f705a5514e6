import { expect, it } from 'vitest';
import { orderOf } from './keys';
import type { Press } from './keys';

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, ...more });

it('letters go through the queue and numbers answer', () => {
  expect(orderOf(press('j'), false)).toEqual({ go: 'next' });
  expect(orderOf(press('K'), false)).toEqual({ go: 'previous' });
  expect(orderOf(press('t'), false)).toEqual({ go: 'take' });
  expect(orderOf(press('Escape'), false)).toEqual({ go: 'away' });
  expect(orderOf(press('?'), false)).toEqual({ go: 'help' });
  expect(orderOf(press('3'), false)).toEqual({ answer: 3 });
  expect(orderOf(press('0'), false)).toBeNull();
  expect(orderOf(press('Enter'), false)).toBeNull();
  expect(orderOf(press('x'), false)).toBeNull();
});

it('a field keeps its keys, and so does the browser', () => {
  for (const key of ['j', '1', 'Escape', '?']) expect(orderOf(press(key), true), key).toBeNull();
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'isComposing'] as const) expect(orderOf(press('j', { [held]: true }), false), held).toBeNull();
});

it('a key held down moves on, and decides only once', () => {
  expect(orderOf(press('j', { repeat: true }), false)).toEqual({ go: 'next' });
  expect(orderOf(press('1', { repeat: true }), false)).toBeNull();
  expect(orderOf(press('t', { repeat: true }), false)).toBeNull();
});
