/** Which sheet lies on the table: at most one. */
import { signal } from '@preact/signals';
import type { PersonId } from '../protocol/types';

export type Open =
  | { name: 'help' }
  | { name: 'first' }
  | { name: 'settings' }
  | { name: 'way'; hint?: 'write' | 'react' }
  | { name: 'looks' }
  | { name: 'list' }
  | { name: 'person'; who: PersonId; /** What they wrote, if it is about that. */ words?: number }
  | { name: 'decided' | 'watch' }
  | { name: 'sound' | 'practice' }
  | { name: 'session' | 'themes' | 'box' | 'phrase' };

export const sheet = signal<Open | null>(null);

export function openSheet(open: Open): void {
  sheet.value = open;
}

export function closeSheet(): void {
  sheet.value = null;
}
