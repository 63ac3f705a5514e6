/** The microphone in the bar: one calm button that always says where it stands. */
import { useEffect } from 'preact/hooks';
import { Icon } from '../ui/drawn';
import { listenToMicKeys } from './keys';
import { useVoice } from './kit';
import { turns } from './mic';

/** Of the sentence in the line of the voice, which tells the state in full. */
export const SAYS_ID = 'voice-says';

export function Mic() {
  const { session, memory, v, voice } = useVoice();
  const state = voice.mic.value;

  useEffect(() => listenToMicKeys(voice, () => memory.habits().micKeys ?? true), []);

  if (state === 'listening') {
    return (
      <button type="button" class="mic needs" aria-describedby={SAYS_ID} onClick={() => session.intents.setWay('voice')}>
        <Icon id="i-mic" />
        {v.speak}
      </button>
    );
  }
  if (!turns(state)) {
    return (
      <button type="button" class="mic needs" aria-disabled="true" aria-describedby={SAYS_ID} onClick={() => (session.notice.value = () => v.says[state])}>
        <Icon id="i-mute" />
        {v.rests[state as keyof typeof v.rests]}
      </button>
    );
  }
  const on = state === 'on';
  return (
    <button type="button" class="mic needs" aria-pressed={on} aria-describedby={SAYS_ID} onClick={() => voice.turn(!on)}>
      <Icon id={on ? 'i-mic' : 'i-mute'} />
      <span>
        {v.mic}
        <i aria-hidden="true">{on ? v.micOn : v.micOff}</i>
      </span>
    </button>
  );
}
