/**
 * The elements that play voices, one for each slot. Phones let only those sound that were begun inside a tap, so they are
 * begun in the tap that chooses to listen; everything else about voice comes later, with its own part of the page.
 */
import { SLOTS } from '../protocol/types';

const ears: HTMLAudioElement[] = [];

/** Best inside a tap. */
export function openEars(): readonly HTMLAudioElement[] {
  for (let i = ears.length; i < SLOTS; i++) {
    const ear = new Audio();
    ear.autoplay = true;
    // Older iPhones would open a player over the page.
    ear.setAttribute('playsinline', '');
    ears.push(ear);
  }
  // There may be nothing to play yet: that somebody tapped is what counts.
  for (const ear of ears) ear.play().catch(() => undefined);
  return ears;
}
