/** The words of doors that do not open; few stand before one. */
import { shelf } from '../shelf';
import type { ShutWords } from './ja';

export type { ShutWords };

export const shutWords = shelf<ShutWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
