/**
 * What waits at the desk of the staff, for those of them who are in a room: a number, no more. It is asked for when
 * something happened there, at most so often; without a login there is nothing to ask for.
 */
import type { CaseLine } from '../protocol/types';
import { isUrgent, waiting } from '../staff/desk/order';

/** The part of the desk's answer that counts here. */
export interface Waits {
  readonly cases: readonly Pick<CaseLine, 'id' | 'urgency' | 'scope' | 'at' | 'handled' | 'may_handle'>[];
  readonly now: number;
}

export interface Waiting {
  /** Nobody has taken it on, and somebody cries for help or is in danger: here, or where nobody came. */
  readonly urgent: number;
  readonly other: number;
  /** Grows with each word that nobody came yet. */
  readonly calls: number;
}

/** A word of the desk that one is needed; `again`: nobody came yet. */
export interface Called {
  readonly case: number;
  readonly again: boolean;
}

export const NOTHING_WAITS: Waiting = { urgent: 0, other: 0, calls: 0 };

/** When nobody has come for so long, it is for everybody to see, whoever was called before one came. */
export const ALONE_MS = 60_000;

/** Who sits in a room is busy there: what is urgent elsewhere only waits, until one is called for it. */
export function waitingIn({ cases, now }: Waits, room: string, called: ReadonlySet<number> = new Set()): Pick<Waiting, 'urgent' | 'other'> {
  const free = waiting(cases);
  const near = ({ id, scope, at }: Waits['cases'][number]): boolean => room === '' || called.has(id) || now - at >= ALONE_MS || (scope !== 'site' && scope.room === room);
  const urgent = free.filter((one) => isUrgent(one) && near(one)).length;
  return { urgent, other: free.length - urgent };
}

/** A burst of news is one question. */
export const BREATH_MS = 1_000;
/** The stream is gone for good, or nothing was heard of the desk: then it is asked for again. */
export const AGAIN_MS = 15_000;

export interface Means {
  /** The room one is in. */
  readonly room: string;
  /** Opens the stream of news; `gone` when it will not come back by itself. */
  open(hears: { news(called?: Called): void; gone(): void }): { close(): void };
  /** `null`: one may not see it. */
  ask(): Promise<Waits | null>;
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

/** Watches until it is stopped. */
export function watchDesk({ room, open, ask, set, clear }: Means, tell: (waiting: Waiting | null) => void): () => void {
  let timer: number | null = null;
  let stream: { close(): void } | null = null;
  let stopped = false;
  const called = new Set<number>();
  /** Nobody came, and what waits has not been looked at since. */
  let again: number[] = [];
  let calls = 0;

  function news(word?: Called): void {
    if (word) called.add(word.case);
    if (word?.again) again.push(word.case);
    if (timer === null) soon(BREATH_MS);
  }

  function soon(ms: number): void {
    if (timer !== null) clear(timer);
    timer = set(() => {
      timer = null;
      void look();
    }, ms);
  }

  async function look(): Promise<void> {
    try {
      const queue = await ask();
      if (stopped) return;
      // Somebody may have come in the meantime; an appeal that is overdue is no reason to startle anybody.
      if (waiting(queue?.cases ?? []).some((one) => isUrgent(one) && again.includes(one.id))) calls++;
      again = [];
      tell(queue && { ...waitingIn(queue, room, called), calls });
      if (queue && !stream) stream = open({ news, gone });
    } catch {
      if (!stopped) soon(AGAIN_MS);
    }
  }

  function gone(): void {
    stream?.close();
    stream = null;
    if (!stopped) soon(AGAIN_MS);
  }

  void look();
  return () => {
    stopped = true;
    if (timer !== null) clear(timer);
    stream?.close();
  };
}
