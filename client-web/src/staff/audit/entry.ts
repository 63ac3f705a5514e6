/** What stands in an entry of the record. */
import type { AuditEntry } from '../../protocol/types';

/** `staff:12`, `person:7`; anything else is a word of its own. */
export function actorOf(code: string): { kind: 'staff' | 'person' | 'other'; id: number } {
  const found = /^(staff|person):(\d{1,16})$/.exec(code);
  return found ? { kind: found[1] as 'staff' | 'person', id: Number(found[2]) } : { kind: 'other', id: 0 };
}

/** The first and the last number of a part. */
export function span(entries: readonly AuditEntry[]): string {
  const [first, last] = [entries[0]?.seq, entries[entries.length - 1]?.seq];
  return first === last ? String(first ?? '') : `${first}–${last}`;
}
