/**
 * The connection as a pure state machine: `step(state, event, env)` gives the next state and what is to be done.
 * No socket, no clock and no timer lives here; `connection.ts` ferries.
 */
import { CLOSE, REMEMBERED_ANSWERS, VERSION } from '../protocol/types';
import type { ClientMessage, Enter, Event, Refusal, ServerMessage } from '../protocol/types';
import { backoff, within } from './backoff';

export type Command = Extract<ClientMessage, { n: number }>;
type WithoutNonce<C> = C extends unknown ? Omit<C, 'n'> : never;
/** A command before it has a nonce. It gets one when it is first sent and keeps it for ever. */
export type Order = WithoutNonce<Command>;

export type Outcome =
  /** `id`: of the words said. `sdp`: the answer to an offer of voice. */
  | { is: 'done'; id?: number; sdp?: string }
  /** `edit`: there seems to be personal data in it. */
  | { is: 'held'; hold: number; edit: boolean }
  | { is: 'refused'; refusal: Refusal }
  /** It was not done and never will be: the line was lost for too long, or one left. */
  | { is: 'lost' };

export type End =
  | { why: 'left' }
  | { why: 'taken_over' }
  | { why: 'refused'; refusal: Refusal }
  | { why: 'closed'; code: number };

interface Pending {
  readonly key: number;
  readonly order: Order;
  readonly n: number | null;
}

export type Phase = 'idle' | 'connecting' | 'greeting' | 'inside' | 'waiting' | 'ended';
export type TimerName = 'backoff' | 'greet' | 'beat' | 'pulse' | 'steady';

export interface NetState {
  readonly phase: Phase;
  readonly room: string;
  /** How to introduce oneself as long as there is no token. */
  readonly enter: Enter | null;
  readonly token: string | null;
  /** What the page keeps in this browser, told at every knock. */
  readonly device: string | undefined;
  readonly seen: number;
  /** Whether this stay has been inside before: a lost line, not a first knock. */
  readonly inside: boolean;
  readonly tries: number;
  readonly nextN: number;
  readonly pending: readonly Pending[];
  readonly backIn: readonly [number, number] | null;
  readonly refusal: Refusal | null;
  readonly visible: boolean;
  readonly end: End | null;
}

export type NetEvent =
  | { e: 'enter'; room: string; as: Enter; device?: string | undefined }
  | { e: 'opened' }
  | { e: 'closed'; code: number }
  | { e: 'heard'; message: ServerMessage | null }
  | { e: 'order'; key: number; order: Order }
  | { e: 'leave' }
  | { e: 'timer'; name: TimerName }
  | { e: 'online' }
  | { e: 'visible'; on: boolean };

export type Effect =
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'send'; message: ClientMessage }
  | { do: 'timer'; name: TimerName; ms: number }
  | { do: 'untimer'; name: TimerName }
  | { do: 'keep'; token: string; room: string }
  | { do: 'forget' }
  | { do: 'deliver'; message: Extract<ServerMessage, { t: 'welcome' | 'frame' }> }
  | { do: 'clock'; at: number; anew: boolean }
  | { do: 'settle'; key: number; outcome: Outcome };

export interface Env {
  /** A number in [0, 1). */
  random(): number;
}

export const BEAT_AFTER_MS = 20_000;
/** An unanswered command is a reason to ask sooner. */
export const PROBE_AFTER_MS = 6_000;
export const PULSE_MS = 6_000;
export const GREET_MS = 12_000;
/** So long must a line hold before the next loss counts as the first. */
export const STEADY_MS = 5_000;

export const INITIAL: NetState = {
  phase: 'idle',
  room: '',
  enter: null,
  token: null,
  device: undefined,
  seen: 0,
  inside: false,
  tries: 0,
  nextN: 1,
  pending: [],
  backIn: null,
  refusal: null,
  visible: true,
  end: null,
};

type Step = [NetState, Effect[]];

const QUIET: Effect[] = (['backoff', 'greet', 'beat', 'pulse', 'steady'] as const).map((name) => ({ do: 'untimer', name }));

export function step(state: NetState, event: NetEvent, env: Env): Step {
  switch (event.e) {
    case 'enter':
      return knock({
        ...INITIAL,
        visible: state.visible,
        room: event.room,
        enter: event.as,
        device: event.device,
        token: 'again' in event.as ? event.as.again.token : null,
        seen: 'again' in event.as ? event.as.again.seen : 0,
      }, state.pending.map(lost));
    case 'opened':
      return state.phase === 'connecting' ? greet(state) : [state, []];
    case 'closed':
      return closed(state, event.code, env);
    case 'heard':
      return heard(state, event.message, env);
    case 'order':
      return order(state, event.key, event.order);
    case 'leave':
      return leave(state);
    case 'timer':
      return timer(state, event.name, env);
    case 'online':
      return state.phase === 'waiting' ? knock(state) : [state, []];
    case 'visible':
      return seen({ ...state, visible: event.on });
  }
}

