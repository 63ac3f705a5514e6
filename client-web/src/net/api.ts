/** One call of the HTTP API: JSON in, JSON out, and every way in which it may not work out as one kind of `Refused`. */
import type { Refusal, RefusalCode } from '../protocol/types';

/** Why something did not work out: the server's reason, or that it was not reached. */
export type Why = RefusalCode | 'offline';

export class Refused extends Error {
  constructor(
    readonly code: Why,
    readonly refusal: Refusal | null = null,
    /** What was answered instead of a refusal. */
    readonly said: unknown = null,
  ) {
    super(code);
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A weak line may take its time; after that it is kinder to say so. */
const PATIENCE_MS = 20_000;
/** What an answer without a refusal in it most probably means. */
const BY_STATUS: Readonly<Record<number, RefusalCode>> = { 401: 'signin', 403: 'not_allowed', 404: 'not_found', 413: 'too_big', 429: 'too_fast', 503: 'busy' };

export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      signal: stop.signal,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw refused(answer.status, text);
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('offline');
  } finally {
    clearTimeout(timer);
  }
}

function refused(status: number, text: string): Refused {
  let said: Partial<Refusal> | null = null;
  try {
    said = JSON.parse(text) as Partial<Refusal> | null;
    if (typeof said?.code === 'string') return new Refused(said.code, said as Refusal);
  } catch {
    // Something in between has answered.
  }
  return new Refused(BY_STATUS[status] ?? (status >= 500 ? 'busy' : 'bad_shape'), null, said);
}

/** The reason of whatever was thrown. */
export function why(error: unknown): Why {
  return error instanceof Refused ? error.code : 'offline';
}
