/** The catalogues, and what of the server's texts belongs to which. */
import type { Text } from '../protocol/types';
import { ja } from './ja';
import type { Words } from './ja';

export type { Words };

export const LANGS = ['ja', 'easy', 'en'] as const;
export type Lang = (typeof LANGS)[number];

export const LANG_NAMES: Record<Lang, string> = { ja: '日本語', easy: 'やさしい日本語', en: 'English' };
/** What the `lang` attribute says: easy Japanese is read aloud as Japanese. */
export const LANG_TAGS: Record<Lang, string> = { ja: 'ja', easy: 'ja', en: 'en' };

/** Only the words one reads cross a weak line. */
const LOADERS: Record<Lang, () => Promise<Words>> = {
  ja: () => Promise.resolve(ja),
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
};
const loaded: Partial<Record<Lang, Words>> = { ja };

/** Whether the words are here now; without a line the page keeps the language it has. */
export async function loadWords(lang: Lang): Promise<boolean> {
  try {
    loaded[lang] = await LOADERS[lang]();
    return true;
  } catch {
    return false;
  }
}

export function wordsOf(lang: Lang): Words {
  return loaded[lang] ?? ja;
}

export function isLang(value: unknown): value is Lang {
  return LANGS.some((lang) => lang === value);
}

/** A text of the place in the language of the page; an operator may have left one out. */
export function pick(text: Text, lang: Lang): string {
  return text[lang] || text.ja;
}
