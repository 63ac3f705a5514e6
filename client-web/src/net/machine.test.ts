import { describe, expect, it } from 'vitest';
import { CLOSE } from '../protocol/types';
import type { Event, ServerMessage } from '../protocol/types';
import { INITIAL, step } from './machine';
import type { Effect, NetEvent, NetState } from './machine';

const env = { random: () => 0.5 };
const me = { nick: 'なぎ', look: { figure: 1, colour: 2 }, way: 'write' as const };

function welcome(line: 'fresh' | 'resumed' | 'resync', more: Partial<Extract<ServerMessage, { t: 'welcome' }>> = {}): NetEvent {
  return {
    e: 'heard',
    message: { t: 'welcome', v: 1, you: 7, token: 'new', line, seq: 100, at: 5000, next_n: 1, way: 'write', role: 'participant', mine: { known: false, badge: false }, people: [], missed: [], ...more },
  };
}

function frame(ev: Event[], seq = 101): NetEvent {
  return { e: 'heard', message: { t: 'frame', seq, at: 6000, ev } };
}

/** Runs events one after the other and gives the last state and the effects of the last event. */
function run(events: NetEvent[], from: NetState = INITIAL): { state: NetState; effects: Effect[] } {
  let state = from;
  let effects: Effect[] = [];
  for (const event of events) [state, effects] = step(state, event, env);
  return { state, effects };
}

const sent = (effects: Effect[]): unknown[] => effects.flatMap((effect) => (effect.do === 'send' ? [effect.message] : []));
const settled = (effects: Effect[]): unknown[] => effects.flatMap((effect) => (effect.do === 'settle' ? [[effect.key, effect.outcome]] : []));
const timer = (effects: Effect[], name: string): number | undefined =>
  effects.flatMap((effect) => (effect.do === 'timer' && effect.name === name ? [effect.ms] : []))[0];

const enter: NetEvent = { e: 'enter', room: 'umibe', as: { new: me } };
const inside: NetEvent[] = [enter, { e: 'opened' }, welcome('fresh')];
const say = (key: number, text = 'x'): NetEvent => ({ e: 'order', key, order: { t: 'say', to: 0, text } });
const walk = (key: number): NetEvent => ({ e: 'order', key, order: { t: 'walk', to: { zone: 1 } } });

describe('voice', () => {
  const offer: NetEvent = { e: 'order', key: 1, order: { t: 'offer', sdp: 'v=0' } };

  it('gets the answer to its offer', () => {
    expect(settled(run([...inside, offer, frame([{ t: 'answer', n: 1, sdp: 'v=1' }])]).effects)).toEqual([[1, { is: 'done', sdp: 'v=1' }]]);
  });

  it('belongs to one line: what was asked on a lost one is never sent again', () => {
    const mic: NetEvent = { e: 'order', key: 2, order: { t: 'mic', on: true } };
    const { effects } = run([...inside, offer, mic, { e: 'closed', code: 1006 }, { e: 'timer', name: 'backoff' }, { e: 'opened' }, welcome('resumed')]);
    expect(settled(effects)).toEqual([[1, { is: 'lost' }], [2, { is: 'lost' }]]);
    expect(sent(effects)).toEqual([{ t: 'ready' }]);
  });
});

describe('waiting in the lobby', () => {
  it('ends with a second welcome on the same line', () => {
    const { state, effects } = run([enter, { e: 'opened' }, welcome('fresh', { token: 'of the lobby' }), welcome('fresh', { token: 'of the room', next_n: 5, seq: 7 })]);
    expect(state).toMatchObject({ phase: 'inside', token: 'of the room', nextN: 5, seen: 7 });
    expect(sent(effects)).toEqual([{ t: 'ready' }]);
    expect(effects).toContainEqual({ do: 'keep', token: 'of the room', room: 'umibe' });
    expect(effects.some((effect) => effect.do === 'open' || effect.do === 'close')).toBe(false);
  });
});

