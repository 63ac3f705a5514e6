/** When what others do is taken over: the picture and the list do so in the same moments. Each look costs two pictures,
 *  for the browser tells the page when a ride has begun, and each picture the style of all who ride: that is what fifty
 *  people cost most by. A step takes 320 ms. */
export const BEAT_MS = 150;

/** From so many people on who walk at once every second beat is left out: in a crowd nobody sees who set out when, or
 *  passed whom a moment late, and an old phone has its hands full. In a living room of 25 about four walk at once. */
export const CROWD = 20;

/** How long what was brought up to date at `last` waits for the next beat while so many walk; not at all if there was
 *  one since. */
export function untilBeat(last: number, now: number, walkers: number): number {
  const beat = walkers < CROWD ? BEAT_MS : 2 * BEAT_MS;
  const next = (Math.floor(last / beat) + 1) * beat;
  // Timers count whole milliseconds. A clock that was set back must keep nobody waiting.
  return Math.max(0, Math.min(beat, Math.ceil(next - now)));
}
