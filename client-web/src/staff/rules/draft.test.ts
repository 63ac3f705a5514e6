import { expect, it } from 'vitest';
import type { Rule, RuleSet } from '../../protocol/types';
import { SIMPLE, blank, counted, faultsAt, faultsOf, isChanged, kindOf, lines, mayChange, roomsToChange, triggerOf } from './draft';

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ ...blank([], null), id, version: 3, ...more });
const set = (...rules: Rule[]): RuleSet => ({ format: 1, rules });

it('a new rule has a name of its own, and is only tried', () => {
  expect(blank(['own.1', 'own.2'], null)).toMatchObject({ id: 'own.3', mode: 'dry_run', version: 1, scope: 'site' });
});

it('who leads a room changes the rules of that room, and makes new ones for it', () => {
  const mine = roomsToChange({ role: 'facilitator', rooms: ['house'] }, ['house', 'sea']);
  expect(mine).toEqual(['house']);
  expect(roomsToChange({ role: 'facilitator', rooms: [] }, ['house', 'sea'])).toEqual(['house', 'sea']);
  expect(roomsToChange({ role: 'peer_staff', rooms: [] }, ['house'])).toEqual([]);
  expect(roomsToChange({ role: 'moderator', rooms: [] }, ['house'])).toBeNull();
  expect(blank([], mine).scope).toEqual({ room: 'house' });
  const may = (scope: Rule['scope']) => [mayChange({ scope }, mine), mayChange({ scope }, null)];
  expect([may('site'), may({ room: 'house' }), may({ room: 'sea' }), may({ session: '3' })]).toEqual([[false, true], [true, true], [false, true], [false, true]]);
});

it('what has changed counts one further, once', () => {
  const kept = set(rule('a'), rule('b'));
  const draft = set(rule('a', { mode: 'enforce' }), rule('b'), rule('c', { version: 1 }));
  expect(isChanged(kept, draft)).toBe(true);
  expect(isChanged(kept, set(rule('a'), rule('b')))).toBe(false);
  const sent = counted(kept, draft);
  expect(sent.rules.map(({ version }) => version)).toEqual([4, 3, 1]);
  expect(counted(kept, sent)).toEqual(sent);
});

it('faults stand where they are', () => {
  const faults = [
    { rule: 'a', place: 'when.words.any[3]', what: 'empty' },
    { rule: 'a', place: 'whenever', what: 'x' },
    { rule: 'ab', place: 'id', what: 'x' },
    { rule: '#1', place: 'id', what: 'letters' },
    { rule: '', place: 'rules', what: 'too many' },
  ];
  expect(faultsOf(faults, rule('a'), 0)).toHaveLength(2);
  expect(faultsAt(faultsOf(faults, rule('a'), 0), 'when')).toEqual([faults[0]]);
  expect(faultsOf(faults, rule(''), 1)).toEqual([faults[3]]);
});

it('a form knows what it can show', () => {
  for (const kind of SIMPLE) expect(kindOf(triggerOf(kind))).toBe(kind);
  expect(kindOf({ all: [triggerOf('words'), { not: triggerOf('link') }] })).toBeNull();
});

it('a list is one a line, each once', () => {
  expect(lines(' ばか \n\n あほ\nばか')).toEqual(['ばか', 'あほ']);
});
