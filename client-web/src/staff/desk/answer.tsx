/** A button that answers. It has the number that stands on it, as far as there are keys. */
import type { ComponentChildren } from 'preact';

export function Answer(props: { children: ComponentChildren; busy: boolean; main?: boolean; onTap: () => void }) {
  return (
    <button type="button" data-answer class={props.main ? 'btn main small' : 'btn line small'} aria-disabled={props.busy} onClick={props.onTap}>
      {props.children}
    </button>
  );
}
