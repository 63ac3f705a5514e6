/** What one knows of the room, and how news changes it. Pure; the same news twice changes nothing. */
import type { Event, Look, Person, PersonId, Reaction, Said, Slot, Way, Welcome } from '../protocol/types';
import { NOTHING_ON, pictureOf, told } from './gathering';
import type { Gathering } from './gathering';
import { NOTHING_TOLD, told as noticed, waiting } from './safety';
import type { Safety } from './safety';

/** Something somebody wrote. */
export interface Words {
  readonly kind: 'words';
  readonly id: number;
  readonly who: PersonId;
  readonly nick: string;
  readonly look: Look;
  readonly zone: number;
  readonly at: number;
  readonly text: string;
  readonly mine: boolean;
  readonly withdrawn: boolean;
}

/** Words may be missing here. */
export interface Gap {
  readonly kind: 'gap';
  readonly id: number;
}

export type Entry = Words | Gap;

export interface Shown {
  readonly kind: Reaction;
  readonly until: number;
}

/** What is known of the voices. */
export interface Voices {
  /** There is voice on this server. */
  readonly on: boolean;
  readonly speaking: readonly PersonId[];
  /** Whose voices one's receiving sections carry. */
  readonly slots: readonly Slot[];
  /** Grows with every welcome: a connection for voice ends with the line on which it was offered. */
  readonly line: number;
  /** Grows when the server ended the connection. */
  readonly hangUps: number;
}

export interface Room {
  readonly me: PersonId | null;
  readonly way: Way;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly entries: readonly Entry[];
  readonly reactions: ReadonlyMap<PersonId, Shown>;
  readonly gathering: Gathering;
  readonly voices: Voices;
  readonly safety: Safety;
}

export const SILENCE: Voices = { on: false, speaking: [], slots: [], line: 0, hangUps: 0 };
export const NOWHERE: Room = { me: null, way: 'write', people: new Map(), entries: [], reactions: new Map(), gathering: NOTHING_ON, voices: SILENCE, safety: NOTHING_TOLD };
export const REACTION_MS = 4000;
/** An evening's talk; what is older has scrolled out of sight long ago. */
export const MOST_ENTRIES = 300;

/** In: the picture replaces people, and what was missed joins what was read. */
export function welcomed(room: Room, welcome: Welcome): Room {
  const before = welcome.line === 'fresh' ? [] : room.entries;
  const gap = welcome.line === 'resync' && before.length > 0 && before[before.length - 1]?.kind !== 'gap';
  const base: Room = {
    me: welcome.you,
    way: welcome.way,
    people: new Map(welcome.people.map((person) => [person.who, person])),
    entries: gap ? [...before, { kind: 'gap', id: before[before.length - 1]?.id ?? 0 }] : before,
    reactions: new Map(),
    gathering: pictureOf(welcome, room.gathering),
    voices: { ...SILENCE, on: welcome.voice ?? false, speaking: welcome.speaking ?? [], line: room.voices.line + 1 },
    safety: waiting(welcome.line === 'fresh' ? NOTHING_TOLD : room.safety, welcome.mine.held ?? []),
  };
  return happened(base, welcome.missed, welcome.at);
}

/** What happened in one frame. `at` is the frame's time. */
export function happened(room: Room, events: readonly Event[], at: number): Room {
  return events.reduce((before, event) => one(before, event, at), room);
}

function one(room: Room, event: Event, at: number): Room {
  switch (event.t) {
    case 'came': {
      const { t: _, ...person } = event;
      return { ...room, people: new Map(room.people).set(person.who, person) };
    }
    case 'left': {
      if (!room.people.has(event.who)) return room;
      const people = new Map(room.people);
      people.delete(event.who);
      return { ...room, people };
    }
    case 'walks': {
      const { t: _, who, ...walk } = event;
      return change(room, who, (person) => ({ ...person, walk }));
    }
    case 'away':
      return change(room, event.who, (person) => ({ ...person, away: event.on }));
    case 'wishes':
      return change(room, event.who, ({ wish: _, ...person }) => (event.wish ? { ...person, wish: event.wish } : person));
    case 'appears':
      return change(room, event.who, (person) => ({ ...person, nick: event.nick, look: event.look }));
    case 'reacts':
      return { ...room, reactions: new Map(room.reactions).set(event.who, { kind: event.kind, until: at + REACTION_MS }) };
    case 'said':
      return said(room, event);
    case 'taken_back':
      return { ...room, entries: room.entries.map((entry) => (entry.kind === 'words' && entry.id === event.id ? { ...entry, text: '', withdrawn: true } : entry)) };
    case 'badge':
      return change(room, event.who, ({ badge: _, ...person }) => (event.role ? { ...person, badge: event.role } : person));
    case 'programme':
    case 'standing':
    case 'desk':
    case 'lobby':
    case 'role':
    case 'phrase':
      return { ...room, gathering: told(room.gathering, event) };
    case 'mine':
      return { ...room, gathering: told(room.gathering, event), safety: waiting(room.safety, event.held ?? []) };
    case 'notice': {
      const { t: _, ...notice } = event;
      return { ...room, safety: noticed(room.safety, notice) };
    }
    case 'speaking':
      return { ...room, voices: { ...room.voices, speaking: event.who } };
    case 'slots':
      return { ...room, voices: { ...room.voices, slots: event.slots } };
    case 'hung_up':
      return { ...room, voices: { ...room.voices, slots: [], hangUps: room.voices.hangUps + 1 } };
    case 'answer':
    case 'done':
    case 'held':
    case 'refused':
      return room;
  }
}

function change(room: Room, who: PersonId, how: (person: Person) => Person): Room {
  const person = room.people.get(who);
  return person ? { ...room, people: new Map(room.people).set(who, how(person)) } : room;
}

/** Words in the order of their times, each once: what staff looked at first comes later, to the place where it was said. */
export function said(room: Room, what: Said): Room {
  const { id, who, nick, look, zone, at, text } = what;
  if (room.entries.some((entry) => entry.kind === 'words' && entry.id === id)) return room;
  let place = room.entries.length;
  for (; place > 0; place--) {
    const before = room.entries[place - 1];
    if (!before || (before.kind === 'gap' ? before.id <= id : before.at < at || (before.at === at && before.id < id))) break;
  }
  const words: Words = { kind: 'words', id, who, nick, look, zone, at, text, mine: who === room.me, withdrawn: false };
  const entries = [...room.entries.slice(0, place), words, ...room.entries.slice(place)];
  return { ...room, entries: entries.slice(-MOST_ENTRIES) };
}

/** Reactions that have had their time go. */
export function faded(room: Room, now: number): Room {
  if (![...room.reactions.values()].some((shown) => shown.until <= now)) return room;
  return { ...room, reactions: new Map([...room.reactions].filter(([, shown]) => shown.until > now)) };
}
