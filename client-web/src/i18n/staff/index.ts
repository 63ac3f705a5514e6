/** The words of the staff page, in the language of the page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { StaffWords } from './ja';

export type { StaffWords };

const WORDS = shelf<StaffWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export const loadStaffWords = WORDS.load;
export const staffWordsOf = WORDS.of;
