/** The room as signals: what is drawn follows from `room`, `plan` and the moments at which somebody arrives. */
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Timers } from '../net/connection';
import { TAKE_BACK_MS } from '../protocol/types';
import type { Person, PersonId, Reaction, RoomPlan, Walk, Way, ZoneKind } from '../protocol/types';
import { untilBeat } from './beat';
import { HALL, hearers, kindOf, nextArrival, speaks, walkers, zoneAt } from './places';
import type { Gathering } from './gathering';
import { NOWHERE, faded } from './room';
import type { Entry, Room } from './room';
import type { Safety } from './safety';

/** A person as the list shows them: it stays the same object while they only walk. */
export type Card = Omit<Person, 'walk'> & { readonly zone: number };

export interface Store {
  room: Signal<Room>;
  plan: Signal<RoomPlan | null>;
  drawing: Signal<string | null>;
  /** One's own walk before the server has answered. */
  steer: Signal<Walk | null>;
  me: ReadonlySignal<PersonId | null>;
  mine: ReadonlySignal<Person | null>;
  way: ReadonlySignal<Way>;
  entries: ReadonlySignal<readonly Entry[]>;
  people: ReadonlySignal<ReadonlyMap<PersonId, Person>>;
  reactions: ReadonlySignal<ReadonlyMap<PersonId, Reaction>>;
  gathering: ReadonlySignal<Gathering>;
  safety: ReadonlySignal<Safety>;
  /** Few staff look after the room, or nobody, and one has not put that away. */
  few: ReadonlySignal<boolean>;
  fewRead: Signal<boolean>;
  /** There is something that staff decided, did or locked down for oneself to know. */
  cared: ReadonlySignal<boolean>;
  /** Whom of those who are here one does not want to meet. */
  blocked: ReadonlySignal<ReadonlySet<PersonId>>;
  /** Who speaks with their voice, of those whom one could hear. */
  speaking: ReadonlySignal<ReadonlySet<PersonId>>;
  /** Everybody with their zone, as of the last beat. Changes only when the list does: people walk all the time. */
  cards: ReadonlySignal<readonly Card[]>;
  zone: ReadonlySignal<number>;
  kind: ReadonlySignal<ZoneKind>;
  hearers: ReadonlySignal<readonly Card[]>;
  /** The zone whose ring is drawn: the one in which my words are heard. */
  hearing: ReadonlySignal<number | null>;
  /** Which of my words can still be taken back. */
  fresh: ReadonlySignal<ReadonlySet<number>>;
  now(): number;
}


