/** One thing at a time that is done at the desk, and what is said of it. */
import { useSignal } from '@preact/signals';
import { useDesk } from './words';
import type { Said } from './store';

export interface Deed {
  busy: boolean;
  /** Does it and says what came of it; a second tap while it is on its way is none. */
  run(work: () => Promise<Said | string>, close?: boolean): Promise<boolean>;
}

export function useDeed(): Deed {
  const { desk, trouble } = useDesk();
  const busy = useSignal(false);
  return {
    busy: busy.value,
    run: async (work, close = false) => {
      if (busy.value) return false;
      busy.value = true;
      desk.said.value = null;
      try {
        const said = await work();
        if (close) desk.away(true);
        desk.said.value = typeof said === 'string' ? { text: said } : said;
        return true;
      } catch (error) {
        desk.said.value = { text: trouble(error) };
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
