/** The words of voice; they come with the part of the page that needs them. */
import { shelf } from '../shelf';
import type { VoiceWords } from './ja';

export type { VoiceWords };

export const voiceWords = shelf<VoiceWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
