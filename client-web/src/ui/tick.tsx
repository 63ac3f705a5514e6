/** A box to tick, with the finger's whole row to hit it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export function Tick(props: { label: ComponentChildren; note?: string | undefined; on: boolean; onTick: (on: boolean) => void }) {
  const id = useId();
  return (
    <div class="tick">
      <label>
        <input type="checkbox" checked={props.on} aria-describedby={props.note ? id : undefined} onChange={(event) => props.onTick(event.currentTarget.checked)} />
        <span>{props.label}</span>
      </label>
      {props.note && <p id={id} class="sub">{props.note}</p>}
    </div>
  );
}
