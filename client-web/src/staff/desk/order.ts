/** What waits, in its order, and what has changed between two looks at it. */
import type { CaseLine, CaseMatter, Urgency } from '../../protocol/types';

/** The most urgent first: somebody who cries for help waits behind nobody. */
export const URGENCIES = ['help', 'danger', 'held', 'report', 'appeal', 'proposal'] as const satisfies readonly Urgency[];

/** For these somebody is called who looks elsewhere, and they are marked in words. */
export function isUrgent(line: Pick<CaseLine, 'urgency'>): boolean {
  return line.urgency === 'help' || line.urgency === 'danger';
}

/** By urgency, then who waits longest. Not by who handles it: nothing jumps away under a finger. */
export function sorted(cases: readonly CaseLine[]): CaseLine[] {
  return [...cases].sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || a.at - b.at || a.id - b.id);
}

/** What waits for somebody, and could be taken on. */
export function waiting<Line extends Pick<CaseLine, 'may_handle' | 'handled'>>(cases: readonly Line[]): Line[] {
  return cases.filter((line) => line.may_handle && !line.handled);
}

/** What waits now and did not before: also what somebody put back. At the first look nothing is news. */
export function fresh(before: readonly CaseLine[] | null, after: readonly CaseLine[]): CaseLine[] {
  if (!before) return [];
  const known = new Set(waiting(before).map(({ id }) => id));
  return waiting(after).filter(({ id }) => !known.has(id));
}

/** The line before or after; from nowhere the first one. It does not go round: the end of the list is felt. */
export function neighbour(ids: readonly number[], current: number | null, by: 1 | -1): number | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at < 0) return ids[0] ?? null;
  return ids[at + by] ?? current;
}

/** Where to go on when this line is gone: to what stood behind it, else before it. */
export function successor(ids: readonly number[], gone: number): number | null {
  const at = ids.indexOf(gone);
  return ids[at + 1] ?? ids[at - 1] ?? null;
}

/** What is more urgent than the open case and came while it was open. */
export function overtaking(cases: readonly CaseLine[], open: CaseLine): CaseLine[] {
  const rank = URGENCIES.indexOf(open.urgency);
  return waiting(cases).filter((line) => line.id !== open.id && isUrgent(line) && URGENCIES.indexOf(line.urgency) < rank);
}

/** Whether one must look into the case again: a look is on record, and who handles it stands in the line already. */
export function mustLook(seen: CaseLine, now: CaseLine | undefined): boolean {
  return !now || now.may_handle !== seen.may_handle || told(now.matter) !== told(seen.matter);
}

/** What of a matter came from people and changes what one sees. Who came first to a cry for help does not. */
function told(matter: CaseMatter): string {
  switch (matter.matter) {
    case 'help':
      return `help ${matter.times}`;
    case 'report':
      return `report ${matter.category} ${matter.voice} ${matter.times}`;
    default:
      return matter.matter;
  }
}
