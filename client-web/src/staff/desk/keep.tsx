/** Keeping the evidence of a case for longer than its time: for a reason that is on record. */
import { useSignal } from '@preact/signals';
import type { CaseView, Keep, KeepReason, Me } from '../../protocol/types';
import { Select, Sure } from '../pieces';
import { useDeed } from './deed';
import { mayDecide } from './grades';
import { useDesk } from './words';

const WHYS = ['police', 'court', 'harm', 'inquiry', 'asked'] as const satisfies readonly KeepReason[];

export function KeepBox({ view, me }: { view: CaseView; me: Me }) {
  const { t, desk } = useDesk();
  const deed = useDeed();
  const why = useSignal<KeepReason>('police');
  const { kept } = view;
  if (view.around.length === 0 || !mayDecide(me.role)) return kept ? <p class="sub">{t.keptSince(t.keepWhys[kept])}</p> : null;
  const keep = (body: Keep, said: string) =>
    void deed.run(async () => {
      await desk.send(`cases/${view.line.id}/keep`, body);
      await desk.lookAgain();
      return said;
    });
  return (
    <details class="fold">
      <summary>{kept ? t.keptSince(t.keepWhys[kept]) : t.keep}</summary>
      <p class="sub">{t.keepNote}</p>
      {kept ? (
        <Sure label={t.release} sure={t.keepNote} yes={t.release} onYes={() => keep({}, t.released)} />
      ) : (
        <div class="line-form">
          <Select label={t.keepWhy} value={why.value} options={WHYS.map((value) => ({ value, label: t.keepWhys[value] }))} onPick={(one) => (why.value = one)} />
          <button type="button" class="btn line small" aria-disabled={deed.busy} onClick={() => keep({ why: why.value }, t.kept)}>{t.keepYes}</button>
        </div>
      )}
    </details>
  );
}
