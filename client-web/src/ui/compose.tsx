/** Writing. What was typed is never lost: not by a lost line, not by a refusal, not by a reload. */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { TEXT_GRAPHEMES } from '../protocol/types';
import type { Outcome } from '../net/machine';
import type { RefusalCode } from '../protocol/types';
import { onlooks, possible, rests } from '../state/gathering';
import { speaks } from '../state/places';
import { includes } from '../state/way';
import { graphemes, sentence, useApp, useWords } from './app';
import { NoticeLine } from './door';
import { Icon } from './drawn';
import { EditFirst, Safe, VoiceLine } from './later';
import { Reach } from './reach';

/** Nobody needs a counter before that. */
const COUNT_FROM = 450;

export function Compose({ field, onWrite, onDone }: { field: RefObject<HTMLTextAreaElement | null>; onWrite: () => void; onDone: () => void }) {
  const { session, memory } = useApp();
  const { w } = useWords();
  const { store, intents } = session;
  const text = session.draft;
  const sending = useSignal(false);
  const answer = useSignal<Outcome | null>(null);
  const way = store.way.value;
  const letters = text.value.length > COUNT_FROM ? graphemes(text.value) : 0;
  const left = TEXT_GRAPHEMES - letters;
  const quiet = !speaks(store.kind.value);
  const gathering = store.gathering.value;
  // Words can be prepared all the while; they wait for their time.
  const off = possible(gathering, 'write') ? '' : rests(gathering, 'write') ? w.refusal.silenced : onlooks(gathering.role) ? w.onlooking : w.phaseOff.write;

  useLayoutEffect(() => {
    // The field grows with what is written, up to a quarter of the page; the style sheet holds the bound.
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    if (element.value) element.style.height = `${element.scrollHeight}px`;
    else element.style.height = '';
  }, [text.value, way]);

  function change(to: string): void {
    text.value = to;
    answer.value = null;
    memory.keepDraft(to);
  }

  async function send(): Promise<void> {
    const words = text.value;
    if (sending.value || left < 0 || off) return;
    if (words.trim() === '') return no('text_empty');
    if (quiet) return no('quiet_place');
    sending.value = true;
    answer.value = null;
    const outcome = await intents.say(words);
    sending.value = false;
    // What waits for staff stands among the words already.
    if (outcome.is === 'done' || outcome.is === 'held') change('');
    answer.value = outcome;
  }

  function no(code: RefusalCode): void {
    answer.value = { is: 'refused', refusal: { code, retry: true } };
  }

  const said = answer.value;

  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {store.cared.value && <Safe onWrite={onWrite} />}
      {said?.is === 'refused' && said.refusal.edit && <EditFirst text={text.value} />}
      <NoticeLine />
      <Reach />
      {session.voice.value && includes(way, 'listen') && <VoiceLine />}
      {includes(way, 'write') ? (
        <div class="write">
          <textarea
            ref={field}
            rows={1}
            aria-label={w.field}
            placeholder={w.fieldHint}
            value={text.value}
            readOnly={sending.value}
            enterkeyhint="send"
            aria-describedby="compose-note"
            onInput={(event) => change(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.currentTarget.blur();
                onDone();
              }
              // While a word is being converted, Enter belongs to the input method.
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
              event.preventDefault();
              void send();
            }}
          />
          <button type="submit" class="btn main" aria-disabled={sending.value || left < 0 || quiet || off !== ''}>
            {sending.value ? w.sending : w.send}
          </button>
        </div>
      ) : (
        <button type="button" class="btn quiet write-off" onClick={onWrite}>
          <Icon id="i-write" />
          {w.write}
        </button>
      )}
      <p id="compose-note" class="kind" role="status">
        {(said && sentence(said, w)) || off || (letters > COUNT_FROM ? (left < 0 ? w.tooLong(-left) : w.left(left)) : '')}
      </p>
    </form>
  );
}
