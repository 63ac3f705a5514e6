/** Coming back as the same person: a few words, shown once, and given up whenever one likes. */
import { useSignal } from '@preact/signals';
import type { Take } from '../../protocol/types';
import { Sheet } from '../sheet';
import { closeSheet } from '../sheets';
import { sentence } from '../app';
import { useSession } from './kit';
import { usePaper } from './paper';

export function Phrase() {
  const { w, g, store, intents } = useSession();
  const p = usePaper();
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
      <Sheet title={p.phrase} onClose={done}>
        <p class="phrase" role="status">{g.phrase.split(/\s+/).map((word, i) => <span key={i}>{word} </span>)}</p>
        <p>{p.phraseOnce}</p>
        <button type="button" class="btn main wide" onClick={done}>{p.phraseWritten}</button>
      </Sheet>
    );
  }
  return (
    <Sheet title={p.phrase} onClose={closeSheet}>
      <p class="lead">{p.phraseLead}</p>
      <p class="sub">{p.phraseNote}</p>
      {g.mine.known && <p>{p.phraseKnown}</p>}
      <p class="kind" role="status">{said.value}</p>
      {sure.value ? (
        <>
          <p>{p.phraseForgetNote}</p>
          <div class="acts">
            <button type="button" class="btn line" onClick={() => (sure.value = false)}>{p.keep}</button>
            <button type="button" class="btn line" aria-disabled={busy.value} onClick={() => void ask({ forget: {} }, p.phraseForgot)}>{p.phraseForgetYes}</button>
          </div>
        </>
      ) : (
        <>
          <button type="button" class="btn line wide" aria-disabled={busy.value} onClick={() => void ask({ keep: {} }, '')}>
            {busy.value ? w.sending : g.mine.known ? p.phraseAgain : p.phraseAsk}
          </button>
          {g.mine.known && (
            <>
              <p class="sub">{p.phraseAgainNote}</p>
              <button type="button" class="btn quiet wide" onClick={() => (sure.value = true)}>{p.phraseForget}</button>
            </>
          )}
        </>
      )}
    </Sheet>
  );
}
