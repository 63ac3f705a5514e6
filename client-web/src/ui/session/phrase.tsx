/** Coming back as the same person: a few words, shown once, and given up whenever one likes. */
import { useSignal } from '@preact/signals';
import type { Take } from '../../protocol/types';
import { Sheet } from '../sheet';
import { closeSheet } from '../sheets';
import { sentence } from '../app';
import { useSession } from './kit';

export function Phrase() {
  const { s, w, g, store, intents } = useSession();
  const said = useSignal('');
  const busy = useSignal(false);
  const sure = useSignal(false);

  async function ask(take: Take, thanks: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const outcome = await intents.ask({ take });
    busy.value = false;
    sure.value = false;
    said.value = outcome.is === 'done' ? thanks : sentence(outcome, w);
  }

  /** Shown once: put away, the page has forgotten it too. */
  function done(): void {
    const room = store.room.value;
    if (room.gathering.phrase !== null) store.room.value = { ...room, gathering: { ...room.gathering, phrase: null } };
    closeSheet();
  }

  if (g.phrase !== null) {
    return (
      <Sheet title={s.phrase} onClose={done}>
        <p class="phrase" role="status">{g.phrase.split(/\s+/).map((word, i) => <span key={i}>{word} </span>)}</p>
        <p>{s.phraseOnce}</p>
        <button type="button" class="btn main wide" onClick={done}>{s.phraseWritten}</button>
      </Sheet>
    );
  }
  return (
    <Sheet title={s.phrase} onClose={closeSheet}>
      <p class="lead">{s.phraseLead}</p>
      <p class="sub">{s.phraseNote}</p>
      {g.mine.known && <p>{s.phraseKnown}</p>}
      <p class="kind" role="status">{said.value}</p>
      {sure.value ? (
        <>
          <p>{s.phraseForgetNote}</p>
          <div class="acts">
            <button type="button" class="btn line" onClick={() => (sure.value = false)}>{s.keep}</button>
            <button type="button" class="btn line" aria-disabled={busy.value} onClick={() => void ask({ forget: {} }, s.phraseForgot)}>{s.phraseForgetYes}</button>
          </div>
        </>
      ) : (
        <>
          <button type="button" class="btn line wide" aria-disabled={busy.value} onClick={() => void ask({ keep: {} }, '')}>
            {busy.value ? w.sending : g.mine.known ? s.phraseAgain : s.phraseAsk}
          </button>
          {g.mine.known && (
            <>
              <p class="sub">{s.phraseAgainNote}</p>
              <button type="button" class="btn quiet wide" onClick={() => (sure.value = true)}>{s.phraseForget}</button>
            </>
          )}
        </>
      )}
    </Sheet>
  );
}
