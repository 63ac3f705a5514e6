/** The desk in this browser: what waits, kept up to date by the server's news, and the case that is open. One for the
 *  whole page, so that the bell is heard from the other views as well. */
import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { Refused, call, why } from '../../net/api';
import type { Why } from '../../net/api';
import type { CaseLine, CaseView, DeskStaff, Live, Made, Queue } from '../../protocol/types';
import { API } from '../app';
import type { Staff } from '../app';
import { browserMeans, follow } from './live';
import type { Line, Live as Following } from './live';
import { ring } from './ring';
import { fresh, isUrgent, mustLook, sorted, successor, waiting } from './order';

export const DESK = `${API}/desk`;
/** A line may be dead without anybody having said so: it is looked after this often, in milliseconds. */
const LOOK_MS = 20_000;
/** Between two looks at the queue, in milliseconds: in a raid there is news a hundred times a second. */
const GAP_MS = 200;
/** How often waiting times are counted anew, in milliseconds: they are told in minutes. */
const TICK_MS = 5_000;
/** A case that is open here is claimed again this often, in milliseconds: the server gives it five minutes. */
const RENEW_MS = 60_000;
const NEWS = ['touched', 'alert', 'escalate', 'reload'] as const satisfies readonly Live['live'][];

/** What came of something that was done. */
export interface Said {
  text: string;
  /** The sanction that was decided: to be taken back with one tap. */
  undo?: number;
}

export interface DeskStore {
  queue: ReadonlySignal<Queue | null>;
  cases: ReadonlySignal<readonly CaseLine[]>;
  /** Why the queue is not newer. */
  trouble: ReadonlySignal<Why | null>;
  line: ReadonlySignal<Line>;
  /** The server's clock, in milliseconds since the Unix epoch; it moves in steps. */
  now: ReadonlySignal<number>;
  me: ReadonlySignal<DeskStaff | null>;
  /** The case that is open. */
  open: ReadonlySignal<number | null>;
  view: ReadonlySignal<CaseView | null>;
  viewTrouble: ReadonlySignal<Why | null>;
  /** Where to go on in the queue. */
  cursor: Signal<number | null>;
  /** What was done last, for eyes and readers. */
  said: Signal<Said | null>;
  /** Called when something new waits, or nobody came yet. */
  onCall: Signal<((call: 'soft' | 'urgent', waiting: number) => void) | null>;
  /** Counts the changes of what was decided, and of the rules: views that show them load anew. */
  changes: ReadonlySignal<{ sanction: number; rules: number }>;
  look(id: number): void;
  /** Looks into the open case once more. */
  lookAgain(): Promise<void>;
  /** Back to the queue; when the case is `done`, to what stood behind it. */
  away(done?: boolean): void;
  reload(): Promise<void>;
  /** Sends something to the desk. Rejects with `Refused`; what is shown is loaded anew either way. */
  send<T = Made>(path: string, body?: unknown): Promise<T>;
  name(id: number): string;
  stop(): void;
}

