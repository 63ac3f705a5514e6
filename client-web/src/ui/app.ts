/** What every component may reach: the visit, the settings, and the words in the language of the moment. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { pick, whyNot, wordsOf } from '../i18n';
import type { Words } from '../i18n';
import type { Outcome } from '../net/machine';
import type { Text } from '../protocol/types';
import type { Memory } from '../state/memory';
import type { Session } from '../state/session';
import type { Settings } from '../state/settings';

export interface App {
  session: Session;
  settings: Settings;
  memory: Memory;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('outside of the app');
  return app;
}

/** The words, and a way to read the server's texts. Following the language makes the component follow it. */
export function useWords(): { w: Words; read: (text: Text) => string } {
  const lang = useApp().settings.lang.value;
  return { w: wordsOf(lang), read: (text) => pick(text, lang) };
}

/** What came of an order, as a kind sentence; empty when there is nothing to say. */
export function sentence(outcome: Outcome, w: Words): string {
  if (outcome.is === 'refused') return whyNot(outcome.refusal.code, w);
  return outcome.is === 'lost' ? w.notNow : outcome.is === 'held' ? w.held : '';
}

export { graphemes } from './graphemes';
