/** Which microphone and which loudspeaker. Their names are known only once a microphone was allowed. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { useVoice } from './kit';

type Kind = 'audioinput' | 'audiooutput';

/** `known`: changes when there may be more to know. */
export function Devices({ known, onPick }: { known: unknown; onPick?: () => void }) {
  const { v, memory, voice } = useVoice();
  const devices = useSignal<readonly MediaDeviceInfo[]>([]);
  const habits = useSignal(memory.habits());

  useEffect(() => {
    const { mediaDevices } = navigator;
    const look = (): void => void mediaDevices?.enumerateDevices().then((all) => (devices.value = all.filter(({ label }) => label !== '')), () => undefined);
    look();
    mediaDevices?.addEventListener('devicechange', look);
    return () => mediaDevices?.removeEventListener('devicechange', look);
  }, [known]);

  function pick(kind: Kind, id: string): void {
    memory.keepHabits(kind === 'audioinput' ? { microphone: id } : { speaker: id });
    habits.value = memory.habits();
    voice.devices();
    onPick?.();
  }

  const inputs = devices.value.filter(({ kind }) => kind === 'audioinput');
  // Not every browser lets a page choose where it sounds.
  const outputs = 'setSinkId' in HTMLMediaElement.prototype ? devices.value.filter(({ kind }) => kind === 'audiooutput') : [];
  return (
    <>
      <Pick label={v.microphone} usual={v.usual} nth={v.nth} devices={inputs} value={habits.value.microphone} onPick={(id) => pick('audioinput', id)} />
      <Pick label={v.speaker} usual={v.usual} nth={v.nth} devices={outputs} value={habits.value.speaker} onPick={(id) => pick('audiooutput', id)} />
    </>
  );
}

function Pick(props: { label: string; usual: string; nth: (n: number) => string; devices: readonly MediaDeviceInfo[]; value: string | undefined; onPick: (id: string) => void }) {
  const id = useId();
  if (props.devices.length < 2) return null;
  const own = props.devices.filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications');
  const value = own.some(({ deviceId }) => deviceId === props.value) ? props.value : '';
  return (
    <div class="device">
      <label for={id}>{props.label}</label>
      <select id={id} value={value} onChange={(event) => props.onPick(event.currentTarget.value)}>
        <option value="">{props.usual}</option>
        {own.map(({ deviceId, label }, i) => <option key={deviceId} value={deviceId}>{label || props.nth(i + 1)}</option>)}
      </select>
    </div>
  );
}
