/** The words of the first steps; they come with the sheet. */
import { shelf } from '../shelf';
import type { FirstWords } from './ja';

export const firstWords = shelf<FirstWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