function lost(entry: Pending): Effect {
  return { do: 'settle', key: entry.key, outcome: { is: 'lost' } };
}

function knock(state: NetState, before: Effect[] = []): Step {
  return [
    { ...state, phase: 'connecting', refusal: null, end: null },
    [...before, ...QUIET, { do: 'close' }, { do: 'open' }, { do: 'timer', name: 'greet', ms: GREET_MS }],
  ];
}

function greet(state: NetState): Step {
  const { device } = state;
  const as: Enter | null = state.token ? { again: { token: state.token, seen: state.seen } } : state.enter;
  if (!as) return [state, []];
  const enter: Enter = !device ? as : 'again' in as ? { again: { ...as.again, device } } : { new: { ...as.new, device } };
  const message: ClientMessage = { t: 'hello', v: VERSION, room: state.room, enter };
  return [{ ...state, phase: 'greeting' }, [{ do: 'send', message }]];
}

/** The line is gone: wait a little, then knock again. */
function wait(state: NetState, env: Env, ms?: number): Step {
  const span = state.backIn;
  const delay = ms ?? (span ? within(span, env.random()) : backoff(state.tries, env.random()));
  return [
    { ...state, phase: 'waiting', tries: state.tries + 1, backIn: null },
    [...QUIET, { do: 'close' }, { do: 'timer', name: 'backoff', ms: delay }],
  ];
}

function finish(state: NetState, end: End, forget: boolean): Step {
  const effects: Effect[] = [...QUIET, { do: 'close' }, ...state.pending.map(lost)];
  if (forget) effects.push({ do: 'forget' });
  return [{ ...state, phase: 'ended', pending: [], token: null, enter: null, end }, effects];
}

function closed(state: NetState, code: number, env: Env): Step {
  if (state.phase === 'idle' || state.phase === 'ended' || state.phase === 'waiting') return [state, []];
  // A code that is not in the table comes from the network, not from the server: come back.
  if (CLOSE[code]?.retry ?? true) return wait(state, env);
  if (code === 4001) return finish(state, { why: 'taken_over' }, false);
  if (code === 1000) return finish(state, { why: 'left' }, true);
  if (state.refusal) return finish(state, { why: 'refused', refusal: state.refusal }, true);
  return finish(state, { why: 'closed', code }, true);
}

function heard(state: NetState, message: ServerMessage | null, env: Env): Step {
  if (!message || (state.phase !== 'greeting' && state.phase !== 'inside')) return [state, []];
  // Whatever it says, it says that the line lives.
  const alive: Effect[] = [{ do: 'untimer', name: 'pulse' }];
  switch (message.t) {
    case 'welcome':
      return welcome(state, message);
    case 'frame': {
      const [next, effects] = answers({ ...state, seen: Math.max(state.seen, message.seq) }, message.ev);
      return [next, [...alive, { do: 'clock', at: message.at, anew: false }, { do: 'deliver', message }, ...effects]];
    }
    case 'beat':
      return [state, [...alive, { do: 'clock', at: message.at, anew: false }]];
    case 'bye':
      return [{ ...state, backIn: message.back_in ?? null }, alive];
    case 'refused': {
      const { t: _, n, ...refusal } = message;
      if (state.phase === 'inside') {
        const [next, effects] = n === undefined ? [state, []] : answers(state, [{ ...refusal, t: 'refused', n }]);
        // Sent away: why, until when and what one can do about it is told before the line closes.
        return [refusal.door ? { ...next, refusal } : next, [...alive, ...effects]];
      }
      // Too much to do is no verdict about a person: knock again when it suits.
      if (refusal.code === 'busy' || refusal.code === 'too_fast') {
        return wait(state, env, refusal.after ?? backoff(state.tries + 1, env.random()));
      }
      return finish(state, { why: 'refused', refusal }, true);
    }
  }
}

function welcome(state: NetState, message: Extract<ServerMessage, { t: 'welcome' }>): Step {
  const fresh = message.line === 'fresh';
  const kept = fresh ? [] : state.pending.filter((entry) => !isStale(entry.order));
  const gone = state.pending.filter((entry) => !kept.includes(entry));
  let nextN = fresh ? message.next_n : Math.max(state.nextN, message.next_n);
  const pending = kept.map((entry) => (entry.n === null ? { ...entry, n: nextN++ } : entry));
  const next: NetState = {
    ...state,
    phase: 'inside',
    token: message.token,
    seen: message.seq,
    inside: true,
    nextN,
    pending,
    backIn: null,
    refusal: null,
  };
  return [
    next,
    [
      { do: 'untimer', name: 'greet' },
      { do: 'untimer', name: 'pulse' },
      { do: 'keep', token: message.token, room: state.room },
      { do: 'send', message: { t: 'ready' } },
      { do: 'clock', at: message.at, anew: true },
      { do: 'deliver', message },
      ...gone.map(lost),
      ...pending.map((entry): Effect => ({ do: 'send', message: numbered(entry.order, entry.n ?? 0) })),
      { do: 'timer', name: 'steady', ms: STEADY_MS },
      ...beatIn(next, BEAT_AFTER_MS),
    ],
  ];
}

