import { expect, it } from 'vitest';
import { pieces } from './standing-out';

const out = (text: string): string[] => pieces(text).flatMap((piece) => (piece.out ? [piece.text] : []));

it.each([
  ['電話は 090-1234-5678 です', ['090-1234-5678']],
  ['０９０ １２３４ ５６７８', ['０９０ １２３４ ５６７８']],
  ['nagi.taro@example.jp に', ['nagi.taro@example.jp']],
  ['https://example.jp/a を見て', ['https://example.jp/a']],
  ['〒132-0021 です', ['〒132-0021']],
  ['LINEのIDは nagi_123', ['LINEのIDは nagi_123']],
])('%s', (text, found) => expect(out(text)).toEqual(found));

it.each(['今日は 11月21日、15時から', 'LINEは つかわない', '1234人くらい', '死ぬほど笑った', ''])('nothing in: %s', (text) => expect(out(text)).toEqual([]));

it('loses nothing of the text and marks no place twice', () => {
  for (const text of ['a@b.jp c@d.jp', '090-1234-5678と03-1234-5678', 'www.a.jp', 'x'.repeat(500), '1 '.repeat(300)]) {
    expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
  }
});
