/** The refusals that only staff at their own page meet; they come with that page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { OfficeWords } from './ja';

export const officeWords = shelf<OfficeWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);
