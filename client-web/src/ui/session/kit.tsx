/** What the parts of a session share: its words, where it stands, names, the ring of the time that is left. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { sessionWords } from '../../i18n/session';
import type { SessionWords } from '../../i18n/session';
import type { PersonId } from '../../protocol/types';
import type { Gathering, Left } from '../../state/gathering';
import type { Intents } from '../../state/intents';
import type { Session } from '../../state/session';
import type { Store } from '../../state/store';
import { useApp, useWords } from '../app';

/** So seldom the time left is drawn anew: nobody shall watch it run. */
export const REDRAW_MS = 15_000;

export interface Here extends ReturnType<typeof useWords> {
  s: SessionWords;
  session: Session;
  store: Store;
  intents: Intents;
  g: Gathering;
  /** The nickname of somebody here; somebody, if they have just left. */
  nick: (who: PersonId | undefined) => string;
  zone: (index: number) => string;
}

export function useSession(): Here {
  const { session, settings } = useApp();
  const words = useWords();
  const { store, intents } = session;
  const s = sessionWords.of(settings.lang.value);
  const people = store.people.value;
  const plan = store.plan.value;
  return {
    ...words,
    s,
    session,
    store,
    intents,
    g: store.gathering.value,
    nick: (who) => (who === undefined ? undefined : people.get(who)?.nick) ?? s.somebody,
    zone: (index) => {
      const found = plan?.zones[index];
      return found ? words.read(found.name) : '';
    },
  };
}

/** The server's time, looked at now and then while something depends on it. */
export function useNow(store: Store, on: boolean): number {
  const turn = useSignal(0);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => turn.value++, REDRAW_MS);
    return () => clearInterval(timer);
  }, [on]);
  void turn.value;
  return store.now();
}

const AROUND = 2 * Math.PI * 9;

/** How much is left, as a ring; the words beside it say the same. */
export function Ring({ time }: { time: Left }) {
  return (
    <svg class="ring" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" />
      <circle cx="12" cy="12" r="9" class="rest" stroke-dasharray={`${(time.part * AROUND).toFixed(1)} 99`} transform="rotate(-90 12 12)" />
    </svg>
  );
}

/** Above ten minutes nobody needs to know more exactly than to five. */
export function timeWords({ minutes }: Left, s: SessionWords): string {
  return minutes === 0 ? s.overtime : s.left(minutes > 10 ? Math.round(minutes / 5) * 5 : minutes);
}
