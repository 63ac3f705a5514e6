/** The words of the desk: what waits for staff and what they decide, in the language of the page. What can be decided has
 *  the words that staff in a room and the people concerned have for it. */
import type { Kind, Reason } from '../../protocol/types';
import { safetyWords } from '../safety';
import { shelf } from '../shelf';
import type { Lang } from '../shelf';
import { watchWords } from '../watch';
import { ja } from './ja';
import type { DeskWords as OwnWords } from './ja';

export interface DeskWords extends OwnWords {
  kinds: Record<Kind, string>;
  reasons: Record<Reason, string>;
  /** What the person reads. */
  told: Record<Reason, string>;
}

const WORDS = shelf<OwnWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export async function loadDeskWords(lang: Lang): Promise<void> {
  await Promise.all([WORDS.load(lang), watchWords.load(lang), safetyWords.load(lang)]);
}

export function deskWordsOf(lang: Lang): DeskWords {
  const { kinds, reasons } = watchWords.of(lang);
  return { ...WORDS.of(lang), kinds, reasons, told: safetyWords.of(lang).reasons };
}
