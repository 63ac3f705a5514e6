/** One visit: from the entrance into a room and home again. Glues the line, the store and the memory together. */
import { whyNot } from '../i18n';
import { effect, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { Words } from '../i18n';
import { createConnection } from '../net/connection';
import type { ConnectionDeps } from '../net/connection';
import type { Http } from '../net/http';
import type { End, NetState } from '../net/machine';
import type { Enter, Place, Refusal } from '../protocol/types';
import { NOTHING } from './bring';
import type { Bring } from './bring';
import { createIntents } from './intents';
import type { Intents } from './intents';
import type { Memory } from './memory';
import { NOWHERE, happened, welcomed } from './room';
import { lasting } from './safety';
import type { Safety } from './safety';
import { createStore } from './store';
import type { Store } from './store';

export type View = 'entrance' | 'entering' | 'lobby' | 'room' | 'goodbye' | 'taken' | 'closed';
/** knocking: not in yet. lost: was in and comes back by itself. back: in again a moment ago. */
export type LineState = 'none' | 'knocking' | 'waiting' | 'fine' | 'lost' | 'back';
/** A quiet sentence that stays until it is put away; asked for in the language of the moment. */
export type Notice = (words: Words) => string;

export interface Session {
  view: Signal<View>;
  line: Signal<LineState>;
  place: Signal<Place | null>;
  /** There is voice on this server. */
  voice: Signal<boolean>;
  notice: Signal<Notice | null>;
  /** Why the last knock was not answered with a welcome. */
  refusal: Signal<Refusal | null>;
  roomId: Signal<string>;
  bring: Signal<Bring>;
  /** The host's panel is open. */
  hosting: Signal<boolean>;
  /** Why the server said goodbye, and the last word of the staff; null when one left by oneself. */
  farewell: Signal<{ code: number; word: string | undefined } | null>;
  /** What one is writing; it is never lost to a refusal. */
  draft: Signal<string>;
  store: Store;
  intents: Intents;
  loadPlace(): Promise<void>;
  enter(room: string, as: Extract<Enter, { new: unknown }>): void;
  /** Back to the seat that this browser remembers; false if there is none. */
  comeBack(): boolean;
  cancel(): void;
  leave(): void;
  toEntrance(): void;
  online(): void;
  visible(on: boolean): void;
}

export const BACK_AGAIN_MS = 2000;
const AGAIN_MS = 4000;
/** Over, not let in this time, signed out: no fault of the line, and nothing to try again at once. */
const GOODBYES = [4011, 4012, 4013, 4014];

export function createSession(deps: ConnectionDeps & { http: Http; memory: Memory }): Session {
  const { memory, http, timers } = deps;
  const view = signal<View>('entrance');
  const line = signal<LineState>('none');
  const place = signal<Place | null>(null);
  const voice = signal(false);
  const notice = signal<Notice | null>(null);
  const refusal = signal<Refusal | null>(null);
  const roomId = signal('');
  const bring = signal(NOTHING);
  const hosting = signal(false);
  const draft = signal(memory.draft());
  const farewell: Session['farewell'] = signal(null);
  const store = createStore(() => deps.clock.now(), timers);
  let seen = 0;
  let end: End | null = null;
  let loading = 0;

  const connection = createConnection(deps, {
    changed,
    deliver: (message) => {
      if (message.t === 'welcome') voice.value = message.voice ?? false;
      store.room.value = message.t === 'welcome' ? welcomed(store.room.value, message) : happened(store.room.value, message.ev, message.at);
    },
    keep: (token, room) => memory.keepSeat({ token, room }),
    forget: () => memory.keepSeat(null),
  });
  const intents = createIntents(connection, store, notice, memory);
  effect(() => {
    const words = lasting(store.safety.value);
    if (store.me.value !== null) memory.keepUnshown(roomId.peek(), words);
  });

  function changed(net: NetState): void {
    seen = net.seen;
    if (net.phase === 'inside') {
      line.value = line.value === 'lost' ? 'back' : line.value === 'back' ? 'back' : 'fine';
      if (line.value === 'back') timers.set(() => line.value === 'back' && (line.value = 'fine'), BACK_AGAIN_MS);
      show();
    } else if (net.phase === 'ended') {
      line.value = 'none';
      if (net.end && net.end !== end) ended(net.end);
    } else if (net.phase !== 'idle') {
      line.value = net.inside ? 'lost' : net.phase === 'waiting' || line.value === 'waiting' ? 'waiting' : 'knocking';
    }
    end = net.end;
  }

  /** The room is shown when both the welcome and the plan are here; who waits is shown no room. */
  function show(): void {
    if (line.value !== 'none' && store.gathering.value.lobby) view.value = 'lobby';
    else if (line.value !== 'none' && store.mine.value && store.plan.value?.id === roomId.value) view.value = 'room';
  }

  function ended(why: End): void {
    store.steer.value = null;
    if (why.why === 'taken_over') {
      view.value = 'taken';
    } else if (why.why === 'left') {
      clear();
      view.value = 'goodbye';
    } else if (why.why === 'closed' && GOODBYES.includes(why.code)) {
      farewell.value = { code: why.code, word: store.gathering.value.lobby?.word };
      clear();
      view.value = 'goodbye';
    } else if (why.why === 'closed') {
      clear();
      notice.value = (words) => words.close[why.code] ?? words.close[4003] ?? '';
      view.value = 'entrance';
    } else {
      refused(why.refusal);
    }
  }

  function refused(why: Refusal): void {
    clear();
    refusal.value = why;
    if (why.door || why.code === 'room_full' || why.code === 'room_closed' || why.code === 'room_unknown') view.value = 'closed';
    else {
      if (!why.code.startsWith('nickname')) notice.value = (words) => whyNot(why.code, words);
      view.value = 'entrance';
    }
    void loadPlace();
  }

  /** What was said here ends with the visit; after a reload it goes on with the words that nobody saw. */
  function clear(safety?: Safety | null): void {
    store.room.value = safety ? { ...NOWHERE, safety } : NOWHERE;
    if (!safety) memory.keepUnshown();
    store.steer.value = null;
    seen = 0;
  }

  async function loadPlan(id: string): Promise<void> {
    const mine = ++loading;
    if (store.plan.value?.id === id && store.drawing.value !== null) return show();
    try {
      const plan = await http.plan(id);
      if (mine !== loading) return;
      store.drawing.value = null;
      store.plan.value = plan;
      show();
      const drawing = await http.drawing(plan.scene.svg);
      if (mine === loading) store.drawing.value = drawing;
    } catch {
      // The list of places works without a picture; ask again while somebody waits for it.
      timers.set(() => mine === loading && line.value !== 'none' && void loadPlan(id), AGAIN_MS);
    }
  }

  async function loadPlace(): Promise<void> {
    try {
      place.value = await http.place();
      voice.value = (await http.voice()).on;
    } catch {
      if (!place.value) timers.set(() => void loadPlace(), AGAIN_MS);
    }
  }

  function begin(room: string, as: Enter): void {
    roomId.value = room;
    farewell.value = null;
    refusal.value = null;
    notice.value = null;
    line.value = 'knocking';
    connection.enter(room, as, memory.device());
    void loadPlan(room);
  }

  return {
    view,
    line,
    place,
    voice,
    notice,
    refusal,
    roomId,
    bring,
    hosting,
    draft,
    farewell,
    store,
    intents,
    loadPlace,
    enter: (room, as) => {
      clear();
      memory.keepHabits({ room, nick: as.new.nick, look: as.new.look });
      if (as.new.way !== 'watch') memory.keepHabits({ way: as.new.way });
      begin(room, as);
    },
    comeBack: () => {
      const seat = memory.seat();
      if (!seat) return false;
      const again = view.value === 'taken' && roomId.value === seat.room;
      if (!again) clear(memory.unshown(seat.room));
      view.value = 'entering';
      begin(seat.room, { again: { token: seat.token, seen: again ? seen : 0 } });
      return true;
    },
    cancel: () => {
      connection.leave();
      view.value = 'entrance';
    },
    leave: () => {
      memory.keepDraft((draft.value = ''));
      notice.value = null;
      connection.leave();
      // Also when there was no line any more to leave by.
      view.value = 'goodbye';
    },
    toEntrance: () => {
      refusal.value = null;
      notice.value = null;
      view.value = 'entrance';
      void loadPlace();
    },
    online: () => connection.online(),
    visible: (on) => connection.visible(on),
  };
}
