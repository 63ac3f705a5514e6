/** The words of what staff decided, for those whom it is about; they come with the part of the page that needs them. */
import { shelf } from '../shelf';
import type { SafetyWords } from './ja';

export type { SafetyWords };

export const safetyWords = shelf<SafetyWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
