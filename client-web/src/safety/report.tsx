/** Telling the staff about somebody, from anywhere: one choice, and words only if one has some. It is always answered. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Order } from '../net/machine';
import { REPORT_GRAPHEMES } from '../protocol/types';
import type { Category, PersonId } from '../protocol/types';
import { graphemes, sentence } from '../ui/app';
import { Choices } from '../ui/choices';
import { useSafety } from './kit';

const CATEGORIES: readonly Category[] = ['danger', 'worry', 'harassment', 'sexual', 'personal_data', 'recruiting', 'disturbance', 'nickname', 'other'];

export function Report({ who, words }: { who: PersonId; words: number | undefined }) {
  const { t } = useSafety();
  const open = useSignal(false);
  const thanked = useSignal(false);
  const thanks = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The form with the focus in it is gone; what is said instead has it.
    if (thanked.value) thanks.current?.focus();
  }, [thanked.value]);
  if (thanked.value) return <p ref={thanks} class="kind" role="status" tabIndex={-1}>{t.reportThanks}</p>;
  return (
    <div class="deed">
      <button type="button" class="btn line wide" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>{t.report}</button>
      <p class="sub">{t.reportNote}</p>
      {open.value && <Form who={who} words={words} onDone={() => (thanked.value = true)} />}
    </div>
  );
}

function Form({ who, words, onDone }: { who: PersonId; words: number | undefined; onDone: () => void }) {
  const { session, t, w } = useSafety();
  const id = useId();
  const category = useSignal<Category | null>(null);
  const text = useSignal('');
  const said = useSignal('');
  const busy = useSignal(false);
  const over = graphemes(text.value.trim()) - REPORT_GRAPHEMES;

  async function send(): Promise<void> {
    if (busy.value || over > 0) return;
    if (!category.value) return void (said.value = t.reportLead);
    busy.value = true;
    const order: Order = { t: 'report', who, category: category.value };
    if (words !== undefined) order.message = words;
    if (text.value.trim() !== '') order.text = text.value.trim();
    const outcome = await session.intents.order(order);
    busy.value = false;
    if (outcome.is === 'done') onDone();
    else said.value = sentence(outcome, w);
  }

  return (
    <form
      class="field writing report"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {words !== undefined && <p class="sub">{t.reportAboutWords}</p>}
      <Choices legend={t.reportLead} look="chips" value={category.value ?? ('' as Category)} onPick={(picked) => (category.value = picked)} options={CATEGORIES.map((one) => ({ value: one, label: t.categories[one] }))} />
      <label for={id}>{t.reportField}</label>
      <textarea id={id} rows={2} value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
      <p class="kind" role="status">{over > 0 ? w.tooLong(over) : said.value}</p>
      <button type="submit" class="btn main wide" aria-disabled={busy.value || over > 0}>{busy.value ? w.sending : t.reportSend}</button>
    </form>
  );
}
