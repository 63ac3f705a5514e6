/** Where one's voice stands, in one sentence, and the way back to only listening. */
import { Icon } from '../ui/drawn';
import { openSheet } from '../ui/sheets';
import { useVoice } from './kit';
import { SAYS_ID } from './mic-button';

export function VoiceLine() {
  const { session, v, voice } = useVoice();
  const call = voice.call.value;
  const state = voice.mic.value;
  const unheard = voice.unheard.value;
  const trouble = voice.trouble.value;
  const broken = call === 'refused';
  const settled = call === 'up' || call === 'shaky' || state === 'muted';
  const says = broken ? v.noCall : !settled ? v.says.connecting : trouble ? v.trouble[trouble] : v.says[state];
  return (
    <div class={state === 'on' ? 'voice-line open' : 'voice-line'}>
      <Icon id={state === 'on' ? 'i-mic' : state === 'listening' ? 'i-ear' : 'i-mute'} />
      <p id={SAYS_ID} role="status">{says}</p>
      <div class="voice-acts">
        {unheard && <button type="button" class="btn main small" onClick={voice.hear}>{v.hear}</button>}
        {broken && <button type="button" class="btn line small" onClick={voice.again}>{v.again}</button>}
        {state !== 'listening' && <button type="button" class="btn quiet" onClick={() => session.intents.setWay('listen')}>{v.onlyListen}</button>}
        <button type="button" class="btn quiet" aria-haspopup="dialog" onClick={() => openSheet({ name: 'sound' })}>{v.sound}</button>
      </div>
    </div>
  );
}
