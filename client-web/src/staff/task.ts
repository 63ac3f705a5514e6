/** Something that is asked of the server: one at a time, and what came of it. */
import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call, why } from '../net/api';
import type { Why } from '../net/api';
import { useStaff } from './app';

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
        // The login ended elsewhere: back to its door.
        if (trouble.value === 'signin' && staff.me.value) staff.signedOut('again');
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

export interface Loaded<T> extends Task {
  value: Signal<T | null>;
  reload(): Promise<void>;
}

/** What is read when a view opens. */
export function useLoaded<T>(path: string): Loaded<T> {
  const task = useTask();
  const value = useSignal<T | null>(null);
  const reload = async (): Promise<void> => {
    await task.run(async () => {
      value.value = await call<T>('GET', path);
    });
  };
  useEffect(() => void reload(), [path]);
  return { ...task, value, reload };
}
