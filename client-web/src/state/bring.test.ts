import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SessionCard } from '../protocol/types';
import { Refused } from '../net/api';
import { NOTHING, needsTicket, passOf } from './bring';

const text = { ja: '', easy: '', en: '' };
const card = (more: Partial<SessionCard> = {}): SessionCard => ({
  id: 's', room: 'umibe', name: text, about: text, takes_themes: false, doors: 0, starts: 0, ends: 1, access: 'open', observers: false, capacity: 1, free: 1,
  cancelled: false, phases: [], ...more,
});

function server(status: number, body: unknown): { path: string; body: unknown }[] {
  const asked: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('what one brings to the door', () => {
  it('is nothing where nothing is asked for', async () => {
    expect(await passOf({ ...NOTHING, code: 'abc', declared: true, observes: true }, 'umibe', null)).toEqual({});
    expect(await passOf({ ...NOTHING, declared: true, observes: true }, 'umibe', card())).toEqual({});
    expect(needsTicket(NOTHING)).toBe(false);
  });

  it('is what the session asks for', async () => {
    const asks = card({ observers: true, eligibility: { text, confirmed: false } });
    expect(await passOf({ ...NOTHING, code: ' abc ', declared: true, observes: true }, 'umibe', asks)).toEqual({ code: 'abc', declared: true, observes: true });
  });

  it('is a ticket for a return phrase, which never stands in an address', async () => {
    const asked = server(200, { ticket: 't1' });
    expect(await passOf({ ...NOTHING, phrase: ' うみ そら ' }, 'umibe', null)).toEqual({ ticket: 't1' });
    expect(asked).toEqual([{ path: '/api/v1/return', body: { phrase: 'うみ そら' } }]);
  });

  it('is a ticket of this room for staff, and nothing else', async () => {
    const asked = server(200, { ticket: 't2' });
    expect(await passOf({ ...NOTHING, staff: true, badge: false, code: 'x', phrase: 'うみ' }, 'niwa', card({ observers: true }))).toEqual({ ticket: 't2' });
    expect(asked).toEqual([{ path: '/api/v1/staff/ticket', body: { room: 'niwa', badge: false } }]);
  });

  it('that nobody knows is said as the reason', async () => {
    server(404, { code: 'phrase_unknown', retry: false });
    await expect(passOf({ ...NOTHING, phrase: 'うみ' }, 'umibe', null)).rejects.toMatchObject({ code: 'phrase_unknown' } satisfies Partial<Refused>);
  });
});
