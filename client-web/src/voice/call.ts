/**
 * The connection for voice as a pure state machine: one is wanted for as long as one listens on a line, and it comes
 * back by itself. `voice.ts` ferries; nothing in here knows a browser, and nothing in here ever touches the words.
 */
import { within } from '../net/backoff';

export interface CallState {
  /** waiting: broken, and tried again in a moment. shaky: silent just now, perhaps only for a breath. */
  readonly phase: 'off' | 'opening' | 'up' | 'shaky' | 'waiting' | 'refused';
  /** The line for which voice is wanted; null: it is not. */
  readonly line: number | null;
  /** Which attempt this is: news of an earlier one is no news. */
  readonly turn: number;
  /** Attempts since it last held. */
  readonly tries: number;
}

export type CallEvent =
  | { e: 'want'; line: number | null }
  | { e: 'peer'; turn: number; is: 'connected' | 'disconnected' | 'failed' }
  | { e: 'refused'; turn: number; retry: boolean; after: number }
  | { e: 'hung_up' }
  /** The network is back, the page is looked at again, or somebody asked for it. */
  | { e: 'nudge' }
  | { e: 'timer'; name: CallTimer };

export type CallTimer = 'connect' | 'breath' | 'again' | 'steady';

export type CallEffect =
  | { do: 'open'; turn: number }
  | { do: 'close' }
  | { do: 'timer'; name: CallTimer; ms: number }
  | { do: 'untimer'; name: CallTimer };

/** The server gives a connection 15 s to come up; after this it would have said so. */
export const CONNECT_MS = 18_000;
/** ICE calls a line disconnected as soon as a check is late; most come back within this. */
export const BREATH_MS = 2_000;
/** So long must it hold before the next loss counts as the first. */
export const STEADY_MS = 5_000;
/** As PROTOCOL.md has it: a random time within 2 s, so that a room full of people does not come at once. */
export const FIRST_MS = 2_000;
export const LONGEST_MS = 30_000;

export const NO_CALL: CallState = { phase: 'off', line: null, turn: 0, tries: 0 };

type Step = [CallState, CallEffect[]];

const TIMERS: readonly CallTimer[] = ['connect', 'breath', 'again', 'steady'];
const QUIET: CallEffect[] = TIMERS.map((name) => ({ do: 'untimer', name }));

export function step(state: CallState, event: CallEvent, random: () => number): Step {
  switch (event.e) {
    case 'want':
      if (event.line === state.line) return [state, []];
      if (event.line === null) return [{ ...state, phase: 'off', line: null }, [...QUIET, { do: 'close' }]];
      return open({ ...state, line: event.line, tries: 0 });
    case 'peer':
      return event.turn === state.turn ? peer(state, event.is, random) : [state, []];
    case 'refused':
      if (event.turn !== state.turn || state.phase !== 'opening') return [state, []];
      if (!event.retry) return [{ ...state, phase: 'refused' }, [...QUIET, { do: 'close' }]];
      return wait(state, random, event.after);
    case 'hung_up':
      return live(state) ? wait(state, random) : [state, []];
    case 'nudge':
      return state.phase === 'waiting' || state.phase === 'shaky' || state.phase === 'refused' ? open(state) : [state, []];
    case 'timer':
      return timer(state, event.name, random);
  }
}

function live({ phase }: CallState): boolean {
  return phase === 'opening' || phase === 'up' || phase === 'shaky';
}

function open(state: CallState): Step {
  const turn = state.turn + 1;
  return [
    { ...state, phase: 'opening', turn },
    [...QUIET, { do: 'close' }, { do: 'open', turn }, { do: 'timer', name: 'connect', ms: CONNECT_MS }],
  ];
}

function wait(state: CallState, random: () => number, atLeast = 0): Step {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(state.tries, 10));
  const ms = within([atLeast, atLeast + longest], random());
  return [{ ...state, phase: 'waiting', tries: state.tries + 1 }, [...QUIET, { do: 'close' }, { do: 'timer', name: 'again', ms }]];
}

function peer(state: CallState, is: 'connected' | 'disconnected' | 'failed', random: () => number): Step {
  if (!live(state)) return [state, []];
  if (is === 'failed') return wait(state, random);
  if (is === 'connected') return [{ ...state, phase: 'up' }, [...QUIET, { do: 'timer', name: 'steady', ms: STEADY_MS }]];
  if (state.phase !== 'up') return [state, []];
  return [{ ...state, phase: 'shaky' }, [...QUIET, { do: 'timer', name: 'breath', ms: BREATH_MS }]];
}

function timer(state: CallState, name: CallTimer, random: () => number): Step {
  switch (name) {
    case 'connect':
      return state.phase === 'opening' ? wait(state, random) : [state, []];
    case 'breath':
      return state.phase === 'shaky' ? wait(state, random) : [state, []];
    case 'again':
      return state.phase === 'waiting' ? open(state) : [state, []];
    case 'steady':
      return [{ ...state, tries: 0 }, []];
  }
}
