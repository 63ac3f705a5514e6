/** The lobby: who waits, a word to them, letting in. What one writes is shown as the person will read it. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Waiting as Newcomer } from '../protocol/types';
import { Head } from '../ui/drawn';
import { Big, Part, useHost } from './kit';

export function Waiting() {
  const { h, g, act } = useHost();
  const writing = useSignal(false);
  const waiting = g.desk?.waiting ?? [];
  const several = waiting.length > 1;
  return (
    <Part name={h.waiting} hint={waiting.length > 0 ? waiting.map(({ nick }) => nick).join('、') : ''} open={waiting.length > 0}>
      {waiting.length === 0 && <p class="sub">{h.waitingNone}</p>}
      <ul class="host-list">
        {waiting.map((one) => <Somebody key={one.who} one={one} />)}
      </ul>
      {several && (
        <>
          <div class="bigs">
            <Big onClick={() => void act({ admit: {} })}>{h.admitAll}</Big>
            <Big onClick={() => (writing.value = !writing.value)}>{h.wordAll}</Big>
          </div>
          <p class="sub">{h.admitAllNote}</p>
          {writing.value && (
            <WordField
              label={h.wordAll}
              usual={h.wordUsual}
              send={h.send}
              onSend={async (text) => {
                const outcome = await act({ word: { text } });
                if (outcome.is === 'done') writing.value = false;
              }}
            />
          )}
        </>
      )}
    </Part>
  );
}

function Somebody({ one }: { one: Newcomer }) {
  const { h, g, act } = useHost();
  const writing = useSignal<'word' | 'decline' | null>(null);
  const { who, nick } = one;
  const entering = g.standing?.coming.some((coming) => coming.nick === nick) ?? false;
  const marks = [one.observes && h.isObserver, one.declared && h.isDeclared, one.known && h.isKnown, entering && h.entering].filter(Boolean).join('・');
  return (
    <li>
      <div class="somebody">
        <Head look={one.look} />
        <span>{nick}{marks && <small>{marks}</small>}</span>
      </div>
      <div class="bigs">
        {!entering && <Big of={nick} onClick={() => void act({ admit: { who } })}>{h.admit}</Big>}
        <Big of={nick} onClick={() => (writing.value = writing.value === 'word' ? null : 'word')}>{h.word}</Big>
        <Big quiet of={nick} onClick={() => (writing.value = writing.value === 'decline' ? null : 'decline')}>{h.decline}</Big>
      </div>
      {writing.value === 'word' && (
        <WordField
          key="word"
          label={h.wordTo(nick)}
          usual={h.wordUsual}
          send={h.send}
          onSend={async (text) => {
            const outcome = await act({ word: { who, text } });
            if (outcome.is === 'done') writing.value = null;
          }}
        />
      )}
      {writing.value === 'decline' && (
        <>
          <p class="sub">{h.declineNote}</p>
          <WordField
            key="decline"
            label={h.wordTo(nick)}
            usual={h.declineUsual}
            send={h.declineDo}
            onSend={async (text) => {
              const outcome = await act({ word: { who, text } });
              if (outcome.is === 'done') await act({ decline: { who } });
            }}
          />
        </>
      )}
    </li>
  );
}

/** Begins with a usual sentence, so that nobody has to search for kind words in a hurry. */
function WordField(props: { label: string; usual: string; send: string; onSend: (text: string) => Promise<void> }) {
  const { h } = useHost();
  const id = useId();
  const text = useSignal(props.usual);
  return (
    <form
      class="field writing"
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSend(text.value.trim());
      }}
    >
      <label for={id}>{props.label}</label>
      <textarea id={id} rows={2} value={text.value} aria-describedby={`${id}-note`} onInput={(event) => (text.value = event.currentTarget.value)} />
      <p id={`${id}-note`} class="sub">{h.wordNote}</p>
      <button type="submit" class="btn line big">{props.send}</button>
    </form>
  );
}
