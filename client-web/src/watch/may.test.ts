import { expect, it } from 'vitest';
import type { Role } from '../protocol/types';
import { LENGTHS, LOCK_MINUTES, REASONS, isGrave, keepsSafe, mayEverywhere, mayMeasure, mayPropose } from './may';

const ROLES: readonly Role[] = ['lobby', 'participant', 'peer_staff', 'facilitator', 'moderator', 'consultant', 'owner', 'auditor', 'venue', 'observer'];
const those = (may: (role: Role) => boolean): Role[] => ROLES.filter(may);

it('who may what is the table of roles', () => {
  expect(those(keepsSafe)).toEqual(['facilitator', 'moderator', 'owner']);
  expect(those(mayEverywhere)).toEqual(['moderator', 'owner']);
  expect(those(mayPropose)).toEqual(['moderator']);
  expect(those((role) => mayMeasure(role, 'participant'))).toEqual(['facilitator', 'moderator', 'owner']);
  for (const role of ROLES) expect(mayMeasure(role, role), role).toBe(false);
});

/** As `Kind::longest` has it. */
const LONGEST = { nudge: 0, timeout: 1440, remove: 1440, set_aside: 180, restricted: 7 * 1440, mute_text: 30 * 1440, mute_voice: 30 * 1440, ban: 365 * 1440 };

it('every length on offer is one that there is; only what sends away is asked for twice', () => {
  expect(LENGTHS.map(([kind]) => kind).sort()).toEqual(Object.keys(LONGEST).sort());
  for (const [kind, lengths] of LENGTHS) {
    expect(Math.max(...lengths), kind).toBeLessThanOrEqual(LONGEST[kind]);
    expect(isGrave(kind), kind).toBe(kind === 'remove' || kind === 'ban');
  }
  expect(Math.max(...LOCK_MINUTES)).toBeLessThanOrEqual(120);
  expect(new Set(REASONS).size).toBe(15);
  expect(REASONS[0]).toBe('safety');
});
