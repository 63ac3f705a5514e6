import { beforeEach, describe, expect, it } from 'vitest';
import { EVERY_MS, createPace } from './pace';
import type { Pace } from './pace';

const right = { x: 1, y: 0 };
const down = { x: 0, y: 1 };
let now: number;
let timers: { run: () => void; at: number; id: number }[];
let told: [number, number, number, number][];
let pace: Pace;

beforeEach(() => {
  now = 1000;
  timers = [];
  told = [];
  let ids = 0;
  pace = createPace((heading, cells) => told.push([now, heading.x, heading.y, cells]), {
    now: () => now,
    set: (run, ms) => {
      timers.push({ run, at: now + ms, id: ++ids });
      return ids;
    },
    clear: (id) => void (timers = timers.filter((timer) => timer.id !== id)),
  });
});

function pass(ms: number): void {
  const until = now + ms;
  for (;;) {
    const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers = timers.filter((timer) => timer !== next);
    now = next.at;
    next.run();
  }
  now = until;
}

describe('held keys', () => {
  it('begin at once, go on while held, and stop after the next cell', () => {
    pace.press('r', right);
    expect(told).toEqual([[1000, 1, 0, 4]]);
    pass(2 * EVERY_MS + 10);
    expect(told).toHaveLength(3);
    pace.release('r');
    pass(1000);
    expect(told.slice(3)).toEqual([[1000 + 3 * EVERY_MS, 1, 0, 1]]);
    pass(5000);
    expect(told).toHaveLength(4);
  });

  it('never tell more than four times a second, however fast one types', () => {
    for (let i = 0; i < 100; i++) {
      pace.press('r', right);
      pass(10);
      pace.release('r');
      pass(10);
    }
    const times = told.map(([at]) => at);
    expect(times.length).toBeGreaterThan(3);
    expect(times.slice(1).every((at, i) => at - (times[i] ?? 0) >= EVERY_MS)).toBe(true);
  });

  it('add up, and cancel each other', () => {
    pace.press('r', right);
    pace.press('d', down);
    pass(EVERY_MS);
    expect(told[1]).toEqual([1000 + EVERY_MS, 1, 1, 4]);
    pace.press('l', { x: -1, y: 0 });
    pass(EVERY_MS);
    expect(told[2]?.slice(1)).toEqual([0, 1, 4]);
  });

  it('are all let go when the page loses the focus', () => {
    pace.press('r', right);
    pace.press('d', down);
    pace.releaseAll();
    pass(5000);
    expect(told).toHaveLength(2);
    pace.releaseAll();
    expect(told).toHaveLength(2);
  });

  it('tell nothing more after the end', () => {
    pace.press('r', right);
    pace.stop();
    pass(5000);
    expect(told).toHaveLength(1);
  });
});
