/** What was decided about oneself, as long as it holds: what it is, why, until when, and a way to say that one sees it differently. */
import type { InForce } from '../protocol/types';
import { APPEAL_GRAPHEMES } from '../protocol/types';
import type { Outcome } from '../net/machine';
import { Icon } from '../ui/drawn';
import { Writing } from '../ui/session/asking';
import { Sheet } from '../ui/sheet';
import { closeSheet, openSheet } from '../ui/sheets';
import { leftWords, still, untilWords, useClock, useSafety } from './kit';

type Say = (sanction: number, text: string) => Promise<Outcome>;

/** The whole of it. `appealed`: one has said something about it already. */
export function Decision({ one, now, appealed, onAppeal }: { one: InForce; now: number; appealed: boolean; onAppeal: Say }) {
  const { t, w } = useSafety();
  return (
    <section class="decision">
      <h3>{t.kinds[one.kind]}</h3>
      <p class="time"><Icon id="i-calm" /><b>{leftWords(one.until, now, t)}</b> <small>{untilWords(one.until, now, t, w)}</small></p>
      <p>{t.why(t.reasons[one.reason])}</p>
      <p class="sub">{t.kindNotes[one.kind]} {one.scope === 'site' ? `（${t.everywhere}）` : `（${t.here}）`}</p>
      {appealed ? (
        <p class="kind" role="status">{t.appealDone}</p>
      ) : (
        one.appealable && (
          <details class="appeal">
            <summary>{t.appealTitle}</summary>
            <p class="sub">{t.appealLead}</p>
            <Writing label={t.appealField} send={t.appealSend} rows={4} most={APPEAL_GRAPHEMES} thanks={t.appealThanks} onSend={(text) => onAppeal(one.sanction, text)} />
          </details>
        )
      )}
    </section>
  );
}

export function DecidedSheet() {
  const { session, t } = useSafety();
  const { store, intents } = session;
  const all = store.gathering.value.mine.in_force ?? [];
  const now = useClock(all.map(({ until }) => until));
  const said = store.safety.value.told.flatMap(({ notice }) => (notice.notice === 'appeal_received' || notice.notice === 'appeal_waits' ? [notice.sanction] : []));
  return (
    <Sheet title={t.decidedTitle} onClose={closeSheet}>
      {still(all, now).length === 0 && <p>{t.decidedNone}</p>}
      {still(all, now).map((one) => (
        <Decision key={one.sanction} one={one} now={now} appealed={said.includes(one.sanction)} onAppeal={(sanction, text) => intents.order({ t: 'appeal', sanction, text })} />
      ))}
    </Sheet>
  );
}

/** In the room: one line for each, in sight all the time it holds. */
export function InForceLines() {
  const { session, t } = useSafety();
  const all = session.store.gathering.value.mine.in_force ?? [];
  const now = useClock(all.map(({ until }) => until));
  return (
    <>
      {still(all, now).map((one) => (
        <button key={one.sanction} type="button" class="in-force" aria-haspopup="dialog" onClick={() => openSheet({ name: 'decided' })}>
          <Icon id="i-calm" />
          <span>{t.kinds[one.kind]}</span>
          <em>{leftWords(one.until, now, t)}</em>
          <span class="vh">{t.seeMore}</span>
        </button>
      ))}
    </>
  );
}
