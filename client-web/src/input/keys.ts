/** Keys in the room. They emit intents and never act while somebody writes. */
import type { Heading } from '../state/steer';

export interface KeyIntents {
  steer(heading: Heading, cells: number): void;
  write(): void;
  leave(): void;
}

/** Far enough that the next word to the server is not due before the steps are done. */
const AHEAD_CELLS = 4;
/** At most so often is the server told; its own bound is six a second. */
const EVERY_MS = 280;

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

function sum(held: ReadonlySet<string>): Heading {
  let x = 0;
  let y = 0;
  for (const code of held) {
    x += HEADINGS[code]?.x ?? 0;
    y += HEADINGS[code]?.y ?? 0;
  }
  return { x: Math.sign(x), y: Math.sign(y) };
}

/** Whether keys belong to something else: a field, a list, an open sheet. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable], [role=radiogroup], [role=log], dialog[open]') !== null;
}

export function listenToKeys(intents: KeyIntents): () => void {
  const held = new Set<string>();
  let last: Heading = { x: 0, y: 0 };
  let told = -EVERY_MS;
  let timer: number | null = null;

  /** Tells the server where one goes now, at once if it may, else as soon as it may. */
  function tell(): void {
    if (timer !== null) return;
    const wait = told + EVERY_MS - performance.now();
    if (wait > 0) {
      timer = window.setTimeout(() => {
        timer = null;
        tell();
      }, wait);
      return;
    }
    told = performance.now();
    const heading = sum(held);
    if (heading.x || heading.y) {
      last = heading;
      intents.steer(heading, AHEAD_CELLS);
      tell();
    } else if (last.x || last.y) {
      // The next cell and no farther: so one stops where one let go.
      intents.steer(last, 1);
      last = { x: 0, y: 0 };
    }
  }

  function down(event: KeyboardEvent): void {
    if (isLeaveKey(event)) {
      event.preventDefault();
      intents.leave();
      return;
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    if (HEADINGS[event.code]) {
      event.preventDefault();
      if (event.repeat || held.has(event.code)) return;
      held.add(event.code);
      tell();
    } else if (event.key === '/' || (event.key === 'Enter' && isFree(event.target))) {
      event.preventDefault();
      intents.write();
    }
  }

  function up(event: KeyboardEvent): void {
    if (held.delete(event.code)) tell();
  }

  function release(): void {
    if (held.size === 0) return;
    held.clear();
    tell();
  }

  window.addEventListener('keydown', down);
  window.addEventListener('keyup', up);
  window.addEventListener('blur', release);
  return () => {
    if (timer !== null) window.clearTimeout(timer);
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', release);
  };
}

/** Enter presses what has the focus; only where there is nothing to press it is free. */
function isFree(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest('button, a[href], [role=button]') === null;
}
