/** What a way of taking part includes: each includes the one before. */
import type { Way } from '../protocol/types';

export const WAYS: readonly Way[] = ['watch', 'react', 'write', 'listen', 'voice'];

export function includes(way: Way, what: Way): boolean {
  return WAYS.indexOf(way) >= WAYS.indexOf(what);
}

/** The way that one chose, as far as a server without voice has it. */
export function offered(way: Way, voice: boolean): Way {
  return !voice && includes(way, 'listen') ? 'write' : way;
}
