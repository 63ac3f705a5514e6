/** Bytes ↔ messages. What a later server may add (tags, events, fields) is passed over, never tripped over. */
import { decode as unpack, encode as pack } from '@msgpack/msgpack';
import type { ClientMessage, Event, ServerMessage } from './types';

type Tag<M extends { t: string }> = { [K in M['t']]: true };

// Records instead of arrays, so that a tag added to the types is missed here at compile time.
const MESSAGES: Tag<ServerMessage> = { welcome: true, frame: true, refused: true, beat: true, bye: true };
const EVENTS: Tag<Event> = {
  came: true,
  left: true,
  walks: true,
  said: true,
  taken_back: true,
  reacts: true,
  away: true,
  wishes: true,
  appears: true,
  programme: true,
  standing: true,
  mine: true,
  desk: true,
  lobby: true,
  role: true,
  badge: true,
  phrase: true,
  answer: true,
  slots: true,
  hung_up: true,
  speaking: true,
  done: true,
  held: true,
  notice: true,
  refused: true,
};

type Tagged = { t: string } & Record<string, unknown>;

function isTagged(value: unknown, known: Record<string, true>): value is Tagged {
  if (typeof value !== 'object' || value === null || !('t' in value)) return false;
  return typeof value.t === 'string' && Object.prototype.hasOwnProperty.call(known, value.t);
}

function knownEvents(value: unknown): Event[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((event): event is Event => isTagged(event, EVENTS)).map((event) => (event.t === 'came' ? { ...HERE, ...event } : event));
}

/** Left out means: here. */
const HERE = { away: false };

export function encode(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return pack(message, { ignoreUndefined: true });
}

/** The message, or null for what this version does not understand. */
export function decode(bytes: ArrayBuffer | Uint8Array): ServerMessage | null {
  let value: unknown;
  try {
    value = unpack(bytes);
  } catch {
    return null;
  }
  if (!isTagged(value, MESSAGES)) return null;
  if (value.t === 'frame') {
    const ev = knownEvents(value.ev);
    return ev && typeof value.seq === 'number' && typeof value.at === 'number' ? trusted({ ...value, ev }) : null;
  }
  if (value.t === 'welcome') {
    const missed = knownEvents(value.missed);
    if (!Array.isArray(value.people)) return null;
    const whole = typeof value.token === 'string' && typeof value.at === 'number';
    return missed && whole ? trusted({ ...value, missed, people: value.people.map((person: object) => ({ ...HERE, ...person })) }) : null;
  }
  return trusted(value);
}

/** The server is ours: beyond tags and containers its fields are taken at their word. */
function trusted(value: object): ServerMessage {
  return value as ServerMessage;
}
