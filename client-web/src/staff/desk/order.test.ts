import { describe, expect, it } from 'vitest';
import type { CaseLine, CaseMatter, Urgency } from '../../protocol/types';
import { fresh, mustLook, neighbour, overtaking, sorted, successor, waiting } from './order';

const MATTERS: Readonly<Record<Urgency, CaseMatter>> = {
  help: { matter: 'help', times: 1 },
  danger: { matter: 'report', by: 3, category: 'danger', voice: false, times: 1 },
  held: { matter: 'hold', cause: 'rule', rule: 'personal.phone', latest: 900 },
  report: { matter: 'report', by: 3, category: 'harassment', voice: false, times: 1 },
  appeal: { matter: 'appeal', sanction: 9 },
  proposal: { matter: 'proposal', by: 2, reason: 'threat', note: '' },
};

function line(id: number, urgency: Urgency, at: number, more: Partial<CaseLine> = {}): CaseLine {
  return { id, version: 1, urgency, scope: { room: 'umibe' }, about: { person: 70, role: 'participant' }, at, matter: MATTERS[urgency], may_handle: true, ...more };
}

const taken = { handled: { by: 5, until: 999 } };
const ids = (cases: readonly CaseLine[]): number[] => cases.map(({ id }) => id);

describe('the queue', () => {
  it('a cry for help is before everything, however late it came', () => {
    const all = [line(1, 'proposal', 1), line(2, 'appeal', 2), line(3, 'report', 3), line(4, 'held', 4), line(5, 'danger', 5), line(6, 'help', 6)];
    expect(ids(sorted(all))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(ids(all)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('who waits longest is first, and who handles it changes nothing', () => {
    const all = [line(7, 'held', 30), line(9, 'held', 10, taken), line(8, 'held', 10)];
    expect(ids(sorted(all))).toEqual([8, 9, 7]);
  });
});

describe('news', () => {
  it('the first look is no news; what comes later is, and what somebody put back', () => {
    const before = [line(1, 'held', 1), line(2, 'held', 2, taken)];
    expect(fresh(null, before)).toEqual([]);
    expect(ids(fresh(before, [line(1, 'held', 1), line(2, 'held', 2), line(3, 'help', 3)]))).toEqual([2, 3]);
    expect(fresh(before, [line(1, 'held', 1, taken)])).toEqual([]);
  });

  it('what somebody else must do, or does already, calls nobody', () => {
    const all = [line(1, 'appeal', 1, { may_handle: false }), line(2, 'held', 2, taken), line(3, 'report', 3)];
    expect(ids(waiting(all))).toEqual([3]);
    expect(ids(fresh([], all))).toEqual([3]);
  });

  it('over an open case only what is more urgent is told', () => {
    const open = line(1, 'danger', 1);
    expect(ids(overtaking([open, line(2, 'danger', 2), line(3, 'held', 3), line(4, 'help', 4), line(5, 'help', 5, taken)], open))).toEqual([4]);
  });
});

describe('going through', () => {
  it('begins at the top and stops at both ends', () => {
    expect(neighbour([4, 5, 6], null, 1)).toBe(4);
    expect(neighbour([4, 5, 6], 4, 1)).toBe(5);
    expect(neighbour([4, 5, 6], 6, 1)).toBe(6);
    expect(neighbour([4, 5, 6], 4, -1)).toBe(4);
    expect(neighbour([4, 5, 6], 99, -1)).toBe(4);
    expect(neighbour([], 4, 1)).toBeNull();
  });

  it('goes on with what stood behind', () => {
    expect(successor([4, 5, 6], 5)).toBe(6);
    expect(successor([4, 5, 6], 6)).toBe(5);
    expect(successor([4], 4)).toBeNull();
  });
});

describe('looking again', () => {
  it('is not needed because somebody takes it on: every look is on record', () => {
    const seen = line(1, 'help', 1);
    expect(mustLook(seen, { ...seen, version: 2, ...taken, matter: { matter: 'help', times: 1, came: 5 } })).toBe(false);
  });

  it('is needed when there is more to see, when it is settled, or when one may do something else', () => {
    const seen = line(1, 'help', 1);
    expect(mustLook(seen, { ...seen, matter: { matter: 'help', times: 2 } })).toBe(true);
    expect(mustLook(seen, undefined)).toBe(true);
    expect(mustLook(seen, { ...seen, may_handle: false })).toBe(true);
  });
});
