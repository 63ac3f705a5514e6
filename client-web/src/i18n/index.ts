/** The catalogues, and what of the server's texts belongs to which. */
import type { RefusalCode, Text } from '../protocol/types';
import { ja } from './ja';
import type { Words } from './ja';
import { LANGS, shelf } from './shelf';
import type { Lang } from './shelf';

export { LANGS, loadWords } from './shelf';
export type { Lang } from './shelf';
export type { Words };

export const LANG_NAMES: Record<Lang, string> = { ja: '日本語', easy: 'やさしい日本語', en: 'English' };
/** What the `lang` attribute says: easy Japanese is read aloud as Japanese. */
export const LANG_TAGS: Record<Lang, string> = { ja: 'ja', easy: 'ja', en: 'en' };

/** Only the words one reads cross a weak line. */
const main = shelf<Words>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export function wordsOf(lang: Lang): Words {
  return main.of(lang);
}

/** Why something was refused, as a kind sentence. */
export function whyNot(code: RefusalCode, w: Words): string {
  return w.refusal[code] ?? w.refusal.wrong_phase;
}

export function isLang(value: unknown): value is Lang {
  return LANGS.some((lang) => lang === value);
}

/** A text of the place in the language of the page; an operator may have left one out. */
export function pick(text: Text, lang: Lang): string {
  return text[lang] || text.ja;
}
