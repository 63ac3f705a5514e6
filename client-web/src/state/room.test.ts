import { describe, expect, it } from 'vitest';
import type { Event, Person, Said, Welcome } from '../protocol/types';
import { MOST_ENTRIES, NOWHERE, faded, happened, welcomed } from './room';
import type { Room } from './room';

const person = (who: number, more: Partial<Person> = {}): Person => ({
  who,
  nick: `n${who}`,
  look: { figure: who % 16, colour: 0 },
  away: false,
  walk: { path: [[15, 15]], at: 0, until: 0, zone: 0 },
  ...more,
});
const words = (id: number, who = 2): { t: 'said' } & Said => ({ t: 'said', id, who, nick: `n${who}`, look: { figure: 0, colour: 0 }, zone: 0, at: id, text: `w${id}` });
const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  v: 1, you: 1, token: 't', line: 'fresh', seq: 10, at: 1000, next_n: 1, way: 'react', role: 'participant', mine: { known: false, badge: false }, people: [person(1), person(2)], missed: [], ...more,
});
const inside = welcomed(NOWHERE, welcome());
const ids = (room: Room): (number | string)[] => room.entries.map((entry) => (entry.kind === 'gap' ? 'gap' : entry.id));
const after = (events: Event[], room = inside): Room => happened(room, events, 2000);

describe('voices', () => {
  it('are who speaks and what one\'s own sections carry; each piece of news replaces the one before', () => {
    const room = after([{ t: 'speaking', who: [2] }, { t: 'slots', slots: [{ mid: '1', who: 2 }] }, { t: 'speaking', who: [] }]);
    expect(room.voices).toMatchObject({ speaking: [], slots: [{ mid: '1', who: 2 }], hangUps: 0 });
    expect(after([{ t: 'hung_up' }], room).voices).toMatchObject({ slots: [], hangUps: 1 });
  });

  it('begin anew with every welcome, and each is another line', () => {
    const room = welcomed(after([{ t: 'slots', slots: [{ mid: '1', who: 2 }] }]), welcome({ line: 'resumed', voice: true, speaking: [2] }));
    expect(room.voices).toEqual({ on: true, speaking: [2], slots: [], line: inside.voices.line + 1, hangUps: 0 });
    expect(inside.voices.on).toBe(false);
  });
});

describe('people', () => {
  it('come, change and go; the same news twice is the same', () => {
    const events: Event[] = [
      { t: 'came', ...person(3) },
      { t: 'walks', who: 3, path: [[15, 15], [55, 15]], at: 5, until: 9, zone: 2, seat: 4 },
      { t: 'away', who: 3, on: true },
      { t: 'wishes', who: 3, wish: 'quiet' },
      { t: 'appears', who: 3, nick: 'しずく', look: { figure: 9, colour: 1 } },
      { t: 'left', who: 2 },
    ];
    const once = after(events);
    expect(once.people.get(3)).toEqual(person(3, {
      nick: 'しずく', look: { figure: 9, colour: 1 }, away: true, wish: 'quiet', walk: { path: [[15, 15], [55, 15]], at: 5, until: 9, zone: 2, seat: 4 },
    }));
    expect(once.people.has(2)).toBe(false);
    expect(after(events.slice(1), once)).toEqual(once);
  });

  it('lose their wish when the news names none', () => {
    const with_ = after([{ t: 'wishes', who: 2, wish: 'talk' }]);
    expect(after([{ t: 'wishes', who: 2 }], with_).people.get(2)).not.toHaveProperty('wish');
  });

  it('who are not here are not made up', () => {
    expect(after([{ t: 'away', who: 99, on: true }])).toEqual(inside);
  });

  it('are replaced by the picture of a welcome', () => {
    const room = welcomed(after([{ t: 'came', ...person(3) }]), welcome({ line: 'resumed' }));
    expect([...room.people.keys()]).toEqual([1, 2]);
    expect(room.way).toBe('react');
  });
});

describe('words', () => {
  it('stand in the order of their numbers, each once', () => {
    expect(ids(after([words(30), words(10), words(20), words(10), words(30)]))).toEqual([10, 20, 30]);
  });

  it('know which are mine, and can be taken back', () => {
    const room = after([words(20, 1), words(21), { t: 'taken_back', id: 20 }, { t: 'taken_back', id: 99 }]);
    expect(room.entries).toMatchObject([{ id: 20, mine: true, withdrawn: true, text: '' }, { id: 21, mine: false, withdrawn: false }]);
    expect(after([words(20, 1)], room)).toEqual(room);
  });

  it('missed on a resumed line follow without a seam', () => {
    const room = welcomed(after([words(20)]), welcome({ line: 'resumed', missed: [words(20), words(25), { t: 'taken_back', id: 25 }] }));
    expect(ids(room)).toEqual([20, 25]);
    expect(room.entries[1]).toMatchObject({ withdrawn: true });
  });

  it('stay after a resync, with a quiet line where some may be missing', () => {
    const once = welcomed(after([words(20)]), welcome({ line: 'resync', missed: [words(40)] }));
    expect(ids(once)).toEqual([20, 'gap', 40]);
    expect(ids(welcomed(NOWHERE, welcome({ line: 'resync', missed: [words(40)] })))).toEqual([40]);
    const twice = welcomed(welcomed(after([words(20)]), welcome({ line: 'resync' })), welcome({ line: 'resync' }));
    expect(ids(twice)).toEqual([20, 'gap']);
  });

  it('end with the visit', () => {
    expect(ids(welcomed(after([words(20)]), welcome({ line: 'fresh' })))).toEqual([]);
  });

  it('are bounded', () => {
    const many = after(Array.from({ length: MOST_ENTRIES + 20 }, (_, i) => words(100 + i)));
    expect(many.entries).toHaveLength(MOST_ENTRIES);
    expect(many.entries[0]).toMatchObject({ id: 120 });
  });
});

it('reactions fade after their time', () => {
  const room = after([{ t: 'reacts', who: 2, kind: 'nod' }]);
  expect(faded(room, 5999).reactions.get(2)?.kind).toBe('nod');
  expect(faded(room, 6000).reactions.size).toBe(0);
  expect(faded(inside, 9)).toBe(inside);
});

describe('words that staff looked at first', () => {
  const at = (id: number, when: number): { t: 'said' } & Said => ({ ...words(id), at: when });
  it('come to the place where they were said, though their number is a later one', () => {
    const room = after([at(11, 1100), at(12, 1200), at(13, 1300), at(20, 1150)]);
    expect(ids(room)).toEqual([11, 20, 12, 13]);
    expect(ids(after([at(20, 1150)], room))).toEqual([11, 20, 12, 13]);
  });
});
