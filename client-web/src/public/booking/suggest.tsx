/** A theme suggested beforehand, by nobody in particular. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { call, why } from '../../net/api';
import type { Why } from '../../net/api';
import { THEME_GRAPHEMES } from '../../protocol/types';
import type { SessionCard, SuggestTheme } from '../../protocol/types';
import { graphemes, useWords } from '../../ui/app';
import { Sheet } from '../../ui/sheet';
import type { SheetProps } from './index';
import { About, sentence, useBookingWords } from './pieces';

export function Suggest({ session, zone, onClose }: SheetProps & { session: SessionCard }) {
  const { w } = useWords();
  const words = useBookingWords();
  const id = useId();
  const text = useSignal('');
  const done = useSignal(false);
  const busy = useSignal(false);
  const refusal = useSignal<Why | null>(null);
  const left = THEME_GRAPHEMES - graphemes(text.value.trim());

  async function suggest(): Promise<void> {
    const words_ = text.value.trim();
    refusal.value = words_ ? null : 'text_empty';
    if (!words_ || left < 0 || busy.value) return;
    busy.value = true;
    try {
      const body: SuggestTheme = { text: words_ };
      await call('POST', `/api/v1/sessions/${encodeURIComponent(session.id)}/themes`, body);
      done.value = true;
    } catch (error) {
      refusal.value = why(error);
    }
    busy.value = false;
  }

  return (
    <Sheet title={words.suggestTitle} onClose={onClose}>
      <About session={session} zone={zone} />
      {done.value ? (
        <p role="status">{words.suggested}</p>
      ) : (
        <form
          class="book"
          onSubmit={(event) => {
            event.preventDefault();
            void suggest();
          }}
        >
          <div class="field">
            <label for={id}>{words.suggestField}</label>
            <div class="field-row">
              <input id={id} value={text.value} autocomplete="off" aria-describedby={`${id}-note`} onInput={(event) => (text.value = event.currentTarget.value)} />
            </div>
            <p id={`${id}-note`} class="sub">{words.suggestNote}</p>
          </div>
          <p class="kind" role="status">
            {refusal.value ? sentence(w, refusal.value) : left < 0 ? words.tooLong(-left) : left <= 10 ? words.left(left) : ''}
          </p>
          <button type="submit" class="btn main wide" aria-disabled={busy.value || left < 0}>{words.suggest}</button>
        </form>
      )}
    </Sheet>
  );
}
