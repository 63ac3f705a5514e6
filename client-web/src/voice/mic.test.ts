import { describe, expect, it } from 'vitest';
import type { Mine, Standing } from '../protocol/types';
import { NOTHING_ON } from '../state/gathering';
import type { Gathering } from '../state/gathering';
import { mayMute } from './may';
import { micState, turns } from './mic';
import type { MicSituation } from './mic';

const PROGRAMME = { id: 'p', name: { ja: '', easy: '', en: '' }, starts: 0, ends: 1, phases: [], with_theme: false };

function gathering(standing: Partial<Standing> | null, mine: Partial<Mine> = {}, role: Gathering['role'] = 'participant'): Gathering {
  const whole = standing && ({ phase: 0, since: 0, can: ['speak'], hands: [], coming: [], themes: { open: false, list: [], vote: 'before', voters: 0 }, ...standing } as Standing);
  return { ...NOTHING_ON, role, programme: standing && PROGRAMME, standing: whole, mine: { ...NOTHING_ON.mine, ...mine } };
}

const FREE: MicSituation = { way: 'voice', kind: 'table', call: 'up', gathering: gathering(null), me: 7 };

describe('the microphone', () => {
  it('is off at first and on by the server\'s word alone', () => {
    expect(micState(FREE)).toBe('off');
    expect(micState({ ...FREE, gathering: gathering(null, { mic: true }) })).toBe('on');
  });

  it('is no matter for who only listens', () => {
    expect(micState({ ...FREE, way: 'listen', gathering: gathering(null, { mic: true }) })).toBe('listening');
  });

  it('says first what one cannot change, and never "on" while nothing can be heard', () => {
    const on = gathering(null, { mic: true });
    expect(micState({ ...FREE, gathering: gathering(null, { muted: true }) })).toBe('muted');
    for (const call of ['opening', 'waiting', 'off', 'refused'] as const) expect(micState({ ...FREE, call, gathering: on })).toBe('connecting');
    expect(micState({ ...FREE, kind: 'rest', gathering: on })).toBe('quiet');
    expect(micState({ ...FREE, call: 'shaky', gathering: on })).toBe('on');
  });

  it('waits for its phase and its turn', () => {
    expect(micState({ ...FREE, gathering: gathering({ can: ['write'] }) })).toBe('phase');
    const round = (turn: number, only_turn = true): Gathering => gathering({ round: { turn, left: 1, only_turn } });
    expect(micState({ ...FREE, gathering: round(9) })).toBe('turn');
    expect(micState({ ...FREE, gathering: round(7) })).toBe('off');
    expect(micState({ ...FREE, gathering: round(9, false) })).toBe('off');
  });

  it('of staff waits for nobody', () => {
    expect(micState({ ...FREE, gathering: gathering({ can: [], round: { turn: 9, left: 1, only_turn: true } }, {}, 'facilitator') })).toBe('off');
  });

  it('turns on and off only where pressing does something', () => {
    expect((['listening', 'muted', 'connecting', 'quiet', 'turn', 'phase', 'off', 'on'] as const).filter(turns)).toEqual(['off', 'on']);
  });
});

it('only those let a voice rest who may, and never of somebody of their rank or above', () => {
  expect(mayMute('facilitator', 'participant')).toBe(true);
  expect(mayMute('facilitator', 'peer_staff')).toBe(true);
  expect(mayMute('facilitator', 'facilitator')).toBe(false);
  expect(mayMute('moderator', 'facilitator')).toBe(true);
  expect(mayMute('owner', 'moderator')).toBe(true);
  expect(mayMute('peer_staff', 'participant')).toBe(false);
  expect(mayMute('participant', 'participant')).toBe(false);
});
