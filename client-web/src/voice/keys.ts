/** Keys for the microphone: M turns it on and off, Space held down is push-to-talk. Who has no use for them turns them off. */
import { isBusy, isFree } from '../input/keys';
import type { Voice } from './voice';

export function listenToMicKeys(voice: Pick<Voice, 'mic' | 'turn'>, wanted: () => boolean): () => void {
  let held = false;

  function down(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !wanted() || isBusy(event.target)) return;
    const state = voice.mic.peek();
    if (state !== 'on' && state !== 'off') return;
    if (event.code === 'KeyM' && !event.repeat) voice.turn(state === 'off');
    else if (event.code === 'Space' && isFree(event.target)) {
      // The page would scroll.
      event.preventDefault();
      if (event.repeat || held || state === 'on') return;
      held = true;
      voice.turn(true);
    }
  }

  function release(): void {
    if (!held) return;
    held = false;
    voice.turn(false);
  }

  function up(event: KeyboardEvent): void {
    if (event.code === 'Space') release();
  }

  window.addEventListener('keydown', down);
  window.addEventListener('keyup', up);
  // Whoever looks elsewhere never hears that the key was let go.
  window.addEventListener('blur', release);
  return () => {
    release();
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', release);
  };
}