export function createStore(now: () => number, timers: Timers): Store {
  const room = signal<Room>(NOWHERE);
  const plan = signal<RoomPlan | null>(null);
  /** Bumped when an arrival, the end of a reaction or of the time for taking back has come. */
  const moment = signal(0);
  const me = computed(() => room.value.me);
  const people = computed(() => room.value.people);
  const mine = computed(() => (me.value === null ? null : (people.value.get(me.value) ?? null)));
  /** The time by which it was last said who is where. */
  let placedAt = 0;
  const latest = steady(() => {
    void moment.value;
    const at = now();
    placedAt = at;
    return [...people.value.values()].map(({ walk, ...person }): Card => ({ ...person, zone: zoneAt(walk, at) }));
  });
  const zone = computed(() => latest.value.find((card) => card.who === me.value)?.zone ?? HALL);
  const cards = signal(latest.peek());
  let shownAt = Number.NEGATIVE_INFINITY;
  let beat: number | null = null;
  let own = '';
  const show = (): void => {
    if (beat !== null) timers.clear(beat);
    beat = null;
    shownAt = now();
    cards.value = latest.peek();
  };
  effect(() => {
    if (latest.value === cards.peek()) return;
    // What others do waits for the beat, at which the picture is drawn anyway; what one does oneself is said at once.
    const key = `${me.value} ${zone.value}`;
    const wait = key === own ? untilBeat(shownAt, now(), walkers(people.peek(), now())) : 0;
    own = key;
    if (wait <= 0) show();
    else beat ??= timers.set(show, wait);
  });
  const kind = computed<ZoneKind>(() => (plan.value ? kindOf(plan.value, zone.value) : 'hall'));
  const list = steady(() => room.value.gathering.mine.blocked ?? []);
  const blocked = computed(() => new Set(list.value));
  const heard = steady(() => {
    const all = plan.value ? hearers(plan.value, cards.value, me.value) : [];
    return all.filter(({ who }) => !blocked.value.has(who));
  });
  const fewStaff = computed(() => room.value.gathering.mine.few_staff === true);
  const fewRead = signal(false);
  effect(() => {
    // The next time it is said again.
    if (!fewStaff.value) fewRead.value = false;
  });
  // A session says itself what holds while nobody is there.
  const few = computed(() => fewStaff.value && !fewRead.value && !room.value.gathering.standing?.alone);
  const entries = computed(() => room.value.entries);
  const mineFresh = steady(() => {
    void moment.value;
    return takeable(entries.value, now());
  });
  const speaking = computed(() => room.value.voices.speaking);
  const shown = computed(() => room.value.reactions);

  let alarm: number | null = null;
  effect(() => {
    // Who arrives between that and now would be told by neither: on a busy machine the two are not the same moment.
    void latest.value;
    const at = Math.min(placedAt, now());
    const due = [nextArrival(people.value, at), nextFade(room.value, at), nextFarewell(entries.value, at)];
    void moment.value;
    if (alarm !== null) timers.clear(alarm);
    const next = Math.min(...due.filter((time): time is number => time !== null));
    alarm = !Number.isFinite(next) ? null : timers.set(() => {
      alarm = null;
      room.value = faded(room.value, now());
      moment.value++;
    }, Math.max(1, Math.ceil(next - now()) + 1));
  });

  return {
    room,
    plan,
    drawing: signal<string | null>(null),
    steer: signal<Walk | null>(null),
    me,
    mine,
    way: computed(() => room.value.way),
    entries,
    people,
    reactions: computed(() => {
      const met = [...shown.value].filter(([who]) => !blocked.value.has(who));
      return new Map(met.map(([who, { kind: how }]) => [who, how]));
    }),
    blocked,
    gathering: computed(() => room.value.gathering),
    safety: computed(() => room.value.safety),
    few,
    fewRead,
    cared: computed(() => {
      const { safety, gathering: { mine: { in_force, locked } } } = room.value;
      return few.value || safety.told.length + (in_force?.length ?? 0) + (locked?.length ?? 0) > 0;
    }),
    speaking: computed(() => new Set(speaking.value)),
    cards,
    zone,
    kind,
    hearers: heard,
    hearing: computed(() => (mine.value && speaks(kind.value) ? zone.value : null)),
    fresh: computed(() => new Set(mineFresh.value)),
    now,
  };
}

function nextFade(room: Room, now: number): number | null {
  const ends = [...room.reactions.values()].map((shown) => shown.until).filter((until) => until > now);
  return ends.length ? Math.min(...ends) : null;
}

function takeable(entries: readonly Entry[], now: number): number[] {
  return entries.flatMap((entry) =>
    entry.kind === 'words' && entry.mine && !entry.withdrawn && entry.at + TAKE_BACK_MS > now ? [entry.id] : [],
  );
}

/** When the oldest of my words that can still be taken back no longer can. */
function nextFarewell(entries: readonly Entry[], now: number): number | null {
  const oldest = takeable(entries, now)[0];
  const entry = entries.find((one) => one.kind === 'words' && one.id === oldest);
  return entry?.kind === 'words' ? entry.at + TAKE_BACK_MS : null;
}

/** A list that stays the same object, and keeps the same objects in it, as long as they say the same. */
function steady<T>(compute: () => T[]): ReadonlySignal<readonly T[]> {
  let last: readonly T[] = [];
  let texts: readonly string[] = [];
  return computed(() => {
    const known = new Map(texts.map((text, i) => [text, last[i]]));
    const next = compute();
    const nextTexts = next.map((one) => JSON.stringify(one));
    if (nextTexts.length === texts.length && nextTexts.every((text, i) => text === texts[i])) return last;
    last = next.map((one, i) => known.get(nextTexts[i] ?? '') ?? one);
    texts = nextTexts;
    return last;
  });
}
