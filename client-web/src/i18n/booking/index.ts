/** The words of booking, in the language of the page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { BookingWords } from './ja';

export type { BookingWords };

const WORDS = shelf<BookingWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export const loadBookingWords = WORDS.load;
export const bookingWordsOf = WORDS.of;