describe('going in', () => {
  it('says hello as a newcomer, keeps the token, and only then is ready', () => {
    expect(sent(run([enter, { e: 'opened' }]).effects)).toEqual([{ t: 'hello', v: 1, room: 'umibe', enter: { new: me } }]);
    const { state, effects } = run(inside);
    expect(state.phase).toBe('inside');
    const keep = effects.findIndex((effect) => effect.do === 'keep');
    const ready = effects.findIndex((effect) => effect.do === 'send' && effect.message.t === 'ready');
    expect(keep).toBeGreaterThanOrEqual(0);
    expect(ready).toBeGreaterThan(keep);
  });

  it('ends with the reason when hello is refused, and forgets a seat that is gone', () => {
    const { state, effects } = run([
      { e: 'enter', room: 'umibe', as: { again: { token: 'old', seen: 9 } } },
      { e: 'opened' },
      { e: 'heard', message: { t: 'refused', code: 'seat_gone', retry: false } },
    ]);
    expect(state.end).toEqual({ why: 'refused', refusal: { code: 'seat_gone', retry: false } });
    expect(effects).toContainEqual({ do: 'forget' });
    expect(run([{ e: 'closed', code: 4002 }], state).state).toBe(state);
  });

  it('knocks again by itself when the server has too much to do', () => {
    const { state, effects } = run([enter, { e: 'opened' }, { e: 'heard', message: { t: 'refused', code: 'busy', retry: true, after: 3000 } }]);
    expect(state.phase).toBe('waiting');
    expect(timer(effects, 'backoff')).toBe(3000);
  });

  it('gives up a line on which nobody answers', () => {
    expect(run([enter, { e: 'opened' }, { e: 'timer', name: 'greet' }]).state.phase).toBe('waiting');
  });
});

describe('a lost line', () => {
  it('comes back with the token and the last number seen', () => {
    const { effects } = run([...inside, frame([], 140), { e: 'closed', code: 1006 }, { e: 'timer', name: 'backoff' }, { e: 'opened' }]);
    expect(sent(effects)).toEqual([{ t: 'hello', v: 1, room: 'umibe', enter: { again: { token: 'new', seen: 140 } } }]);
  });

  it('waits longer each time, and begins anew only after a steady while', () => {
    let { state, effects } = run([...inside, { e: 'closed', code: 1006 }]);
    expect(timer(effects, 'backoff')).toBe(250);
    ({ state, effects } = run([{ e: 'timer', name: 'backoff' }, { e: 'closed', code: 1006 }], state));
    expect(timer(effects, 'backoff')).toBe(500);
    for (let i = 0; i < 12; i++) ({ state, effects } = run([{ e: 'timer', name: 'backoff' }, { e: 'closed', code: 1006 }], state));
    expect(timer(effects, 'backoff')).toBe(10_000);
    const back = run([{ e: 'timer', name: 'backoff' }, { e: 'opened' }, welcome('resumed')], state).state;
    expect(timer(run([{ e: 'closed', code: 1006 }], back).effects, 'backoff')).toBe(10_000);
    const steady = run([{ e: 'timer', name: 'steady' }], back).state;
    expect(timer(run([{ e: 'closed', code: 1006 }], steady).effects, 'backoff')).toBe(250);
  });

  it('honours the span that the server asked for', () => {
    const { effects } = run([...inside, { e: 'heard', message: { t: 'bye', code: 1012, back_in: [2000, 6000] } }, { e: 'closed', code: 1012 }]);
    expect(timer(effects, 'backoff')).toBe(4000);
  });

  it.each([[{ e: 'online' }], [{ e: 'visible', on: true }]] as [NetEvent][])('does not wait when %o', (event) => {
    const { state, effects } = run([...inside, { e: 'closed', code: 1006 }, event]);
    expect(state.phase).toBe('connecting');
    expect(effects).toContainEqual({ do: 'open' });
  });

  it('is decided by the close code', () => {
    for (const [code, { retry }] of Object.entries(CLOSE)) {
      const { state } = run([...inside, { e: 'closed', code: Number(code) }]);
      expect([code, state.phase]).toEqual([code, retry ? 'waiting' : 'ended']);
    }
    const taken = run([...inside, { e: 'closed', code: 4001 }]);
    expect(taken.state.end).toEqual({ why: 'taken_over' });
    expect(taken.effects).not.toContainEqual({ do: 'forget' });
  });

  it('is found by a beat that nobody answers', () => {
    const asked = run([...inside, { e: 'timer', name: 'beat' }]);
    expect(sent(asked.effects)).toEqual([{ t: 'beat' }]);
    expect(timer(asked.effects, 'pulse')).toBe(6000);
    expect(run([{ e: 'timer', name: 'pulse' }], asked.state).state.phase).toBe('waiting');
    expect(run([{ e: 'heard', message: { t: 'beat', at: 9 } }], asked.state).effects).toContainEqual({ do: 'untimer', name: 'pulse' });
  });

  it('is not asked for while hidden, and at once when seen again', () => {
    const hidden = run([...inside, { e: 'visible', on: false }]);
    expect(hidden.effects).toContainEqual({ do: 'untimer', name: 'beat' });
    expect(timer(run([frame([])], hidden.state).effects, 'beat')).toBeUndefined();
    expect(sent(run([{ e: 'visible', on: true }], hidden.state).effects)).toEqual([{ t: 'beat' }]);
  });
});

