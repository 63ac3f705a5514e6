/** The words of what few see: the suggestion box, coming back as the same person, the lobby. */
import { shelf } from '../shelf';
import type { PaperWords } from './ja';

export type { PaperWords };

export const paperWords = shelf<PaperWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
