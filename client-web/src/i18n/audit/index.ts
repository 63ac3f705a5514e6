/** The words of the record, in the language of the page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { AuditWords } from './ja';

export type { AuditWords };

const WORDS = shelf<AuditWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export const loadAuditWords = WORDS.load;
export const auditWordsOf = WORDS.of;
