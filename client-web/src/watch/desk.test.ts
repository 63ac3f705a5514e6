import { describe, expect, it, vi } from 'vitest';
import { AGAIN_MS, ALONE_MS, BREATH_MS, waitingIn, watchDesk } from './desk';
import type { Called, Waits, Waiting } from './desk';

const HERE = { room: 'umibe' };

const QUEUE: Waits = {
  cases: [
    { id: 1, urgency: 'help', scope: HERE, at: 0, may_handle: true },
    { id: 2, urgency: 'danger', scope: HERE, at: 0, may_handle: true, handled: { by: 3, until: 9 } },
    { id: 3, urgency: 'danger', scope: HERE, at: 0, may_handle: false },
    { id: 4, urgency: 'held', scope: HERE, at: 0, may_handle: true },
    { id: 5, urgency: 'report', scope: 'site', at: 0, may_handle: true },
  ],
  now: 5_000,
};

const EMPTY: Waits = { cases: [], now: 5_000 };

it('counts what nobody handles and one may take on; help and danger are urgent', () => {
  expect(waitingIn(QUEUE, 'umibe')).toEqual({ urgent: 1, other: 2 });
  expect(waitingIn(EMPTY, 'umibe')).toEqual({ urgent: 0, other: 0 });
});

it('knows what is urgent here from what is urgent elsewhere, where others are, until one is called for it', () => {
  expect(waitingIn(QUEUE, 'niwa')).toEqual({ urgent: 0, other: 3 });
  expect(waitingIn(QUEUE, 'niwa', new Set([1, 2, 4]))).toEqual({ urgent: 1, other: 2 });
  expect(waitingIn(QUEUE, '')).toEqual({ urgent: 1, other: 2 });
  // Whoever comes in later was not called; they see it all the same.
  expect(waitingIn({ ...QUEUE, now: ALONE_MS }, 'niwa')).toEqual({ urgent: 1, other: 2 });
});

/** A browser whose clock is moved by hand. */
function stage(...answers: (Waits | null | Error)[]) {
  return stageIn('umibe', answers);
}

function stageIn(room: string, answers: readonly (Waits | null | Error)[]) {
  const told: (Waiting | null)[] = [];
  const timers = new Map<number, { run: () => void; ms: number }>();
  const streams: { news(called?: Called): void; gone(): void }[] = [];
  const close = vi.fn();
  let next = 0;
  let asked = 0;
  const stop = watchDesk(
    {
      room,
      open: (hears) => {
        streams.push(hears);
        return { close };
      },
      ask: async () => {
        const answer = answers[Math.min(asked++, answers.length - 1)];
        if (answer instanceof Error) throw answer;
        return answer ?? null;
      },
      set: (run, ms) => {
        timers.set(++next, { run, ms });
        return next;
      },
      clear: (timer) => void timers.delete(timer),
    },
    (waiting) => void told.push(waiting),
  );
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  /** Lets the one timer ring that there is, and says how long it was. */
  const ring = async (): Promise<number> => {
    const [[id, timer] = [0, { run: () => {}, ms: -1 }]] = [...timers];
    timers.delete(id);
    timer.run();
    await settle();
    return timer.ms;
  };
  return { told, timers, streams, close, stop, settle, ring, asked: () => asked };
}

describe('the desk', () => {
  it('is asked once for a burst of news', async () => {
    const { told, timers, streams, settle, ring, asked } = stage(QUEUE, EMPTY);
    await settle();
    expect(told).toEqual([{ urgent: 1, other: 2, calls: 0 }]);
    for (let i = 0; i < 5; i++) streams[0]?.news();
    expect(timers.size).toBe(1);
    expect(await ring()).toBe(BREATH_MS);
    expect(asked()).toBe(2);
    expect(told.at(-1)).toEqual({ urgent: 0, other: 0, calls: 0 });
    expect(streams).toHaveLength(1);
  });

  it('is left alone by whoever may not see it', async () => {
    const { told, timers, streams, settle } = stage(null);
    await settle();
    expect([told, timers.size, streams.length]).toEqual([[null], 0, 0]);
  });

  it('is asked again when it was not reached, and when the stream is gone for good', async () => {
    const { streams, settle, ring, close, told } = stage(new Error('offline'), QUEUE, QUEUE);
    await settle();
    expect(told).toEqual([]);
    expect(await ring()).toBe(AGAIN_MS);
    streams[0]?.gone();
    expect(close).toHaveBeenCalledTimes(1);
    expect(await ring()).toBe(AGAIN_MS);
    expect(streams).toHaveLength(2);
  });

  it('is not asked any more once one has left', async () => {
    const { stop, streams, settle, timers, close, told } = stage(QUEUE);
    await settle();
    streams[0]?.news();
    stop();
    expect([timers.size, close.mock.calls.length, told.length]).toEqual([0, 1, 1]);
  });

  it('calls again when nobody came, and for another room only then', async () => {
    const { told, streams, settle, ring } = stageIn('niwa', [QUEUE, QUEUE, QUEUE, EMPTY]);
    await settle();
    expect(told.at(-1)).toEqual({ urgent: 0, other: 3, calls: 0 });
    streams[0]?.news({ case: 1, again: true });
    await ring();
    expect(told.at(-1)).toEqual({ urgent: 1, other: 2, calls: 1 });
    // An appeal that is overdue, or what somebody has taken on: no reason to startle anybody.
    streams[0]?.news({ case: 5, again: true });
    streams[0]?.news({ case: 2, again: true });
    await ring();
    expect(told.at(-1)).toEqual({ urgent: 1, other: 2, calls: 1 });
    streams[0]?.news({ case: 1, again: true });
    await ring();
    expect(told.at(-1)).toEqual({ urgent: 0, other: 0, calls: 1 });
  });
});
