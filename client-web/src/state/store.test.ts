import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Person } from '../protocol/types';
import { BEAT_MS } from './beat';
import { NOWHERE } from './room';
import { createStore, type Card } from './store';

const walk: Person['walk'] = { path: [[0, 0], [9, 9]], at: 0, until: 100, zone: 2 };
const sora: Person = { who: 7, nick: 'そら', look: { figure: 0, colour: 0 }, away: false, walk } as Person;

/** A store with a list on the screen: how often that was written is counted. */
function watched() {
  let [clock, ids] = [0, 0];
  let timers: { run: () => void; at: number; id: number }[] = [];
  const store = createStore(() => clock, {
    set: (run, ms) => {
      timers.push({ run, at: clock + ms, id: ++ids });
      return ids;
    },
    clear: (id) => void (timers = timers.filter((timer) => timer.id !== id)),
  });
  const list: { written: number; cards: readonly Card[] } = { written: 0, cards: [] };
  effect(() => {
    list.cards = store.cards.value;
    list.written++;
  });
  const until = (end: number, late = 0): void => {
    for (;;) {
      const next = timers.filter(({ at }) => at + late <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      clock = next.at + late;
      next.run();
    }
    clock = end;
  };
  return { store, list, until };
}

it('somebody who arrives is there, also when something else happens just before their alarm rings', () => {
  const { store, list, until } = watched();
  store.room.value = { ...NOWHERE, people: new Map([[7, sora]]) };
  expect(list.cards[0]?.zone).toBe(0);
  // They are there, and the alarm is a little late; meanwhile the server tells whose voice they hear now.
  until(101, 1);
  store.room.value = { ...store.room.value };
  until(BEAT_MS + 1);
  expect(list.cards[0]?.zone).toBe(2);
});

describe('in a full room', () => {
  const ME = 20;
  /** They arrive one after the other, within one beat. */
  const crowd: Person[] = Array.from({ length: 50 }, (_, who) => ({ ...sora, who, walk: { ...walk, until: 2 * BEAT_MS + who } }));
  const all = (people: Person[]): Map<number, Person> => new Map(people.map((person) => [person.who, person]));

  function entered() {
    const room = watched();
    room.store.room.value = { ...NOWHERE, me: ME, people: all(crowd) };
    room.list.written = 0;
    return room;
  }

  it('the list is written once for all who arrive before the next beat of a crowd', () => {
    const { list, until } = entered();
    until(4 * BEAT_MS - 1);
    // For the first, who comes after a quiet time, and for oneself.
    expect(list.written).toBe(2);
    until(4 * BEAT_MS + 1);
    expect(list.written).toBe(3);
    expect(list.cards.every(({ zone }) => zone === 2)).toBe(true);
  });

  it('one is told at once where one is oneself, and with whom', () => {
    const { store, list, until } = entered();
    until(2 * BEAT_MS + ME);
    expect([store.zone.value, list.cards[ME]?.zone]).toEqual([0, 0]);
    until(2 * BEAT_MS + ME + 1);
    expect([store.zone.value, list.cards[ME]?.zone]).toEqual([2, 2]);
  });

  it('the list is not written for those who only walk', () => {
    const { store, list, until } = entered();
    for (let at = 10; at < 2 * BEAT_MS; at += 10) {
      until(at);
      store.room.value = { ...store.room.value, people: all(crowd.map((one) => ({ ...one, walk: { ...one.walk, at } }))) };
    }
    expect(list.written).toBe(0);
  });
});
