/**
 * What this browser remembers: the way back to one's seat, and how one likes it. Never a word that others heard; words that
 * nobody has seen yet, a draft and what was not shown, outlive a reload and end with the visit.
 */
import { DEVICE_CHARS } from '../protocol/types';
import type { Look, Way } from '../protocol/types';
import type { Safety } from './safety';

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
  /** How somebody of the staff is called to the desk: by a sound, by the title of the tab. */
  deskSound?: boolean;
  deskBlink?: boolean;
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
  /** What this browser is known by after somebody was sent away; made here, and nothing but dice. */
  device(): string;
  draft(): string;
  keepDraft(text: string): void;
  /** Words of one's own in this room that were not shown. */
  unshown(room: string): Safety | null;
  keepUnshown(room?: string, words?: Safety): void;
}

/** Storage may be switched off; then this visit is simply not remembered. */
export function createMemory(lasting: Box | null, passing: Box | null): Memory {
  function read<T extends object>(key: string, box = lasting): T | null {
    try {
      const value: unknown = JSON.parse(box?.getItem(key) ?? 'null');
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
  /** For this visit, should storage be switched off. */
  let device = dice();
  return {
    seat: () => read<Seat>('ibasho.seat'),
    keepSeat: (seat) => write(lasting, 'ibasho.seat', seat && JSON.stringify(seat)),
    habits: () => read<Habits>('ibasho.habits') ?? {},
    keepHabits: (some) => write(lasting, 'ibasho.habits', JSON.stringify({ ...read<Habits>('ibasho.habits'), ...some })),
    staff: () => read('ibasho.staff') !== null,
    keepStaff: (on) => write(lasting, 'ibasho.staff', on ? '{}' : null),
    device: () => {
      const kept = read<{ id: string }>('ibasho.device')?.id;
      if (kept?.length === DEVICE_CHARS) return (device = kept);
      write(lasting, 'ibasho.device', JSON.stringify({ id: device }));
      return device;
    },
    draft: () => {
      try {
        return passing?.getItem('ibasho.draft') ?? '';
      } catch {
        return '';
      }
    },
    keepDraft: (text) => write(passing, 'ibasho.draft', text || null),
    unshown: (room) => {
      const kept = read<{ room: string; words: Safety }>('ibasho.unshown', passing);
      return kept?.room === room ? kept.words : null;
    },
    keepUnshown: (room, words) => write(passing, 'ibasho.unshown', words?.held.length ? JSON.stringify({ room, words }) : null),
  };
}

/** 16 random bytes in base64url, without padding. */
function dice(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').slice(0, DEVICE_CHARS);
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
