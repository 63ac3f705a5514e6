import { describe, expect, it } from 'vitest';
import type { Desk, Lobby, Mine, Phase, Programme, SessionCard, Standing, Welcome } from '../protocol/types';
import { NOTHING_ON, admits, assists, groupOf, isStaff, leads, left, moved, phaseOf, pictureOf, possible, sessionAt, told, turnOf } from './gathering';
import type { Gathering } from './gathering';
import { NOWHERE, happened, welcomed } from './room';

const text = (ja: string) => ({ ja, easy: ja, en: ja });
const phase = (kind: Phase['kind'], can: Phase['can'] = ['react', 'write']): Phase => ({ kind, name: text(kind), about: text(''), minutes: 10, can });
const programme: Programme = { id: 's1', name: text('午後'), starts: 1000, ends: 9000, phases: [phase('doors'), phase('talk')], with_theme: true };
const standing = (more: Partial<Standing> = {}): Standing => ({
  phase: 1, since: 0, until: 600_000, can: ['react', 'write'], themes: { open: false, list: [], vote: 'before', voters: 0 }, hands: [], coming: [], ...more,
});
const mine: Mine = { known: false, badge: false };
const desk: Desk = { waiting: [], people: [], proposed: [], pairs: [], notes: [], needed: 1, boxed: 0 };
const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  v: 1, you: 1, token: 't', line: 'fresh', seq: 1, at: 1000, next_n: 1, way: 'write', role: 'participant', mine, people: [], missed: [], ...more,
});
const on: Gathering = { ...NOTHING_ON, programme, standing: standing() };

describe('news of a session', () => {
  it('replaces what was known, each in its place', () => {
    const lobby: Lobby = { observes: false, word: 'もうすぐです' };
    let room = welcomed(NOWHERE, welcome());
    room = happened(room, [
      { t: 'programme', programme },
      { t: 'standing', ...standing({ hands: [1] }) },
      { t: 'standing', ...standing({ hands: [2, 1] }) },
      { t: 'mine', ...mine, vote: 4 },
      { t: 'lobby', ...lobby },
      { t: 'role', role: 'facilitator' },
      { t: 'desk', ...desk },
      { t: 'phrase', n: 3, words: 'うみ そら かぜ' },
    ], 2000);
    expect(room.gathering).toEqual({
      role: 'facilitator', lobby, programme, standing: standing({ hands: [2, 1] }), mine: { ...mine, vote: 4 }, desk, phrase: 'うみ そら かぜ',
    });
  });

  it('of an admission is the whole new picture', () => {
    const waiting = pictureOf(welcome({ role: 'lobby', lobby: { observes: false } }), NOTHING_ON);
    expect(waiting.lobby).toEqual({ observes: false });
    const inside = pictureOf(welcome({ programme, standing: standing() }), waiting);
    expect(inside).toEqual({ ...NOTHING_ON, programme, standing: standing() });
  });

  it('that it is over takes everything of it away', () => {
    expect(told({ ...on, desk }, { t: 'programme' })).toMatchObject({ programme: null, standing: null, desk: null });
  });

  it('that a lent role was taken back takes the desk away, not the session', () => {
    expect(told({ ...on, role: 'peer_staff', desk }, { t: 'role', role: 'participant' })).toEqual({ ...on, role: 'participant', desk: null });
  });

  it('never loses a phrase to a lost line, and keeps none for the next visit', () => {
    const known = told(on, { t: 'phrase', n: 1, words: 'うみ' });
    expect(pictureOf(welcome({ line: 'resumed' }), known).phrase).toBe('うみ');
    expect(pictureOf(welcome(), known).phrase).toBeNull();
  });

  it('of badges goes to the person', () => {
    const person = { who: 2, nick: 'はる', look: { figure: 0, colour: 0 }, away: false, walk: { path: [], at: 0, until: 0, zone: 0 } };
    const shown = happened(welcomed(NOWHERE, welcome({ people: [person] })), [{ t: 'badge', who: 2, role: 'facilitator' }], 0);
    expect(shown.people.get(2)?.badge).toBe('facilitator');
    expect(happened(shown, [{ t: 'badge', who: 2 }, { t: 'badge', who: 9, role: 'owner' }], 0).people.get(2)).toEqual(person);
  });
});

