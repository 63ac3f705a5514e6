/** One's own words on their way: they wait in sight, can be taken back, and are never lost when they are not shown. */
import { useSignal } from '@preact/signals';
import type { Held } from '../state/safety';
import { sentence } from '../ui/app';
import { Head } from '../ui/drawn';
import { useSafety } from './kit';
import { pieces } from './standing-out';

/** Puts words into the field again, for the one who wrote them. What stands there already stays in front of them. */
function useRedo(onWrite: (() => void) | undefined): (text: string) => void {
  const { session, memory } = useSafety();
  return (text) => {
    const { draft } = session;
    const before = draft.value.trim();
    draft.value = before && before !== text ? `${before}\n${text}` : text;
    memory.keepDraft(draft.value);
    onWrite?.();
  };
}

export function HeldWords({ onWrite }: { onWrite?: () => void }) {
  const { session } = useSafety();
  const waits = session.store.safety.value.held.filter((one) => one.waits);
  return (
    <>
      {waits.map((one) => <Waiting key={one.hold} one={one} onWrite={onWrite} />)}
    </>
  );
}

function Waiting({ one, onWrite }: { one: Held; onWrite: (() => void) | undefined }) {
  const { session, t, w } = useSafety();
  const { store, intents } = session;
  const redo = useRedo(onWrite);
  const said = useSignal('');
  const busy = useSignal(false);
  const me = store.mine.value;

  async function back(anew: boolean): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const outcome = await intents.order({ t: 'retract', hold: one.hold });
    busy.value = false;
    said.value = sentence(outcome, w);
    if (outcome.is === 'done' && anew) redo(one.text);
  }

  return (
    <article class="msg mine held">
      {me && <Head look={me.look} />}
      <div>
        <b>{me?.nick}<span>{w.you}</span><em>{t.waits}</em></b>
        <p><Marked text={one.text} on={one.edit} /></p>
        <p class="sub">{one.edit ? t.editNote : t.waitsNote}</p>
        <button type="button" class="btn quiet" aria-disabled={busy.value} onClick={() => void back(false)}>{t.retract}</button>
        <button type="button" class="btn quiet" aria-disabled={busy.value} onClick={() => void back(true)}>{t.rewrite}</button>
        <p class="kind" role="status">{said.value}</p>
      </div>
    </article>
  );
}

/** The words of a hold that ended without being shown, and the way to write them anew. */
export function Redo({ hold, onWrite, onTaken }: { hold: number; onWrite: (() => void) | undefined; onTaken: () => void }) {
  const { session, t } = useSafety();
  const redo = useRedo(onWrite);
  const text = session.store.safety.value.held.find((one) => one.hold === hold)?.text;
  if (!text || !onWrite) return null;
  return (
    <>
      <blockquote aria-label={t.yourWords}>{text}</blockquote>
      <button type="button" class="btn line small" onClick={() => (redo(text), onTaken())}>{t.again}</button>
    </>
  );
}

/** Refused, and still in the field: what stands out in it, for the one who wrote it alone. */
export function EditFirst({ text }: { text: string }) {
  const { t } = useSafety();
  return (
    <div class="news-card" role="status">
      <p class="news-title"><b>{t.editFirst}</b></p>
      <p>{t.editNote}</p>
      <blockquote aria-label={t.yourWords}><Marked text={text} on /></blockquote>
    </div>
  );
}

function Marked({ text, on }: { text: string; on: boolean }) {
  if (!on) return <>{text}</>;
  return <>{pieces(text).map((piece, i) => (piece.out ? <mark key={i}>{piece.text}</mark> : piece.text))}</>;
}
