import { describe, expect, it } from 'vitest';
import { BREATH_MS, CONNECT_MS, FIRST_MS, LONGEST_MS, NO_CALL, step } from './call';
import type { CallEffect, CallEvent, CallState } from './call';

/** The state after the events, and what the last of them asked for. */
function after(events: readonly CallEvent[], random = 0.5, from: CallState = NO_CALL): [CallState, CallEffect[]] {
  return events.reduce<[CallState, CallEffect[]]>(([state], event) => step(state, event, () => random), [from, []]);
}

const WANT: CallEvent = { e: 'want', line: 1 };
const peer = (is: 'connected' | 'disconnected' | 'failed', turn = 1): CallEvent => ({ e: 'peer', turn, is });
const opens = (effects: readonly CallEffect[]): boolean => effects.some(({ do: what }) => what === 'open');
const again = (effects: readonly CallEffect[]): number | undefined =>
  effects.flatMap((effect) => (effect.do === 'timer' && effect.name === 'again' ? [effect.ms] : []))[0];

describe('a call', () => {
  it('opens when it is wanted, closing what was before, and is given its time', () => {
    const [state, effects] = after([WANT]);
    expect(state).toMatchObject({ phase: 'opening', turn: 1 });
    expect(effects.slice(-3)).toEqual([{ do: 'close' }, { do: 'open', turn: 1 }, { do: 'timer', name: 'connect', ms: CONNECT_MS }]);
  });

  it('is wanted once: the same wish again opens nothing', () => {
    expect(after([WANT, peer('connected'), WANT])).toEqual([expect.objectContaining({ phase: 'up', turn: 1 }), []]);
  });

  it('ends at once when it is no longer wanted, in every phase', () => {
    for (const events of [[WANT], [WANT, peer('connected')], [WANT, peer('connected'), peer('disconnected')], [WANT, peer('failed')]]) {
      const [state, effects] = after([...events, { e: 'want', line: null }]);
      expect(state).toMatchObject({ phase: 'off', line: null });
      expect(effects).toContainEqual({ do: 'close' });
      expect(after([peer('connected'), { e: 'timer', name: 'again' }, { e: 'hung_up' }, { e: 'nudge' }], 0.5, state)[0].phase).toBe('off');
    }
  });

  it('opens anew on a new line, whatever became of the old one', () => {
    const [state, effects] = after([WANT, peer('connected'), { e: 'want', line: 2 }]);
    expect(state).toMatchObject({ phase: 'opening', line: 2, turn: 2, tries: 0 });
    expect(opens(effects)).toBe(true);
  });

  it('is not troubled by a breath of silence', () => {
    const [shaky, effects] = after([WANT, peer('connected'), peer('disconnected')]);
    expect(shaky.phase).toBe('shaky');
    expect(effects).toContainEqual({ do: 'timer', name: 'breath', ms: BREATH_MS });
    expect(after([peer('connected')], 0.5, shaky)[0].phase).toBe('up');
    expect(after([{ e: 'timer', name: 'breath' }], 0.5, shaky)[0].phase).toBe('waiting');
  });

  it('comes back by itself, later and later, and never all at once', () => {
    let [state] = after([WANT]);
    const waits: number[] = [];
    for (let turn = 1; turn <= 8; turn++) {
      const [failed, effects] = after([peer('failed', turn)], 1, state);
      waits.push(again(effects) ?? 0);
      [state] = after([{ e: 'timer', name: 'again' }], 1, failed);
      expect(state).toMatchObject({ phase: 'opening', turn: turn + 1 });
    }
    expect(waits.slice(0, 3)).toEqual([FIRST_MS, 2 * FIRST_MS, 4 * FIRST_MS]);
    expect(waits.at(-1)).toBe(LONGEST_MS);
    expect(again(after([WANT, peer('failed')], 0)[1])).toBe(0);
  });

  it('waits within two seconds when the server hung up, as PROTOCOL.md asks', () => {
    const [state, effects] = after([WANT, peer('connected'), { e: 'hung_up' }], 1);
    expect(state.phase).toBe('waiting');
    expect(again(effects)).toBe(2000);
  });

  it('counts the next loss as the first once it has held', () => {
    const [state] = after([WANT, peer('failed'), { e: 'timer', name: 'again' }, peer('connected', 2), { e: 'timer', name: 'steady' }]);
    expect(state).toMatchObject({ phase: 'up', tries: 0 });
  });

  it('hears no news of an earlier attempt', () => {
    const [state] = after([WANT, peer('failed'), { e: 'timer', name: 'again' }]);
    expect(step(state, peer('connected', 1), () => 0)).toEqual([state, []]);
    expect(step(state, { e: 'refused', turn: 1, retry: false, after: 0 }, () => 0)).toEqual([state, []]);
  });

  it('waits as long as the server asks, and gives up only what can never be', () => {
    const busy = after([WANT, { e: 'refused', turn: 1, retry: true, after: 5000 }], 0);
    expect([busy[0].phase, again(busy[1])]).toEqual(['waiting', 5000]);
    const never = after([WANT, { e: 'refused', turn: 1, retry: false, after: 0 }]);
    expect([never[0].phase, again(never[1])]).toEqual(['refused', undefined]);
    expect(opens(after([{ e: 'nudge' }], 0.5, never[0])[1])).toBe(true);
  });

  it('does not wait any longer when the network is back or the page is looked at', () => {
    expect(opens(after([WANT, peer('failed'), { e: 'nudge' }])[1])).toBe(true);
    expect(opens(after([WANT, peer('connected'), peer('disconnected'), { e: 'nudge' }])[1])).toBe(true);
    expect(after([WANT, peer('connected'), { e: 'nudge' }])[1]).toEqual([]);
  });

  it('gives up an attempt that takes too long', () => {
    expect(after([WANT, { e: 'timer', name: 'connect' }])[0].phase).toBe('waiting');
    expect(after([WANT, peer('connected'), { e: 'timer', name: 'connect' }])[0].phase).toBe('up');
  });
});
