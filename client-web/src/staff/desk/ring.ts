/** The bell of this browser, and whether it is wanted here. */
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { deskWordsOf } from '../../i18n/desk';
import type { Staff } from '../app';
import { browserBell, createBell } from './bell';
import type { Call } from './bell';

export interface Wants {
  sound: boolean;
  blink: boolean;
}

const bell = createBell(browserBell);
const seen = (): void => {
  if (browserBell.watched()) bell.seen();
};
addEventListener('focus', seen);
document.addEventListener('visibilitychange', seen);

let kept: Signal<Wants> | null = null;

/** Neither, until somebody asks for it. */
export function wantsOf({ memory }: Pick<Staff, 'memory'>): Signal<Wants> {
  if (!kept) {
    const { deskSound = false, deskBlink = false } = memory.habits();
    kept = signal({ sound: deskSound, blink: deskBlink });
  }
  return kept;
}

export function want(staff: Pick<Staff, 'memory'>, change: Partial<Wants>): void {
  const wants = wantsOf(staff);
  wants.value = { ...wants.value, ...change };
  staff.memory.keepHabits({ deskSound: wants.value.sound, deskBlink: wants.value.blink });
}

export function ring(staff: Staff, call: Call, waits: number): void {
  bell.call(call, wantsOf(staff).value, deskWordsOf(staff.settings.lang.value).titleNew(waits));
}

/** So that one knows what to listen for; a browser lets a page sound only after it was touched. */
export function tryBell(): void {
  browserBell.play([659, 440]);
}
