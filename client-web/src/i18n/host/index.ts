/** The words of the host's panel; they come with it. */
import { shelf } from '../shelf';
import type { HostWords } from './ja';

export type { HostWords };

export const hostWords = shelf<HostWords>({
  ja: async () => (await import('./ja')).ja,
  easy: async () => (await import('./easy')).easy,
  en: async () => (await import('./en')).en,
});
