/** The room as signals: what is drawn follows from `room`, `plan` and the moments at which somebody arrives. */
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Timers } from '../net/connection';
import { TAKE_BACK_MS } from '../protocol/types';
import type { Person, PersonId, Reaction, RoomPlan, Walk, ZoneKind } from '../protocol/types';
import { HALL, hearers, kindOf, nextArrival, speaks, zoneAt } from './places';
import { NOWHERE, faded } from './room';
import type { Room } from './room';

export interface Store {
  room: Signal<Room>;
  plan: Signal<RoomPlan | null>;
  drawing: Signal<string | null>;
  /** One's own walk before the server has answered. */
  steer: Signal<Walk | null>;
  me: ReadonlySignal<PersonId | null>;
  mine: ReadonlySignal<Person | null>;
  people: ReadonlySignal<ReadonlyMap<PersonId, Person>>;
  reactions: ReadonlySignal<ReadonlyMap<PersonId, Reaction>>;
  /** The zone of everybody, now. */
  zones: ReadonlySignal<ReadonlyMap<PersonId, number>>;
  zone: ReadonlySignal<number>;
  kind: ReadonlySignal<ZoneKind>;
  hearers: ReadonlySignal<readonly Person[]>;
  /** The zone whose ring is drawn: the one in which my words are heard. */
  hearing: ReadonlySignal<number | null>;
  /** Bumped when an arrival, the end of a reaction or of the time for taking back has come. */
  moment: ReadonlySignal<number>;
  now(): number;
}

export function createStore(now: () => number, timers: Timers): Store {
  const room = signal<Room>(NOWHERE);
  const plan = signal<RoomPlan | null>(null);
  const moment = signal(0);
  const me = computed(() => room.value.me);
  const people = computed(() => room.value.people);
  const mine = computed(() => (me.value === null ? null : (people.value.get(me.value) ?? null)));
  const zones = computed(() => {
    void moment.value;
    const at = now();
    return new Map([...people.value].map(([who, person]) => [who, zoneAt(person.walk, at)]));
  });
  const zone = computed(() => (me.value === null ? HALL : (zones.value.get(me.value) ?? HALL)));
  const kind = computed<ZoneKind>(() => (plan.value ? kindOf(plan.value, zone.value) : 'hall'));
  const heard = computed(() => {
    void zones.value;
    return plan.value ? hearers(plan.value, people.value, me.value, now()) : [];
  });
  const shown = computed(() => room.value.reactions);

  let alarm: number | null = null;
  effect(() => {
    const at = now();
    const due = [nextArrival(people.value, at), nextFade(room.value, at), nextFarewell(room.value, at)];
    void moment.value;
    if (alarm !== null) timers.clear(alarm);
    const next = Math.min(...due.filter((time): time is number => time !== null));
    alarm = !Number.isFinite(next) ? null : timers.set(() => {
      alarm = null;
      room.value = faded(room.value, now());
      moment.value++;
    }, Math.max(1, Math.ceil(next - at) + 1));
  });

  return {
    room,
    plan,
    drawing: signal<string | null>(null),
    steer: signal<Walk | null>(null),
    me,
    mine,
    people,
    reactions: computed(() => new Map([...shown.value].map(([who, { kind: how }]) => [who, how]))),
    zones,
    zone,
    kind,
    hearers: heard,
    hearing: computed(() => (mine.value && speaks(kind.value) ? zone.value : null)),
    moment,
    now,
  };
}

function nextFade(room: Room, now: number): number | null {
  const ends = [...room.reactions.values()].map((shown) => shown.until).filter((until) => until > now);
  return ends.length ? Math.min(...ends) : null;
}

/** When the oldest of my words that can still be taken back no longer can. */
function nextFarewell(room: Room, now: number): number | null {
  for (const entry of room.entries) {
    if (entry.kind === 'words' && entry.mine && !entry.withdrawn && entry.at + TAKE_BACK_MS > now) return entry.at + TAKE_BACK_MS;
  }
  return null;
}
