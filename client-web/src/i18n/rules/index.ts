/** The words of the rules, in the language of the page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { RuleWords } from './ja';

export type { RuleWords };

const WORDS = shelf<RuleWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export const loadRuleWords = WORDS.load;
export const ruleWordsOf = WORDS.of;
