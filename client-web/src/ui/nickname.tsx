/** The name one is called by. There is always one already; a refused one comes with another. */
import { whyNot } from '../i18n';
import { useId } from 'preact/hooks';
import { suggestName } from '../i18n/names';
import { NICKNAME_GRAPHEMES } from '../protocol/types';
import type { Refusal, RefusalCode } from '../protocol/types';
import { graphemes, useApp, useWords } from './app';

/** What the page itself can see; the server has the last word. */
export function nicknameRefusal(nick: string): RefusalCode | null {
  if (nick.trim() === '') return 'nickname_empty';
  return graphemes(nick.trim()) > NICKNAME_GRAPHEMES ? 'nickname_too_long' : null;
}

export function Nickname(props: { nick: string; onNick: (nick: string) => void; refusal: Pick<Refusal, 'code' | 'try_nick'> | null }) {
  const { settings } = useApp();
  const { w } = useWords();
  const id = useId();
  const { refusal } = props;
  const instead = refusal?.try_nick;
  return (
    <div class="field">
      <label for={id}>{w.nick}</label>
      <div class="field-row">
        <input
          id={id}
          value={props.nick}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="done"
          aria-describedby={`${id}-note`}
          aria-invalid={refusal !== null}
          onInput={(event) => props.onNick(event.currentTarget.value)}
        />
        <button type="button" class="btn quiet" onClick={() => props.onNick(suggestName(settings.lang.value, Math.random(), props.nick))}>
          {w.otherNick}
        </button>
      </div>
      <p id={`${id}-note`} class={refusal ? 'kind' : 'sub'} role={refusal ? 'status' : undefined}>
        {refusal ? whyNot(refusal.code, w) : w.nickNote}
      </p>
      {instead && (
        <button type="button" class="btn line small" onClick={() => props.onNick(instead)}>
          {w.useNick(instead)}
        </button>
      )}
    </div>
  );
}
