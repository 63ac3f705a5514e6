/** Sheets of the voice: sound and devices, and the practice. */
import { useSignal } from '@preact/signals';
import { Sheet } from '../ui/sheet';
import { closeSheet, openSheet } from '../ui/sheets';
import { Tick } from '../ui/tick';
import { Devices } from './devices';
import { useVoice } from './kit';
import { Loudness } from './loudness';
import { GRACE_MS } from './microphone';
import { Practice } from './practice';
import { canChooseVolume } from './volumes';

export function VoiceSheet({ which }: { which: 'sound' | 'practice' }) {
  return which === 'sound' ? <Sound /> : <Practice />;
}

/** Where "a little quieter" goes, from as loud as it is sent. */
const SOFT = 0.4;

function Sound() {
  const { v, voice, memory } = useVoice();
  const keys = useSignal(memory.habits().micKeys ?? true);
  const loud = voice.loud.value;
  return (
    <Sheet title={v.title} onClose={closeSheet}>
      <Loudness label={v.loud} silent={v.silent} value={loud} onPick={(volume) => (voice.loud.value = volume)} />
      {canChooseVolume() && (
        <button type="button" class="btn line wide" onClick={() => (voice.loud.value = loud > SOFT ? SOFT : 1)}>{loud > SOFT ? v.softer : v.asBefore}</button>
      )}
      <Devices known={voice.mic.value} />
      <Tick
        label={v.keys}
        note={v.keysNote}
        on={keys.value}
        onTick={(on) => {
          keys.value = on;
          memory.keepHabits({ micKeys: on });
        }}
      />
      <button type="button" class="btn line wide" onClick={() => openSheet({ name: 'practice' })}>{v.practice}</button>
      <p class="sub">{v.promise} {v.letsGo(GRACE_MS / 1000)}</p>
    </Sheet>
  );
}
