/** Voice in the room: keeps the connection while one listens, the microphone while one speaks, and each ear as loud as one likes. */
import { whyNot } from '../i18n';
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Outcome } from '../net/machine';
import { http } from '../net/http';
import type { IceServer } from '../protocol/types';
import type { Memory } from '../state/memory';
import type { Session } from '../state/session';
import { includes } from '../state/way';
import { NO_CALL, step } from './call';
import type { CallEffect, CallEvent, CallState, CallTimer } from './call';
import { openEars } from './ears';
import { micState } from './mic';
import type { MicState } from './mic';
import { createMicrophone, troubleOf } from './microphone';
import type { MicTrouble } from './microphone';
import { createPeer } from './peer';
import type { Peer } from './peer';
import { volumes } from './volumes';

export interface Voice {
  call: ReadonlySignal<CallState['phase']>;
  mic: ReadonlySignal<MicState>;
  /** Why the microphone could not be had. */
  trouble: ReadonlySignal<MicTrouble | null>;
  /** The browser plays nothing before somebody taps. */
  unheard: ReadonlySignal<boolean>;
  /** How loud everybody is, 0 to 1; remembered on this device. */
  loud: Signal<number>;
  /** Turn the microphone on or off, by the person's own hand. */
  turn(on: boolean): void;
  /** Inside a tap: play. */
  hear(): void;
  /** Try to connect at once. */
  again(): void;
  /** Another microphone or loudspeaker was chosen. */
  devices(): void;
  /** Nothing of this device is heard in the room, and the microphone is free for the practice. */
  stepAside(): void;
}

