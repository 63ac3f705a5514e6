/** What every part of the staff page may reach. */
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { pick, wordsOf } from '../i18n';
import type { Words } from '../i18n';
import { officeWords } from '../i18n/office';
import { staffWordsOf } from '../i18n/staff';
import type { StaffWords } from '../i18n/staff';
import { clock, local } from '../i18n/when';
import { call, why } from '../net/api';
import type { Why } from '../net/api';
import type { Me, Place, Sessions, Text } from '../protocol/types';
import type { Memory } from '../state/memory';
import type { Settings } from '../state/settings';

export const API = '/api/v1/staff';

export interface Staff {
  settings: Settings;
  memory: Memory;
  /** Who is signed in; `null` for nobody, `undefined` before that is known. */
  me: Signal<Me | null | undefined>;
  place: Signal<Place | null>;
  /** The time zone of the place. */
  zone: Signal<string>;
  /** What was said when the last login ended. */
  farewell: Signal<'ended' | 'again' | null>;
  /** How much waits at the desk, once it was opened: for the menu. */
  waits: Signal<number>;
  /** The server was not reached at the beginning. */
  lost: Signal<Why | null>;
  begin(): Promise<void>;
  signedIn(me: Me): void;
  signedOut(why: 'ended' | 'again'): void;
}

export function createStaff(settings: Settings, memory: Memory): Staff {
  const me = signal<Me | null | undefined>(undefined);
  const place = signal<Place | null>(null);
  const zone = signal('Asia/Tokyo');
  const farewell = signal<'ended' | 'again' | null>(null);
  const lost = signal<Why | null>(null);
  const waits = signal(0);

  async function begin(): Promise<void> {
    lost.value = null;
    // The time zone comes with the public calendar; without it times are those of Japan.
    const [who, where, sessions] = await Promise.allSettled([call<Me>('GET', `${API}/me`), call<Place>('GET', '/api/v1/place'), call<Sessions>('GET', '/api/v1/sessions')]);
    if (where.status === 'fulfilled') place.value = where.value;
    if (sessions.status === 'fulfilled') zone.value = sessions.value.zone;
    if (who.status === 'fulfilled') signedIn(who.value);
    else if (why(who.reason) === 'signin') {
      me.value = null;
      memory.keepStaff(false);
    } else lost.value = why(who.reason);
  }

  function signedIn(now: Me): void {
    farewell.value = null;
    me.value = now;
    // The entrance of a room asks about a staff login only where there may be one.
    memory.keepStaff(true);
  }

  function signedOut(said: 'ended' | 'again'): void {
    if (me.value) farewell.value = said;
    me.value = null;
    memory.keepStaff(false);
  }

  return { settings, memory, me, place, zone, farewell, waits, lost, begin, signedIn, signedOut };
}

export const StaffContext = createContext<Staff | null>(null);

export function useStaff(): Staff {
  const staff = useContext(StaffContext);
  if (!staff) throw new Error('outside of the staff page');
  return staff;
}

export interface Spoken {
  /** The words of the staff page. */
  s: StaffWords;
  /** The words of the whole. */
  w: Words;
  read: (text: Text) => string;
  /** The name of a room by its id. */
  room: (id: string) => string;
  date: (at: number) => string;
  dateTime: (at: number) => string;
  trouble: (why: Why) => string;
}

/** Following the language makes the component follow it. */
export function useSpoken(): Spoken {
  const { settings, place, zone } = useStaff();
  const lang = settings.lang.value;
  const [s, w] = [staffWordsOf(lang), wordsOf(lang)];
  const date = (at: number): string => {
    const { month, day, weekday } = local(at, zone.value);
    return w.date(month, day, w.weekdays[weekday] ?? '');
  };
  return {
    s,
    w,
    read: (text) => pick(text, lang),
    room: (id) => {
      const found = place.value?.rooms.find((one) => one.id === id);
      return found ? pick(found.name, lang) : id;
    },
    date,
    dateTime: (at) => s.dateTime(date(at), clock(local(at, zone.value))),
    trouble: (why) => (why === 'offline' ? w.offline : { ...officeWords.of(lang), ...w.refusal }[why]),
  };
}
