/** The words of keeping a room safe, for staff; they come with the part of the page that needs them. */
import { shelf } from '../shelf';
import type { WatchWords } from './ja';

export type { WatchWords };

export const watchWords = shelf<WatchWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
