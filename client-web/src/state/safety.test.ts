import { describe, expect, it } from 'vitest';
import type { Notice } from '../protocol/types';
import { MOST_TOLD, NOTHING_TOLD, holds, lasting, putAway, told, waiting } from './safety';
import type { Safety } from './safety';

const after = (notices: Notice[], from: Safety = NOTHING_TOLD): Safety => notices.reduce(told, from);
const names = ({ told }: Safety): string[] => told.map(({ notice }) => notice.notice);
const sanctioned: Notice = { notice: 'sanctioned', sanction: 34, kind: 'timeout', scope: 'site', reason: 'flood', until: 9, appealable: true };

describe('what one is told', () => {
  it('stays until it is put away, and the same news again is the same', () => {
    const safety = after([sanctioned, { notice: 'help_card', case: 3 }, sanctioned]);
    expect(names(safety)).toEqual(['help_card', 'sanctioned']);
    expect(names(putAway(safety, 'case3'))).toEqual(['sanctioned']);
  });

  it('gives way to the next news of the same matter, and to no other', () => {
    const safety = after([sanctioned, { notice: 'deleted', message: 7, reason: 'hurtful' }, { notice: 'appeal_received', sanction: 34, case: 5 }]);
    expect(names(safety)).toEqual(['deleted', 'appeal_received']);
    expect(names(after([{ notice: 'appeal_decided', sanction: 34, case: 5, outcome: 'undone' }, { notice: 'sanction_undone', sanction: 34, kind: 'timeout' }], safety))).toEqual(['deleted', 'sanction_undone']);
    expect(names(after([{ notice: 'help_card', case: 3 }, { notice: 'help_is_there', case: 3 }]))).toEqual(['help_is_there']);
  });

  it('is not said twice where one sees it already, and never grows without end', () => {
    expect(after([{ notice: 'being_looked_at', hold: 1 }, { notice: 'shown', hold: 1 }, { notice: 'report_received', case: 2 }]).told).toEqual([]);
    const many = after(Array.from({ length: 2 * MOST_TOLD }, (_, i): Notice => ({ notice: 'report_looked_at', case: i })));
    expect(many.told).toHaveLength(MOST_TOLD);
    expect(many.told.at(-1)?.about).toBe(`case${2 * MOST_TOLD - 1}`);
  });
});

describe('words that wait', () => {
  const one = { hold: 12, text: '090-1234-5678', at: 5 };

  it('wait from the answer on, keep what stands out, and come from the server after a reload', () => {
    const safety = holds(NOTHING_TOLD, { ...one, edit: true });
    expect(safety.held).toEqual([{ ...one, edit: true, waits: true }]);
    expect(waiting(safety, [one]).held).toEqual(safety.held);
    expect(waiting(NOTHING_TOLD, [one]).held).toEqual([{ ...one, edit: false, waits: true }]);
    expect(holds(waiting(NOTHING_TOLD, [one]), { ...one, edit: true }).held).toEqual(safety.held);
  });

  it('are still there to be written anew when they were not shown', () => {
    const declined: Notice = { notice: 'not_shown', hold: 12, reason: 'personal_data', by_time: false };
    for (const safety of [told(holds(NOTHING_TOLD, { ...one, edit: false }), declined), waiting(told(waiting(NOTHING_TOLD, [one]), declined), [])]) {
      expect(safety.held).toEqual([{ ...one, edit: false, waits: false }]);
      expect(names(safety)).toEqual(['not_shown']);
    }
  });

  it('do not wait again when the answer comes after its outcome', () => {
    for (const notice of ['shown', 'taken_back'] as const) {
      expect(holds(told(NOTHING_TOLD, { notice, hold: 12 }), { ...one, edit: false }).held).toEqual([{ ...one, edit: false, waits: false }]);
    }
  });

  it('outlive a reload as long as they wait or can be written anew, and not when everybody has seen them', () => {
    const declined: Notice = { notice: 'not_shown', hold: 12, reason: 'personal_data', by_time: false };
    const waits = holds(NOTHING_TOLD, { ...one, edit: true });
    expect(lasting(waits)).toEqual(waits);
    const unshown = after([sanctioned, declined], waits);
    expect(lasting(unshown)).toEqual({ told: [{ about: 'hold12', notice: declined }], held: unshown.held });
    expect(lasting(putAway(unshown, 'hold12'))).toEqual(NOTHING_TOLD);
    expect(lasting(after([{ notice: 'shown', hold: 12 }], waits))).toEqual(NOTHING_TOLD);
    // While the page was away it was declined: the news of that meets the words.
    expect(told(waiting(lasting(waits), []), declined).held).toEqual([{ ...one, edit: true, waits: false }]);
  });

  it('that are shown or taken back leave no card', () => {
    const safety = after([{ notice: 'taken_back', hold: 12 }], holds(NOTHING_TOLD, { ...one, edit: false }));
    expect(safety.told).toEqual([]);
    expect(safety.held[0]?.waits).toBe(false);
  });
});
