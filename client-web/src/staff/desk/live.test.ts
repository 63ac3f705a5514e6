import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import { FIRST_MS, LONGEST_MS, PAUSE_MS, STEADY_MS, follow } from './live';
import type { Hearing, Line } from './live';

/** A browser whose clock is moved by hand. */
function stage() {
  const line = signal<Line>('opening');
  const again = vi.fn();
  const said = vi.fn();
  const closed = vi.fn();
  const opened: Hearing[] = [];
  const timers = new Map<number, { run: () => void; ms: number }>();
  let next = 1;
  const live = follow(
    {
      open: (hearing) => {
        opened.push(hearing);
        return { close: closed };
      },
      random: () => 1,
      set: (run, ms) => {
        timers.set(next, { run, ms });
        return next++;
      },
      clear: (timer) => void timers.delete(timer),
    },
    line,
    { again, said },
  );
  const last = (): Hearing => {
    const hearing = opened[opened.length - 1];
    if (!hearing) throw new Error('no stream was opened');
    return hearing;
  };
  /** Lets the one timer ring that there is, and says how long it was. */
  const ring = (): number => {
    const [[id, timer] = [0, { run: () => {}, ms: -1 }]] = [...timers];
    timers.delete(id);
    timer.run();
    return timer.ms;
  };
  return { live, line, again, said, closed, opened, timers, last, ring };
}

it('what happened before the stream is asked for anew, each time it opens', () => {
  const { line, again, said, last, ring } = stage();
  expect(line.value).toBe('opening');
  last().opened();
  expect([line.value, again.mock.calls.length]).toEqual(['live', 1]);
  last().said('touched', '{}');
  expect(said).toHaveBeenCalledWith('touched', '{}');
  last().ended();
  expect(line.value).toBe('lost');
  ring();
  last().opened();
  expect([line.value, again.mock.calls.length]).toEqual(['live', 2]);
});

it('it waits longer each time, and never for ever', () => {
  const { last, ring, opened } = stage();
  const pauses = Array.from({ length: 10 }, () => {
    last().ended();
    return ring();
  });
  expect(pauses.slice(0, 3)).toEqual([PAUSE_MS + FIRST_MS, PAUSE_MS + 2 * FIRST_MS, PAUSE_MS + 4 * FIRST_MS]);
  expect(Math.max(...pauses)).toBe(PAUSE_MS + LONGEST_MS);
  expect(opened).toHaveLength(11);
});

it('a stream that only opens and ends does not make it knock faster; one that lasts does', () => {
  const { last, ring } = stage();
  for (let i = 0; i < 3; i++) {
    last().opened();
    last().ended();
    ring();
  }
  last().ended();
  expect(ring()).toBe(PAUSE_MS + 8 * FIRST_MS);
  last().opened();
  expect(ring()).toBe(STEADY_MS);
  last().ended();
  expect(ring()).toBe(PAUSE_MS + FIRST_MS);
});

it('one stream at a time: an old one has nothing more to say', () => {
  const { live, last, opened, said, timers, closed } = stage();
  const first = last();
  first.ended();
  first.ended();
  expect(timers.size).toBe(1);
  live.hurry();
  expect([opened.length, timers.size]).toEqual([2, 0]);
  live.hurry();
  expect(opened).toHaveLength(2);
  first.said('touched', '{}');
  expect(said).not.toHaveBeenCalled();
  last().opened();
  live.stop();
  last().said('touched', '{}');
  last().ended();
  expect([said.mock.calls.length, timers.size, opened.length]).toEqual([0, 0, 2]);
  expect(closed).toHaveBeenCalledTimes(2);
});
