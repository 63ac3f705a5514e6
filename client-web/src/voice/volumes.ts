/** How loud each voice is on this device. Of people only for the length of their stay: their number is forgotten with it. */
import { signal } from '@preact/signals';
import type { PersonId } from '../protocol/types';

/** From 0 (silent) to 1 (as it is sent). */
export type Volume = number;

const KEY = 'ibasho.volumes';
/** More than a room holds; so long as a tab lives, people come and go. */
const MOST_KEPT = 200;

function kept(): ReadonlyMap<PersonId, Volume> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as [PersonId, Volume][]);
  } catch {
    return new Map();
  }
}

export const volumes = signal(kept());

export function setVolume(who: PersonId, volume: Volume): void {
  const next = new Map(volumes.value);
  next.delete(who);
  if (volume !== 1) next.set(who, volume);
  volumes.value = new Map([...next].slice(-MOST_KEPT));
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...volumes.value]));
  } catch {
    // Storage is switched off: then it holds until the page is closed.
  }
}

/** Whether this device lets a page choose a volume; iPhones only know on and off. */
export function canChooseVolume(): boolean {
  const probe = new Audio();
  probe.volume = 0.5;
  return probe.volume === 0.5;
}
