/** A field and a button: what one writes is sent, answered, and never lost to a refusal. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RefusalCode } from '../../protocol/types';
import type { Outcome } from '../../net/machine';
import { graphemes, sentence, useWords } from '../app';

export function Writing(props: {
  label: string;
  note?: string;
  send: string;
  most: number;
  /** One line, or several. */
  rows?: number;
  /** Said when it was done. */
  thanks: string;
  onSend: (text: string) => Promise<Outcome>;
}) {
  const { w } = useWords();
  const id = useId();
  const text = useSignal('');
  const said = useSignal('');
  const busy = useSignal(false);
  const over = graphemes(text.value.trim()) - props.most;

  async function send(): Promise<void> {
    const words = text.value.trim();
    if (busy.value || over > 0) return;
    if (words === '') return void (said.value = w.refusal['text_empty' satisfies RefusalCode]);
    busy.value = true;
    const outcome = await props.onSend(words);
    busy.value = false;
    if (outcome.is === 'done') text.value = '';
    said.value = outcome.is === 'done' ? props.thanks : sentence(outcome, w);
  }

  const field = {
    id,
    value: text.value,
    autocomplete: 'off',
    'aria-describedby': `${id}-note`,
    onInput: (event: { currentTarget: { value: string } }) => {
      text.value = event.currentTarget.value;
      said.value = '';
    },
  } as const;
  return (
    <form
      class="field writing"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label for={id}>{props.label}</label>
      {props.rows ? <textarea {...field} rows={props.rows} /> : <input {...field} />}
      <p id={`${id}-note`} class="sub">{props.note}</p>
      <p class="kind" role="status">{over > 0 ? w.tooLong(over) : said.value}</p>
      <button type="submit" class="btn line small" aria-disabled={busy.value || over > 0}>{busy.value ? w.sending : props.send}</button>
    </form>
  );
}
