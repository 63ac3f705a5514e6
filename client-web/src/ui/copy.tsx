/** Something to keep that is shown once: large enough to be copied onto paper, and a button for those who would rather not. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';

export function CopyField(props: { label: string; value: string; words: { copy: string; copied: string } }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const copied = useSignal('');

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.value);
      copied.value = props.value;
    } catch {
      // Without TLS browsers keep the clipboard shut; the old way is still there, and else the text is marked.
      field.current?.select();
      copied.value = document.execCommand('copy') ? props.value : '';
    }
  }

  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        <input id={id} ref={field} class="code" readOnly value={props.value} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="btn line" onClick={() => void copy()}>{props.words.copy}</button>
      </div>
      <p class="sub" role="status">{copied.value === props.value ? props.words.copied : ''}</p>
    </div>
  );
}