describe('what is possible', () => {
  it('is what the phase allows; without a session, what the room has', () => {
    expect(possible(on, 'write')).toBe(true);
    expect(possible(on, 'tables')).toBe(false);
    expect(possible({ ...on, standing: standing({ can: [] }) }, 'react')).toBe(false);
    expect((['react', 'write', 'tables', 'hand', 'suggest'] as const).filter((what) => possible(NOTHING_ON, what))).toEqual(['react', 'write', 'tables']);
  });

  it('is only looking for observers, and never less than helping for staff', () => {
    expect(possible({ ...on, role: 'observer' }, 'write')).toBe(false);
    expect(possible({ ...NOTHING_ON, role: 'observer' }, 'react')).toBe(false);
    expect(possible({ ...on, role: 'facilitator', standing: standing({ can: [] }) }, 'write')).toBe(true);
    // A lent role does not stand in for the staff who are away.
    expect(possible({ ...on, role: 'peer_staff', standing: standing({ can: [], alone: { from: 0, mode: 'watch' } }) }, 'write')).toBe(false);
  });

  it('for each role follows the table', () => {
    expect((['participant', 'peer_staff', 'facilitator', 'moderator', 'consultant', 'owner', 'auditor', 'observer', 'lobby', 'venue'] as const).map((role) => [role, isStaff(role), leads(role), assists(role), admits(role)])).toEqual([
      ['participant', false, false, false, false],
      ['peer_staff', true, false, true, true],
      ['facilitator', true, true, true, true],
      ['moderator', true, false, false, true],
      ['consultant', true, false, false, false],
      ['owner', true, true, true, true],
      ['auditor', false, false, false, false],
      ['observer', false, false, false, false],
      ['lobby', false, false, false, false],
      ['venue', false, false, false, false],
    ]);
  });
});

describe('the time left', () => {
  it('is coarse, and none where there is no end', () => {
    expect(left({ since: 0, until: 600_000 }, 0)).toEqual({ part: 1, minutes: 10 });
    expect(left({ since: 0, until: 600_000 }, 301_000)).toEqual({ part: 0.5, minutes: 5 });
    expect(left({ since: 0, until: 600_000 }, 599_999)).toEqual({ part: 1 / 60, minutes: 1 });
    expect(left({ since: 0 }, 5)).toBeNull();
  });

  it('stays within its bounds, whatever a clock says', () => {
    expect(left({ since: 0, until: 600_000 }, 10 ** 9)).toEqual({ part: 0, minutes: 0 });
    expect(left({ since: 0, until: 600_000 }, -(10 ** 9))).toEqual({ part: 1, minutes: 10 });
    expect(left({ since: 5, until: 5 }, 9)).toEqual({ part: 0, minutes: 0 });
  });
});

it('the phase is the one of the programme, if there is one', () => {
  expect(phaseOf(on)?.kind).toBe('talk');
  expect(phaseOf({ ...on, standing: standing({ phase: 9 }) })).toBeNull();
  expect(phaseOf(NOTHING_ON)).toBeNull();
});

it('in a round one has the turn, is next, or listens', () => {
  const round = (turn?: number, next?: number): Gathering =>
    ({ ...on, standing: standing({ round: { left: 1, only_turn: false, ...(turn ? { turn } : {}), ...(next ? { next } : {}) } }) });
  expect(turnOf(round(1, 2), 1)).toBe('now');
  expect(turnOf(round(1, 2), 2)).toBe('next');
  expect(turnOf(round(1, 2), 3)).toBe('other');
  expect(turnOf(round(), null)).toBe('other');
  expect(turnOf(on, 1)).toBeNull();
});

describe('small groups', () => {
  const groups = [{ zone: 1, people: [1, 2] }, { zone: 2, people: [3] }];

  it('have each person once, and none is empty', () => {
    expect(moved(groups, 3, 1)).toEqual([{ zone: 1, people: [1, 2, 3] }]);
    expect(moved(groups, 1, 5)).toEqual([{ zone: 1, people: [2] }, { zone: 2, people: [3] }, { zone: 5, people: [1] }]);
    expect(moved(groups, 3, null)).toEqual([{ zone: 1, people: [1, 2] }]);
    expect(moved(groups, 2, 1)).toEqual([{ zone: 1, people: [1, 2] }, { zone: 2, people: [3] }]);
  });

  it('know whose they are', () => {
    const inGroups = { ...on, standing: standing({ groups: { until: 9, calling: false, list: groups } }) };
    expect(groupOf(inGroups, 3)?.zone).toBe(2);
    expect(groupOf(inGroups, 4)).toBeNull();
    expect(groupOf(on, null)).toBeNull();
  });
});

it('the entrance speaks of the session whose doors are open', () => {
  const hour = 3_600_000;
  const card = (id: string, doors: number, more: Partial<SessionCard> = {}): SessionCard => ({
    id, room: 'umibe', name: text(id), about: text(''), takes_themes: false, doors, starts: doors + 10, ends: doors + 100, access: 'open', observers: false,
    capacity: 9, free: 9, cancelled: false, phases: [phase('talk')], ...more,
  });
  const all = [card('off', 900, { cancelled: true }), card('there', 900, { room: 'niwa' }), card('now', 950), card('later', 3 * hour)];
  expect(sessionAt(all, 'umibe', 949)).toBeNull();
  expect(sessionAt(all, 'umibe', 950)?.id).toBe('now');
  expect(sessionAt(all, 'umibe', 1049 + hour)?.id).toBe('now');
  expect(sessionAt(all, 'umibe', 1050 + hour)).toBeNull();
  expect(sessionAt(all, 'umibe', 3 * hour)?.id).toBe('later');
  expect(sessionAt(all, 'dagashi', 1000)).toBeNull();
});
