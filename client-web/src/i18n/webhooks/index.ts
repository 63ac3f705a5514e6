/** The words of webhooks, in the language of the page. */
import { shelf } from '../shelf';
import { ja } from './ja';
import type { WebhookWords } from './ja';

export type { WebhookWords };

const WORDS = shelf<WebhookWords>({ ja: async () => ja, easy: async () => (await import('./easy')).easy, en: async () => (await import('./en')).en }, ja);

export const loadWebhookWords = WORDS.load;
export const webhookWordsOf = WORDS.of;
