/** When what others do is taken over: the picture and the list do so in the same moments. Each look costs two pictures,
 *  for the browser tells the page when a ride has begun, and each picture the style of all who ride: that is what fifty
 *  people cost most by. A step takes 320 ms. */
export const BEAT_MS = 150;

/** How long what was brought up to date at `last` waits for the next beat; not at all if there was one since. */
export function untilBeat(last: number, now: number): number {
  const next = (Math.floor(last / BEAT_MS) + 1) * BEAT_MS;
  // Timers count whole milliseconds. A clock that was set back must keep nobody waiting.
  return Math.max(0, Math.min(BEAT_MS, Math.ceil(next - now)));
}
