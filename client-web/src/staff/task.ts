/** Something that is asked of the server: one at a time, and what came of it. */
import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { call, why } from '../net/api';
import type { Why } from '../net/api';
import { useStaff } from './app';
import type { Staff } from './app';

/** The login ended elsewhere: back to its door. */
function signedOutBy(staff: Staff, why: Why): void {
  if (why === 'signin' && staff.me.value) staff.signedOut('again');
}

export interface Task {
  busy: Signal<boolean>;
  trouble: Signal<Why | null>;
  /** Does nothing while the last one is still on its way: a second press is not a second order. */
  run(work: () => Promise<void>): Promise<boolean>;
}

export function useTask(): Task {
  const staff = useStaff();
  const busy = useSignal(false);
  const trouble = useSignal<Why | null>(null);
  return {
    busy,
    trouble,
    run: async (work) => {
      if (busy.value) return false;
      busy.value = true;
      trouble.value = null;
      try {
        await work();
        return true;
      } catch (error) {
        trouble.value = why(error);
        signedOutBy(staff, trouble.value);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

export interface Loaded<T> {
  value: Signal<T | null>;
  trouble: Signal<Why | null>;
  reload(): Promise<void>;
}

/** What is read when a view opens. */
export function useLoaded<T>(path: string): Loaded<T> {
  const staff = useStaff();
  const value = useSignal<T | null>(null);
  const trouble = useSignal<Why | null>(null);
  const last = useRef(0);
  const reload = async (): Promise<void> => {
    // The newest question counts, in whatever order the answers come.
    const mine = ++last.current;
    try {
      const read = await call<T>('GET', path);
      if (mine !== last.current) return;
      [value.value, trouble.value] = [read, null];
    } catch (error) {
      if (mine !== last.current) return;
      trouble.value = why(error);
      signedOutBy(staff, trouble.value);
    }
  };
  useEffect(() => void reload(), [path]);
  return { value, trouble, reload };
}
