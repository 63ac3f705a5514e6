/** One of a few: native radio buttons in quiet clothes, so that arrow keys and readers know them. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export function Choices<T extends string>(props: {
  legend: string;
  hideLegend?: boolean;
  look: 'rows' | 'chips' | 'picks' | 'picks small' | 'icons' | 'rooms';
  options: readonly { value: T; label: ComponentChildren; name?: string }[];
  value: T;
  onPick: (value: T) => void;
}) {
  const group = useId();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where the row scrolls, what is chosen is in sight from the beginning; a sheet has to be open first.
    const frame = requestAnimationFrame(() => {
      const chosen = row.current?.querySelector<HTMLElement>('input:checked')?.parentElement;
      if (row.current && chosen) row.current.scrollLeft = chosen.offsetLeft - (row.current.clientWidth - chosen.offsetWidth) / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <fieldset class={`choices ${props.look}`}>
      <legend class={props.hideLegend ? 'vh' : 'lab'}>{props.legend}</legend>
      <div ref={row} class="options">
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