export function createDesk(staff: Staff): DeskStore {
  const queue = signal<Queue | null>(null);
  const trouble = signal<Why | null>(null);
  const line = signal<Line>('opening');
  const open = signal<number | null>(null);
  const view = signal<CaseView | null>(null);
  const viewTrouble = signal<Why | null>(null);
  const cursor = signal<number | null>(null);
  const said = signal<Said | null>(null);
  const onCall = signal<((call: 'soft' | 'urgent', waiting: number) => void) | null>(null);
  const changes = signal({ sanction: 0, rules: 0 });
  const skew = signal(0);
  const clock = signal(Date.now());
  const cases = computed(() => sorted(queue.value?.cases ?? []));
  const me = computed(() => queue.value?.staff.find((one) => one.me) ?? null);

  function lost(error: unknown): Why {
    const because = why(error);
    if (because === 'signin' && staff.me.value) staff.signedOut('again');
    return because;
  }

  let loading: Promise<void> | null = null;
  let again = false;
  /** One question at a time: twenty pieces of news are one answer. */
  async function reload(): Promise<void> {
    again = true;
    loading ??= (async () => {
      while (again) {
        again = false;
        try {
          heard(await call<Queue>('GET', DESK));
          trouble.value = null;
        } catch (error) {
          trouble.value = lost(error);
        }
        if (again) await new Promise((resume) => setTimeout(resume, GAP_MS));
      }
      loading = null;
    })();
    await loading;
  }

  function heard(next: Queue): void {
    const news = fresh(queue.value && queue.value.cases, next.cases);
    batch(() => {
      skew.value = next.now - Date.now();
      queue.value = next;
      staff.waits.value = waiting(next.cases).length;
    });
    if (news.length > 0) onCall.value?.(news.some(isUrgent) ? 'urgent' : 'soft', staff.waits.value);
    follows();
  }

  /** The open case as the queue has it now; looked into again only when there is more to see. */
  function follows(): void {
    const seen = view.value;
    if (!seen || seen.line.id !== open.value || seen.closed) return;
    const now = cases.value.find(({ id }) => id === seen.line.id);
    // Asked for before one's own tap, and answered after it.
    if (now && now.version < seen.line.version) return;
    if (now && !mustLook(seen.line, now)) {
      view.value = { ...seen, line: now };
    } else void read(seen.line.id);
  }

  let asked = 0;
  async function read(id: number): Promise<void> {
    const mine = ++asked;
    try {
      const found = await call<CaseView>('GET', `${DESK}/cases/${id}`);
      if (mine === asked && open.value === id) [view.value, viewTrouble.value] = [found, null];
    } catch (error) {
      const because = lost(error);
      if (mine === asked && open.value === id) viewTrouble.value = because;
    }
  }

  function look(id: number): void {
    batch(() => {
      [open.value, cursor.value, view.value, viewTrouble.value, said.value] = [id, id, null, null, null];
    });
    void read(id);
  }

  function away(done = view.value?.closed !== undefined): void {
    const gone = open.value;
    asked++;
    batch(() => {
      if (gone !== null && done) cursor.value = successor(cases.value.map(({ id }) => id), gone);
      [open.value, view.value, viewTrouble.value] = [null, null, null];
    });
  }

  async function send<T = Made>(path: string, body?: unknown): Promise<T> {
    try {
      const made = await call<T>('POST', `${DESK}/${path}`, body ?? {});
      // The next tap may come sooner than the queue: what one has done oneself is no news.
      const { id, version } = (made ?? {}) as Partial<Made>;
      const seen = view.value;
      if (seen && path.startsWith('cases/') && seen.line.id === id && version !== undefined) view.value = { ...seen, line: { ...seen.line, version } };
      return made;
    } catch (error) {
      lost(error);
      // A tap on what is no longer so: what is so now is shown at once.
      const id = open.value;
      if (error instanceof Refused && id !== null && path.startsWith(`cases/${id}/`)) await read(id);
      throw error;
    } finally {
      void reload();
    }
  }

  function told(name: string, data: string): void {
    let news: Live;
    try {
      news = JSON.parse(data) as Live;
    } catch {
      return;
    }
    if (name === 'touched' && news.live === 'touched') {
      if (news.what === 'sanction' || news.what === 'rules') changes.value = { ...changes.value, [news.what]: changes.value[news.what] + 1 };
      if (news.what === 'rules') return;
    }
    // Nobody came: it is said again to everybody, also to those who have seen it.
    if (news.live === 'escalate') onCall.value?.('urgent', staff.waits.value);
    void reload();
  }

  const following: Following = follow(browserMeans(`${DESK}/live`, NEWS), line, { again: () => void reload(), said: told });
  const wake = (): void => {
    if (document.visibilityState !== 'visible') return;
    following.hurry();
    void reload();
  };
  const timers = [
    setInterval(() => void reload(), LOOK_MS),
    setInterval(() => void (clock.value = Date.now()), TICK_MS),
    setInterval(() => {
      const now = view.value?.line;
      if (now?.handled && now.handled.by === me.value?.id && !view.value?.closed) void send(`cases/${now.id}/claim`).catch(() => {});
    }, RENEW_MS),
  ];
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  void reload();

  const store: DeskStore = {
    queue, cases, trouble, line, me, open, view, viewTrouble, cursor, said, onCall, changes, look, away,
    lookAgain: async () => {
      if (open.value !== null) await read(open.value);
    },
    reload, send,
    now: computed(() => clock.value + skew.value),
    name: (id) => queue.value?.staff.find((one) => one.id === id)?.name ?? `#${id}`,
    stop: () => {
      following.stop();
      timers.forEach(clearInterval);
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      staff.waits.value = 0;
    },
  };
  return store;
}

let current: { desk: DeskStore; who: string } | null = null;

/** The desk of who is signed in; it ends when they sign out. */
export function deskOf(staff: Staff): DeskStore {
  const who = staff.me.peek()?.login ?? '';
  if (current?.who === who) return current.desk;
  current?.desk.stop();
  const desk = createDesk(staff);
  desk.onCall.value = (urgent, waits) => ring(staff, urgent, waits);
  current = { desk, who };
  const end = effect(() => {
    if (staff.me.value?.login === who) return;
    if (current?.desk === desk) current = null;
    desk.stop();
    // Not while the effect itself runs.
    queueMicrotask(() => end());
  });
  return desk;
}
