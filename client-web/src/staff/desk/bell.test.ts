import { expect, it, vi } from 'vitest';
import { BLINK_MS, REST_MS, createBell } from './bell';

function stage(watched = false) {
  let now = 0;
  let title = 'スタッフのページ';
  let timer: (() => void) | null = null;
  const play = vi.fn();
  const bell = createBell({
    now: () => now,
    watched: () => watched,
    play,
    title: { get: () => title, set: (to) => void (title = to) },
    set: (run, ms) => {
      expect(ms).toBe(BLINK_MS);
      timer = run;
      return 1;
    },
    clear: () => void (timer = null),
  });
  return { bell, play, title: () => title, turn: () => timer?.(), rings: () => timer !== null, wait: (ms: number) => void (now += ms) };
}

const BOTH = { sound: true, blink: true };

it('who wants neither is told nothing', () => {
  const { bell, play, title } = stage();
  bell.call('urgent', { sound: false, blink: false }, '待っています');
  expect([play.mock.calls.length, title()]).toEqual([0, 'スタッフのページ']);
});

it('the tab says it in turns until somebody looks, and is then as it was', () => {
  const { bell, title, turn, rings } = stage();
  bell.call('soft', BOTH, '（1）');
  expect(title()).toBe('（1）');
  turn();
  expect(title()).toBe('スタッフのページ');
  bell.call('soft', BOTH, '（2）');
  expect(title()).toBe('（2）');
  bell.seen();
  expect([title(), rings()]).toEqual(['スタッフのページ', false]);
});

it('who looks at the page hears it, and the tab stays as it is', () => {
  const { bell, play, title } = stage(true);
  bell.call('soft', BOTH, '（1）');
  expect([play.mock.calls.length, title()]).toEqual([1, 'スタッフのページ']);
});

it('twenty at once ring once, but what is urgent rings through', () => {
  const { bell, play, wait } = stage();
  for (let i = 0; i < 20; i++) bell.call('soft', BOTH, '');
  expect(play).toHaveBeenCalledTimes(1);
  bell.call('urgent', BOTH, '');
  bell.call('urgent', BOTH, '');
  expect(play).toHaveBeenCalledTimes(2);
  wait(REST_MS);
  bell.call('soft', BOTH, '');
  expect(play).toHaveBeenCalledTimes(3);
});
