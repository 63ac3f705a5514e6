/** How long to wait before knocking again: full jitter, so that a room full of people does not come back at once. */
export const FIRST_MS = 500;
export const LONGEST_MS = 20_000;

export function backoff(tries: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10)));
}

/** A random moment in the span that the server asked for. */
export function within([from, to]: readonly [number, number], random: number): number {
  return Math.round(from + random * Math.max(0, to - from));
}
