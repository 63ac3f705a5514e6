/** What this browser remembers: the way back to one's seat, and how one likes it. Never a word that was said. */
import type { Look, Way } from '../protocol/types';

export interface Seat {
  room: string;
  token: string;
}

export interface Habits {
  nick?: string;
  look?: Look;
  way?: Way;
  room?: string;
  lang?: string;
  mood?: string;
  calm?: boolean;
  /** How loud everybody is, 0 to 1. */
  loud?: number;
  /** Devices, by the number that the browser gave them for this page; empty: the usual one. */
  microphone?: string;
  speaker?: string;
  /** Keys turn the microphone on and off. */
  micKeys?: boolean;
}

export type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Memory {
  seat(): Seat | null;
  keepSeat(seat: Seat | null): void;
  habits(): Habits;
  keepHabits(some: Habits): void;
  /** A staff login lives in this browser: only then does the entrance ask the server about it. */
  staff(): boolean;
  keepStaff(on: boolean): void;
  draft(): string;
  keepDraft(text: string): void;
}

/** Storage may be switched off; then this visit is simply not remembered. */
export function createMemory(lasting: Box | null, passing: Box | null): Memory {
  function read<T extends object>(key: string): T | null {
    try {
      const value: unknown = JSON.parse(lasting?.getItem(key) ?? 'null');
      return typeof value === 'object' ? (value as T | null) : null;
    } catch {
      return null;
    }
  }
  function write(box: Box | null, key: string, value: string | null): void {
    try {
      if (value === null) box?.removeItem(key);
      else box?.setItem(key, value);
    } catch {
      // Full or forbidden: nothing that anybody has to know.
    }
  }
  return {
    seat: () => read<Seat>('ibasho.seat'),
    keepSeat: (seat) => write(lasting, 'ibasho.seat', seat && JSON.stringify(seat)),
    habits: () => read<Habits>('ibasho.habits') ?? {},
    keepHabits: (some) => write(lasting, 'ibasho.habits', JSON.stringify({ ...read<Habits>('ibasho.habits'), ...some })),
    staff: () => read('ibasho.staff') !== null,
    keepStaff: (on) => write(lasting, 'ibasho.staff', on ? '{}' : null),
    draft: () => {
      try {
        return passing?.getItem('ibasho.draft') ?? '';
      } catch {
        return '';
      }
    },
    keepDraft: (text) => write(passing, 'ibasho.draft', text || null),
  };
}

export function browserMemory(): Memory {
  const box = (get: () => Storage): Storage | null => {
    try {
      return get();
    } catch {
      return null;
    }
  };
  return createMemory(box(() => localStorage), box(() => sessionStorage));
}
