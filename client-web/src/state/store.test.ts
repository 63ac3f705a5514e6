import { effect } from '@preact/signals';
import { expect, it } from 'vitest';
import type { Person } from '../protocol/types';
import { NOWHERE } from './room';
import { createStore } from './store';

const walk: Person['walk'] = { path: [[0, 0], [9, 9]], at: 0, until: 100, zone: 2 };
const sora: Person = { who: 7, nick: 'そら', look: { figure: 0, colour: 0 }, away: false, walk } as Person;

it('somebody who arrives is there, also when something else happens just before their alarm rings', () => {
  let [clock, ids] = [0, 0];
  let timers: { run: () => void; at: number; id: number }[] = [];
  const store = createStore(() => clock, {
    set: (run, ms) => {
      timers.push({ run, at: clock + ms, id: ++ids });
      return ids;
    },
    clear: (id) => void (timers = timers.filter((timer) => timer.id !== id)),
  });
  let shown: number | undefined;
  // A list on the screen.
  effect(() => void (shown = store.cards.value[0]?.zone));
  store.room.value = { ...NOWHERE, people: new Map([[7, sora]]) };
  expect(shown).toBe(0);
  // They are there, and the alarm is a little late; meanwhile the server tells whose voice they hear now.
  clock = 101;
  store.room.value = { ...store.room.value };
  clock = 103;
  for (const timer of timers.splice(0)) timer.run();
  expect(shown).toBe(2);
});
