/** One of a few: native radio buttons in quiet clothes, so that arrow keys and readers know them. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export function Choices<T extends string>(props: {
  legend: string;
  hideLegend?: boolean;
  look: 'rows' | 'chips' | 'picks' | 'picks small' | 'icons' | 'rooms';
  options: readonly { value: T; label: ComponentChildren; name?: string }[];
  value: T;
  onPick: (value: T) => void;
}) {
  const group = useId();
  return (
    <fieldset class={`choices ${props.look}`}>
      <legend class={props.hideLegend ? 'vh' : 'lab'}>{props.legend}</legend>
      <div class="options">
        {props.options.map((option) => (
          <label key={option.value} class="option">
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === props.value}
              aria-label={option.name}
              onChange={() => props.onPick(option.value)}
            />
            <span class="face">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
