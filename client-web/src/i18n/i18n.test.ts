import { describe, expect, it } from 'vitest';
import { CLOSE, COLOURS, FIGURES, REFUSAL_CODES } from '../protocol/types';
import { easy } from './easy';
import { LANGS, isLang, loadWords, pick, wordsOf } from './index';
import { en } from './en';
import { ja } from './ja';
import { easy as officeEasy } from './office/easy';
import { en as officeEn } from './office/en';
import { ja as officeJa } from './office/ja';
import { suggestName } from './names';
import { sentences } from './sentences';

it.each([['ja', ja, officeJa], ['easy', easy, officeEasy], ['en', en, officeEn]])('the catalogue %s has a kind sentence for every refusal, and for every end of a line after which one is not back by oneself', (_, words, office) => {
  expect(sentences(words).length).toBeGreaterThan(150);
  for (const code of REFUSAL_CODES) expect({ ...office, ...words.refusal }[code], code).toMatch(/.{6}/);
  // Leaving, and another tab, have views of their own.
  const ends = Object.keys(CLOSE).filter((code) => !CLOSE[Number(code)]?.retry && !['1000', '4001'].includes(code));
  expect(ends).toContain('4014');
  for (const code of ends) expect(words.close[Number(code)], code).toMatch(/.{6}/);
});

it.each([['ja', ja], ['easy', easy], ['en', en]])('the catalogue %s names every figure and every colour, no two alike', (_, words) => {
  expect(new Set(words.figures)).toHaveProperty('size', FIGURES);
  expect(new Set(words.colours)).toHaveProperty('size', COLOURS);
});

/** Every catalogue that there is, also those that come with a part of the page: `./session/ja.ts`. */
const catalogues = Object.entries(import.meta.glob<Record<string, object>>(['./{ja,easy,en}.ts', './*/{ja,easy,en}.ts'], { eager: true })).map(([path, module]) => {
  const lang = /(\w+)\.ts$/.exec(path)?.[1] ?? '';
  return [path, lang, module[lang] ?? {}] as const;
});

it('every part has its words in every language', () => {
  const parts = new Set(catalogues.map(([path]) => path.replace(/\w+\.ts$/, '')));
  expect(parts.size).toBeGreaterThan(1);
  expect(catalogues.length).toBe(parts.size * LANGS.length);
});

describe.each(catalogues)('%s', (_, lang, words) => {
  it('never shouts, blames or speaks in code', () => {
    const all = sentences(words);
    expect(all.length).toBeGreaterThan(10);
    for (const [path, sentence] of all) {
      expect(sentence, path).not.toBe('');
      expect(sentence, path).not.toMatch(/[!！]|エラー|error|失敗|禁止|違反|不正|invalid|forbidden|failed/i);
    }
  });

  it(`is written in its language`, () => {
    const kanji = sentences(words).filter(([, sentence]) => /[一-龯]/.test(sentence));
    if (lang !== 'ja') expect(kanji).toEqual([]);
  });
});

it('texts of the place fall back to Japanese', () => {
  expect(pick({ ja: '海', easy: 'うみ', en: '' }, 'en')).toBe('海');
  expect(LANGS.every(isLang)).toBe(true);
  expect(isLang('fr')).toBe(false);
});

it('words arrive when they are asked for', async () => {
  expect(wordsOf('en')).toBe(ja);
  expect(await loadWords('en')).toBe(true);
  expect(wordsOf('en')).toBe(en);
});

it('a suggestion is another one and fits', () => {
  for (let i = 0; i < 50; i++) {
    const name = suggestName('ja', i / 50, 'なぎ');
    expect(name).not.toBe('なぎ');
    expect([...name].length).toBeLessThanOrEqual(16);
  }
});
