import { afterEach, describe, expect, it, vi } from 'vitest';
import { Refused, call, why } from './api';

function answers(status: number, text: string): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(status === 204 ? null : text, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('sends JSON and reads JSON', async () => {
    const fetched = answers(200, '{"ticket":"t"}');
    expect(await call('POST', '/api/v1/return', { phrase: 'うみ' })).toEqual({ ticket: 't' });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"phrase":"うみ"}', headers: { 'content-type': 'application/json' } });
  });

  it('is content with an empty answer', async () => {
    answers(204, '');
    expect(await call('DELETE', '/api/v1/staff/box/3')).toBeUndefined();
  });

  it('throws the refusal of the server', async () => {
    answers(409, '{"code":"nickname_taken","retry":true,"try_nick":"なぎ2"}');
    const error = await call('POST', '/x', {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Refused);
    expect(why(error)).toBe('nickname_taken');
    expect((error as Refused).refusal?.try_nick).toBe('なぎ2');
  });

  it.each([[401, 'signin'], [404, 'not_found'], [429, 'too_fast'], [502, 'busy'], [418, 'bad_shape']])('reads %i of a proxy as %s', async (status, code) => {
    answers(status, '<html>');
    expect(why(await call('GET', '/x').catch((thrown: unknown) => thrown))).toBe(code);
  });

  it('says offline when nobody answers, or with something else than JSON', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('network')));
    expect(why(await call('GET', '/x').catch((thrown: unknown) => thrown))).toBe('offline');
    answers(200, '<html>');
    expect(why(await call('GET', '/x').catch((thrown: unknown) => thrown))).toBe('offline');
  });
});
