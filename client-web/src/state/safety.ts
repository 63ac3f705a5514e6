/**
 * What staff decided about oneself, and what became of one's own words, as one knows it. Pure. Each piece of news replaces
 * what was said of the same matter before; nothing goes unsaid because something else was said.
 */
import type { Notice, Waits } from '../protocol/types';

/** What one was told and has not put away. */
export interface Told {
  /** The matter; one piece of news for each. */
  readonly about: string;
  readonly notice: Notice;
}

/** A message of one's own that staff look at first, or did. It stays here when it was not shown, so that it can be written anew. */
export interface Held extends Waits {
  readonly waits: boolean;
  /** There seems to be personal data in it. */
  readonly edit: boolean;
}

export interface Safety {
  readonly told: readonly Told[];
  readonly held: readonly Held[];
}

export const NOTHING_TOLD: Safety = { told: [], held: [] };
/** More than anybody reads; each comes from a decision that a person took. */
export const MOST_TOLD = 30;
/** What answers something that one has done oneself is seen where one did it. */
const SEEN: readonly Notice['notice'][] = ['being_looked_at', 'shown', 'taken_back', 'report_received'];

export function matter(notice: Notice): string {
  if ('hold' in notice) return `hold${notice.hold}`;
  if ('sanction' in notice) return `sanction${notice.sanction}`;
  if ('message' in notice) return `message${notice.message}`;
  return 'case' in notice ? `case${notice.case}` : `${notice.notice} ${notice.reason}`;
}

export function told({ told, held }: Safety, notice: Notice): Safety {
  const about = matter(notice);
  const rest = told.filter((one) => one.about !== about);
  const over = 'hold' in notice && notice.notice !== 'being_looked_at' ? notice.hold : null;
  return {
    told: (SEEN.includes(notice.notice) ? rest : [...rest, { about, notice }]).slice(-MOST_TOLD),
    held: over === null ? held : put(held, { hold: over, waits: false }),
  };
}

export function putAway(safety: Safety, about: string): Safety {
  return { ...safety, told: safety.told.filter((one) => one.about !== about) };
}

/** All that waits now, as the server has it. */
export function waiting(safety: Safety, now: readonly Waits[]): Safety {
  if (now.length === 0 && safety.held.length === 0) return safety;
  const still = safety.held.map((one) => ({ ...one, waits: now.some(({ hold }) => hold === one.hold) }));
  return { ...safety, held: now.reduce((held, one) => put(held, { ...one, waits: true }), still as readonly Held[]) };
}

/** The answer to one's own words: they wait. What became of them may be known already. */
export function holds(safety: Safety, one: Omit<Held, 'waits'>): Safety {
  const known = safety.held.find(({ hold }) => hold === one.hold);
  return { ...safety, held: put(safety.held, { ...one, waits: known?.waits ?? true }) };
}

/**
 * What outlives a reload: one's own words that wait or were not shown, and why. The server keeps no words that nobody saw,
 * and says only once why they were not shown.
 */
export function lasting({ told, held }: Safety): Safety {
  const unshown = told.filter(({ notice }) => notice.notice === 'not_shown');
  return { told: unshown, held: held.filter(({ hold, waits }) => waits || unshown.some(({ about }) => about === `hold${hold}`)) };
}

function put(held: readonly Held[], news: Partial<Held> & Pick<Held, 'hold' | 'waits'>): readonly Held[] {
  const before = held.find(({ hold }) => hold === news.hold);
  const one: Held = { text: '', at: 0, edit: false, ...before, ...news };
  return before ? held.map((other) => (other === before ? one : other)) : [...held, one].slice(-MOST_TOLD);
}