/** A step or a nod that comes a minute late would only surprise, and voice belongs to one line. Words and wishes stay meant. */
function isStale(what: Order): boolean {
  return STALE.includes(what.t);
}

const STALE: readonly Order['t'][] = ['walk', 'react', 'offer', 'hang_up', 'mic'];

function numbered(what: Order, n: number): Command {
  return { ...what, n };
}

function beatIn(state: NetState, ms: number): Effect[] {
  return state.visible ? [{ do: 'timer', name: 'beat', ms }] : [];
}

function order(state: NetState, key: number, what: Order): Step {
  const hopeless = state.phase === 'idle' || state.phase === 'ended' || state.pending.length >= REMEMBERED_ANSWERS;
  if (hopeless || (state.phase !== 'inside' && isStale(what))) {
    return [state, [{ do: 'settle', key, outcome: { is: 'lost' } }]];
  }
  if (state.phase !== 'inside') return [{ ...state, pending: [...state.pending, { key, order: what, n: null }] }, []];
  const n = state.nextN;
  const next: NetState = { ...state, nextN: n + 1, pending: [...state.pending, { key, order: what, n }] };
  return [next, [{ do: 'send', message: numbered(what, n) }, ...beatIn(next, PROBE_AFTER_MS)]];
}

function answers(state: NetState, events: readonly Event[]): Step {
  let pending = state.pending;
  const effects: Effect[] = [];
  for (const event of events) {
    // A phrase is the answer to the command that asked for it, and so is the answer to an offer.
    if (event.t !== 'done' && event.t !== 'held' && event.t !== 'refused' && event.t !== 'phrase' && event.t !== 'answer') continue;
    const entry = pending.find((one) => one.n === event.n);
    if (!entry) continue;
    pending = pending.filter((one) => one !== entry);
    effects.push({ do: 'settle', key: entry.key, outcome: outcome(event) });
  }
  if (pending === state.pending) return [state, []];
  const next = { ...state, pending };
  return [next, [...effects, ...(pending.length === 0 ? beatIn(next, BEAT_AFTER_MS) : [])]];
}

function outcome(event: Extract<Event, { t: 'done' | 'held' | 'refused' | 'phrase' | 'answer' }>): Outcome {
  if (event.t === 'answer') return { is: 'done', sdp: event.sdp };
  if (event.t === 'phrase') return { is: 'done' };
  if (event.t === 'done') return event.id === undefined ? { is: 'done' } : { is: 'done', id: event.id };
  if (event.t === 'held') return { is: 'held', hold: event.hold, edit: event.edit ?? false };
  const { t: _, n: __, ...refusal } = event;
  return { is: 'refused', refusal };
}

function leave(state: NetState): Step {
  const [next, effects] = finish(state, { why: 'left' }, true);
  const reachable = state.phase === 'inside' || state.phase === 'greeting';
  return [next, reachable ? [{ do: 'send', message: { t: 'leave' } }, ...effects] : effects];
}

function beat(state: NetState): Step {
  return [state, [{ do: 'send', message: { t: 'beat' } }, { do: 'timer', name: 'pulse', ms: PULSE_MS }, ...beatIn(state, BEAT_AFTER_MS)]];
}

function timer(state: NetState, name: TimerName, env: Env): Step {
  switch (name) {
    case 'backoff':
      return state.phase === 'waiting' ? knock(state) : [state, []];
    case 'greet':
      return state.phase === 'connecting' || state.phase === 'greeting' ? wait(state, env) : [state, []];
    case 'beat':
      return state.phase === 'inside' && state.visible ? beat(state) : [state, []];
    case 'pulse':
      return state.phase === 'inside' ? wait(state, env) : [state, []];
    case 'steady':
      return [{ ...state, tries: 0 }, []];
  }
}

/** The page was shown or hidden. A phone may have cut the line while it slept, so ask at once. */
function seen(state: NetState): Step {
  if (!state.visible) return [state, [{ do: 'untimer', name: 'beat' }, { do: 'untimer', name: 'pulse' }]];
  if (state.phase === 'waiting') return knock(state);
  return state.phase === 'inside' ? beat(state) : [state, []];
}