export function createVoice(session: Session, memory: Memory): Voice {
  const { store, intents } = session;
  const ears = openEars();
  const call = signal(NO_CALL);
  const trouble = signal<MicTrouble | null>(null);
  const unheard = signal(false);
  const loud = signal(memory.habits().loud ?? 1);
  const running = new Map<CallTimer, number>();
  let peer: Peer | null = null;
  let servers: readonly IceServer[] = [];
  /** What the person wants of the microphone; the server's word for it is `mine.mic`. */
  let wanted = false;
  let turning = false;

  const voices = computed(() => store.room.value.voices);
  const phase = computed(() => call.value.phase);
  const open = computed(() => store.gathering.value.mine.mic ?? false);
  const line = computed(() => {
    const here = session.view.value === 'room' && (session.line.value === 'fine' || session.line.value === 'back');
    return here && voices.value.on && includes(store.way.value, 'listen') ? voices.value.line : null;
  });
  const microphone = createMicrophone(() => memory.habits().microphone, () => {
    trouble.value = 'missing';
    speak(false);
  });

  function dispatch(event: CallEvent): void {
    const [next, effects] = step(call.peek(), event, Math.random);
    call.value = next;
    effects.forEach(perform);
  }

  function perform(what: CallEffect): void {
    switch (what.do) {
      case 'open':
        void connect(what.turn);
        break;
      case 'close':
        peer?.close();
        peer = null;
        break;
      case 'timer':
        running.set(what.name, window.setTimeout(() => dispatch({ e: 'timer', name: what.name }), what.ms));
        break;
      case 'untimer':
        window.clearTimeout(running.get(what.name));
        break;
    }
  }

  async function connect(turn: number): Promise<void> {
    const stale = (): boolean => call.peek().turn !== turn || call.peek().phase !== 'opening';
    try {
      // Their credentials end by themselves; without an answer the ones from before may still be good.
      servers = await http.voice().then(({ ice_servers }) => ice_servers, () => servers);
      if (stale()) return;
      const mine = createPeer(servers, ears, (is) => dispatch({ e: 'peer', turn, is }));
      peer = mine;
      if (open.peek()) microphone.take().then((track) => mine.put(track), () => speak(false));
      const sdp = await mine.offer();
      if (stale()) return;
      const outcome = await intents.order({ t: 'offer', sdp });
      if (stale()) return;
      if (outcome.is === 'done' && outcome.sdp !== undefined) await mine.accept(outcome.sdp);
      else {
        const { retry, after = 0 } = outcome.is === 'refused' ? outcome.refusal : { retry: true };
        return dispatch({ e: 'refused', turn, retry, after });
      }
      tune();
      hear();
    } catch {
      // A browser that cannot today can perhaps in a moment.
      dispatch({ e: 'refused', turn, retry: true, after: 0 });
    }
  }

  /** Each ear as loud as its person is wished; an iPhone only knows silence and sound. */
  function tune(): void {
    const { slots } = voices.peek();
    peer?.mids().forEach((mid, i) => {
      const ear = ears[i];
      const who = slots.find((slot) => slot.mid === mid)?.who;
      if (!ear) return;
      const volume = loud.peek() * ((who !== undefined ? volumes.peek().get(who) : undefined) ?? 1);
      ear.volume = volume;
      ear.muted = volume === 0;
    });
  }

  function hear(): void {
    void Promise.all(ears.map((ear) => ear.play())).then(
      () => (unheard.value = false),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') unheard.value = true;
      },
    );
  }

  function speak(on: boolean): void {
    wanted = on;
    if (on) trouble.value = null;
    // Silence does not wait for anybody.
    if (!on) microphone.hush();
    void settle();
  }

  /** Until the server's word is the person's wish; taps in between only change the wish. */
  async function settle(): Promise<void> {
    if (turning) return;
    turning = true;
    try {
      while (wanted !== open.peek()) {
        const tried = wanted;
        const outcome = await (tried ? switchOn() : intents.order({ t: 'mic', on: false }));
        if (outcome?.is === 'refused' && outcome.refusal.code === 'too_fast') {
          await new Promise((resolve) => setTimeout(resolve, outcome.refusal.after ?? 0));
        } else if (outcome?.is !== 'done') {
          wanted = false;
          if (outcome?.is === 'refused') session.notice.value = (words) => whyNot(outcome.refusal.code, words);
          break;
        } else if (open.peek() !== tried) break;
      }
    } finally {
      turning = false;
      if (!open.peek()) silence();
    }
  }

  async function switchOn(): Promise<Outcome | null> {
    try {
      peer?.put(await microphone.take());
    } catch (error) {
      trouble.value = troubleOf(error);
      return null;
    }
    return intents.order({ t: 'mic', on: true });
  }

  function silence(): void {
    microphone.hush();
    peer?.put(null);
    microphone.rest();
  }

  effect(() => dispatch({ e: 'want', line: line.value }));
  let hangUps = voices.peek().hangUps;
  effect(() => {
    const before = hangUps;
    hangUps = voices.value.hangUps;
    if (hangUps > before) dispatch({ e: 'hung_up' });
  });
  effect(() => {
    void [voices.value.slots, volumes.value, loud.value];
    tune();
  });
  effect(() => {
    memory.keepHabits({ loud: loud.value });
  });
  effect(() => {
    // The staff, the phase, the place or a lost line turned it off.
    if (open.value || turning) return;
    wanted = false;
    silence();
  });
  effect(() => {
    if (line.value === null) microphone.rest(true);
  });
  const nudge = (): void => {
    if (document.visibilityState !== 'visible') return;
    dispatch({ e: 'nudge' });
    if (peer) hear();
  };
  window.addEventListener('online', nudge);
  document.addEventListener('visibilitychange', nudge);

  return {
    call: phase,
    mic: computed(() => micState({ way: store.way.value, kind: store.kind.value, call: phase.value, gathering: store.gathering.value, me: store.me.value })),
    trouble,
    unheard,
    loud,
    turn: speak,
    hear,
    again: () => dispatch({ e: 'nudge' }),
    devices: () => {
      const { speaker } = memory.habits();
      for (const ear of ears) void ear.setSinkId?.(speaker ?? '').catch(() => undefined);
      microphone.rest(true);
      if (open.peek()) void microphone.take().then((track) => peer?.put(track), () => speak(false));
    },
    stepAside: () => {
      speak(false);
      microphone.rest(true);
    },
  };
}

let only: Voice | null = null;

/** One for the page: it is there from the first time that somebody listens, and rests when nobody does. */
export function voiceOf(session: Session, memory: Memory): Voice {
  return (only ??= createVoice(session, memory));
}
