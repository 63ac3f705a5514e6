import { expect, it } from 'vitest';
import { KINDS, LENGTHS, isGrave, isOffence, isOfRoom, mayDecide, mayEverywhere, mayPropose, reasonOf, usualFor } from './grades';

/** What the server takes at most, in minutes: `Kind::longest` and `TIMEOUT_MINUTES` of the protocol. */
const LONGEST = { nudge: 0, restricted: 10_080, timeout: 1440, mute_text: 43_200, mute_voice: 43_200, set_aside: 180, remove: 1440, ban: 525_600 };

it('every length is one that there is', () => {
  for (const kind of KINDS) {
    for (const minutes of LENGTHS[kind]) {
      expect(minutes, kind).toBeLessThanOrEqual(LONGEST[kind]);
      if (kind === 'timeout') expect([1, 5, 60, 1440]).toContain(minutes);
      else expect(minutes > 0, kind).toBe(kind !== 'nudge');
    }
  }
});

it('one tap is among the lengths, and what is grave asks once more', () => {
  const all = usualFor({ room: 'umibe' });
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  for (const { kind, minutes, grave } of all) {
    expect(LENGTHS[kind], kind).toContain(minutes);
    expect(grave, kind).toBe(isGrave(kind, minutes));
  }
  expect(isGrave('timeout', 1440)).toBe(true);
  expect(isGrave('nudge', 0)).toBe(false);
});

it('of the whole place nobody is set aside or sent out', () => {
  expect(usualFor('site').some(({ kind }) => isOfRoom(kind))).toBe(false);
});

it('the mildest comes first', () => {
  expect(usualFor('site')[0]?.kind).toBe('nudge');
  expect(usualFor('site').at(-1)?.kind).toBe('ban');
});

it('a cry for help and worry are held against nobody', () => {
  expect(isOffence({ matter: 'help', times: 3 })).toBe(false);
  expect(isOffence({ matter: 'report', by: 1, category: 'worry', voice: false, times: 1 })).toBe(false);
  expect(isOffence({ matter: 'report', by: 1, category: 'danger', voice: false, times: 1 })).toBe(true);
  expect(isOffence({ matter: 'appeal', sanction: 1 })).toBe(false);
});

it('a reason is suggested', () => {
  expect(reasonOf({ matter: 'report', by: 1, category: 'sexual', voice: false, times: 1 })).toBe('sexual');
  expect(reasonOf({ matter: 'hold', cause: 'rule', rule: 'personal.phone', latest: 1 })).toBe('personal_data');
  expect(reasonOf({ matter: 'hold', cause: 'lockdown', latest: 1 })).toBe('flood');
  expect(reasonOf({ matter: 'hold', cause: 'rule_failed', latest: 1 })).toBe('other');
});

it('doors that stay shut are not shown', () => {
  expect(mayDecide('peer_staff')).toBe(false);
  expect(mayDecide('auditor')).toBe(false);
  expect(mayEverywhere('facilitator')).toBe(false);
  expect(mayPropose('owner')).toBe(false);
  expect(mayPropose('moderator')).toBe(true);
});
