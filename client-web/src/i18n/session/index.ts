/** The words of a session; they come with the part of the page that needs them. */
import { shelf } from '../shelf';
import type { SessionWords } from './ja';

export type { SessionWords };

export const sessionWords = shelf<SessionWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
