/** Keys in the room. They emit intents and never act while somebody writes. */
import type { Heading } from '../state/steer';
import { createPace } from './pace';

export interface KeyIntents {
  steer(heading: Heading, cells: number): void;
  write(): void;
  leave(): void;
}

const HEADINGS: Record<string, Heading> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  KeyW: { x: 0, y: -1 },
  KeyS: { x: 0, y: 1 },
  KeyA: { x: -1, y: 0 },
  KeyD: { x: 1, y: 0 },
};

/** Written in the help sheet; three keys at once are not pressed by mistake. */
export function isLeaveKey(event: KeyboardEvent): boolean {
  return event.shiftKey && (event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyL';
}

/** Whether keys belong to something else: a field, a list, an open sheet. */
export function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable], [role=radiogroup], [role=log], dialog[open]') !== null;
}

export function listenToKeys(intents: KeyIntents): () => void {
  const pace = createPace(intents.steer, {
    now: () => performance.now(),
    set: (run, ms) => window.setTimeout(run, ms),
    clear: (id) => window.clearTimeout(id),
  });

  function down(event: KeyboardEvent): void {
    if (isLeaveKey(event)) {
      event.preventDefault();
      intents.leave();
      return;
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const heading = HEADINGS[event.code];
    if (heading) {
      event.preventDefault();
      pace.press(event.code, heading);
    } else if (event.key === '/' || (event.key === 'Enter' && isFree(event.target))) {
      event.preventDefault();
      intents.write();
    }
  }

  function up(event: KeyboardEvent): void {
    pace.release(event.code);
  }

  window.addEventListener('keydown', down);
  window.addEventListener('keyup', up);
  window.addEventListener('blur', pace.releaseAll);
  return () => {
    pace.stop();
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', pace.releaseAll);
  };
}

/** Enter presses what has the focus; only where there is nothing to press it is free. */
export function isFree(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest('button, a[href], [role=button]') === null;
}