describe('commands', () => {
  it('number themselves from what the server expects', () => {
    const start = run([enter, { e: 'opened' }, welcome('fresh', { next_n: 40 })]).state;
    expect(sent(run([say(1)], start).effects)).toEqual([{ t: 'say', to: 0, text: 'x', n: 40 }]);
    expect(sent(run([say(1), say(2)], start).effects)).toEqual([{ t: 'say', to: 0, text: 'x', n: 41 }]);
  });

  it('are answered once', () => {
    const asked = run([...inside, say(1), say(2)]).state;
    const { state, effects } = run([frame([{ t: 'done', n: 1, id: 55 }, { t: 'refused', n: 2, code: 'too_fast', retry: true }])], asked);
    expect(settled(effects)).toEqual([
      [1, { is: 'done', id: 55 }],
      [2, { is: 'refused', refusal: { code: 'too_fast', retry: true } }],
    ]);
    expect(settled(run([frame([{ t: 'done', n: 1 }])], state).effects)).toEqual([]);
  });

  it('takes a return phrase for the answer, whether or not a `done` follows', () => {
    const keep: NetEvent = { e: 'order', key: 1, order: { t: 'take', take: { keep: {} } } };
    const { state, effects } = run([...inside, keep, frame([{ t: 'phrase', n: 1, words: 'うみ そら' }])]);
    expect(settled(effects)).toEqual([[1, { is: 'done' }]]);
    expect(settled(run([frame([{ t: 'done', n: 1 }], 102)], state).effects)).toEqual([]);
  });

  it('are also answered by the line itself', () => {
    const asked = run([...inside, say(1), say(2)]).state;
    const answer: NetEvent = { e: 'heard', message: { t: 'refused', n: 2, code: 'too_fast', retry: true, after: 900 } };
    expect(settled(run([answer], asked).effects)).toEqual([[2, { is: 'refused', refusal: { code: 'too_fast', retry: true, after: 900 } }]]);
    expect(settled(run([{ e: 'heard', message: { t: 'refused', code: 'bad_shape', retry: false } }], asked).effects)).toEqual([]);
  });

  it('are sent again with the same numbers, in order; steps are not', () => {
    const lost = run([...inside, say(1, 'a'), walk(2), say(3, 'b'), { e: 'closed', code: 1006 }, say(4, 'c'), { e: 'timer', name: 'backoff' }, { e: 'opened' }]).state;
    const { state, effects } = run([welcome('resumed', { next_n: 3 })], lost);
    expect(sent(effects)).toEqual([
      { t: 'ready' },
      { t: 'say', to: 0, text: 'a', n: 1 },
      { t: 'say', to: 0, text: 'b', n: 3 },
      { t: 'say', to: 0, text: 'c', n: 4 },
    ]);
    expect(settled(effects)).toEqual([[2, { is: 'lost' }]]);
    expect(state.nextN).toBe(5);
  });

  it('do not follow into a new stay', () => {
    const lost = run([...inside, say(1), { e: 'closed', code: 1006 }, { e: 'timer', name: 'backoff' }, { e: 'opened' }]).state;
    expect(settled(run([welcome('fresh')], lost).effects)).toEqual([[1, { is: 'lost' }]]);
  });

  it('of the moment are not kept while there is no line', () => {
    const lost = run([...inside, { e: 'closed', code: 1006 }]).state;
    expect(settled(run([walk(9)], lost).effects)).toEqual([[9, { is: 'lost' }]]);
    expect(run([say(9)], lost).state.pending).toHaveLength(1);
  });

  it('are at most as many as the server remembers', () => {
    let state = run(inside).state;
    for (let key = 0; key < 64; key++) ({ state } = run([say(key)], state));
    expect(settled(run([say(64)], state).effects)).toEqual([[64, { is: 'lost' }]]);
  });
});

describe('leaving', () => {
  it('is said, and done at once', () => {
    const { state, effects } = run([...inside, { e: 'leave' }]);
    expect(sent(effects)).toEqual([{ t: 'leave' }]);
    expect(effects).toContainEqual({ do: 'close' });
    expect(effects).toContainEqual({ do: 'forget' });
    expect(state.end).toEqual({ why: 'left' });
  });

  it('works without a line, and nothing comes back by itself', () => {
    const { state } = run([...inside, say(1), { e: 'closed', code: 1006 }, { e: 'leave' }]);
    expect(state.end).toEqual({ why: 'left' });
    for (const event of [{ e: 'timer', name: 'backoff' }, { e: 'online' }, { e: 'visible', on: true }] as NetEvent[]) {
      expect(run([event], state).state.phase).toBe('ended');
    }
  });
});
