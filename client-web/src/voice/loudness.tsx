/** How loud something is: a slider, or a switch where the device leaves the loudness to its own buttons. */
import { useId } from 'preact/hooks';
import { Tick } from '../ui/tick';
import { canChooseVolume } from './volumes';
import type { Volume } from './volumes';

/** A tenth of the way: finer nobody hears. */
const STEP = 10;

export function Loudness(props: { label: string; silent: string; note?: string; value: Volume; onPick: (volume: Volume) => void }) {
  const id = useId();
  if (!canChooseVolume()) return <Tick label={props.silent} note={props.note} on={props.value === 0} onTick={(on) => props.onPick(on ? 0 : 1)} />;
  const percent = Math.round(props.value * 100);
  return (
    <div class="loudness">
      <label for={id}>{props.label}</label>
      <input id={id} type="range" min={0} max={100} step={STEP} value={percent} aria-valuetext={`${percent}%`} aria-describedby={props.note && `${id}-note`} onInput={(event) => props.onPick(Number(event.currentTarget.value) / 100)} />
      {props.note && <p id={`${id}-note`} class="sub">{props.note}</p>}
    </div>
  );
}
