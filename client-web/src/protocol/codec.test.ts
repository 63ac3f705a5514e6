import { existsSync, readFileSync } from 'node:fs';
import { encode as pack, decode as unpack } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec';
import { CLOSE, REFUSAL_CODES } from './types';
import type { ClientMessage } from './types';

describe('the codec', () => {
  it('leaves out what is absent and keeps large numbers whole', () => {
    const wish: { wish?: 'talk' } = {};
    const bytes = encode({ t: 'set_wish', n: 2 ** 32 - 1, ...wish });
    expect(unpack(bytes)).toEqual({ t: 'set_wish', n: 2 ** 32 - 1 });
    expect(unpack(encode({ t: 'take_back', n: 1, id: Number.MAX_SAFE_INTEGER }))).toEqual({ t: 'take_back', n: 1, id: Number.MAX_SAFE_INTEGER });
  });

  it('passes over what a later server may say', () => {
    expect(decode(pack({ t: 'dance', at: 1 }))).toBeNull();
    expect(decode(pack({ t: 'frame', seq: 1, at: 2, more: [], ev: [{ t: 'dance' }, { t: 'left', who: 3 }, 7, null] }))).toMatchObject({
      ev: [{ t: 'left', who: 3 }],
    });
  });

  it.each([['nothing', new Uint8Array()], ['no map', pack(7)], ['no tag', pack({ at: 1 })], ['a tag of Object', pack({ t: 'constructor' })], ['a frame without events', pack({ t: 'frame', seq: 1, at: 2 })], ['half', pack({ t: 'beat', at: 1 }).slice(0, 4)]])(
    'takes %s for nothing',
    (_, bytes) => expect(decode(bytes)).toBeNull(),
  );
});

interface Fixture {
  file: string;
  kind: 'client' | 'server';
  valid: boolean;
  json?: unknown;
  refusal?: string;
}

const folder = new URL('../../../protocol/fixtures/', import.meta.url);
const index = new URL('index.json', folder);
const fixtures: Fixture[] = existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')) : [];

function withoutUnknown(json: unknown): object | null {
  const message = json as { t: string; ev?: { t: string }[] };
  if (message.t === 'unknown') return null;
  return message.ev ? { ...message, ev: message.ev.filter((event) => event.t !== 'unknown') } : message;
}

describe('the golden fixtures', () => {
  it('are there', () => expect(fixtures.length).toBeGreaterThan(0));

  it.each(fixtures.filter(({ kind, valid }) => valid && kind === 'server'))('$file means what it says', ({ file, json }) => {
    // What a later server adds stands as `unknown` in the index; here it is passed over, and more fields do no harm.
    const known = withoutUnknown(json);
    const ours = decode(readFileSync(new URL(file, folder)));
    if (known === null) expect(ours).toBeNull();
    else expect(ours).toMatchObject(known);
  });

  it.each(fixtures.filter(({ kind, valid }) => valid && kind === 'client'))('$file survives our encoding', ({ json }) => {
    expect(unpack(encode(json as ClientMessage))).toEqual(json);
  });

  it.each(fixtures.filter(({ kind, valid }) => !valid && kind === 'server'))('$file is taken for nothing', ({ file }) => {
    expect(() => decode(readFileSync(new URL(file, folder)))).not.toThrow();
  });
});

it('the generated tables are whole', () => {
  expect(Object.keys(CLOSE).length).toBeGreaterThan(10);
  expect(new Set(REFUSAL_CODES).size).toBe(REFUSAL_CODES.length);
});
