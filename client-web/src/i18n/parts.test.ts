/** The catalogues of the parts that load by themselves keep to the same manners as the main one. */
import { describe, expect, it } from 'vitest';
import { easy as bookingEasy } from './booking/easy';
import { en as bookingEn } from './booking/en';
import { ja as bookingJa } from './booking/ja';
import { sentences } from './sentences';
import { easy as staffEasy } from './staff/easy';
import { en as staffEn } from './staff/en';
import { ja as staffJa } from './staff/ja';

describe.each([
  ['booking', 25, { ja: bookingJa, easy: bookingEasy, en: bookingEn }],
  ['staff', 200, { ja: staffJa, easy: staffEasy, en: staffEn }],
] as const)('the words of %s', (_, least, catalogues) => {
  it.each(['ja', 'easy', 'en'] as const)('%s: complete, and never shouting, blaming or in code', (lang) => {
    const all = sentences(catalogues[lang]);
    expect(all.length).toBeGreaterThan(least);
    expect(all.map(([path]) => path)).toEqual(sentences(catalogues.ja).map(([path]) => path));
    for (const [path, sentence] of all) {
      expect(sentence, path).not.toBe('');
      expect(sentence, path).not.toMatch(/[!！]|エラー|error|失敗|禁止|違反|不正|invalid|forbidden|failed/i);
    }
  });

  it.each(['easy', 'en'] as const)('%s is written in its language', (lang) => {
    expect(sentences(catalogues[lang]).filter(([, sentence]) => /[一-龯]/.test(sentence))).toEqual([]);
  });
});
