/** What one is told, as quiet cards above the field: one at a time, each until it is put away. */
import type { ComponentChildren } from 'preact';
import type { Notice } from '../protocol/types';
import { putAway } from '../state/safety';
import type { Told } from '../state/safety';
import { Icon } from '../ui/drawn';
import { openSheet } from '../ui/sheets';
import { HelpCard } from './help';
import { useSafety } from './kit';
import { Redo } from './held';
import { inOrder } from './order';

export function News({ onWrite }: { onWrite: (() => void) | undefined }) {
  const { session, t } = useSafety();
  const { store } = session;
  const all = inOrder(store.safety.value.told);
  const first = all[0];

  function away(one: Told): void {
    const room = store.room.value;
    store.room.value = { ...room, safety: putAway(room.safety, one.about) };
  }

  return (
    <div class="news" role="status">
      {first && (
        <div key={first.about} class={`news-card${isHelp(first.notice) ? ' warm' : ''}`}>
          <Content one={first} onWrite={onWrite} onAway={() => away(first)} />
          <div class="news-acts">
            {all.length > 1 && <small>{t.others(all.length - 1)}</small>}
            <button type="button" class="btn quiet" onClick={() => away(first)}>{t.putAway}</button>
          </div>
        </div>
      )}
    </div>
  );
}

function isHelp({ notice }: Notice): boolean {
  return notice === 'help_card' || notice === 'help_is_there';
}

function Card({ icon, title, children }: { icon: string; title: string; children?: ComponentChildren }) {
  return (
    <>
      <p class="news-title"><Icon id={icon} /><b>{title}</b></p>
      {children}
    </>
  );
}

function Content({ one, onWrite, onAway }: { one: Told; onWrite: (() => void) | undefined; onAway: () => void }) {
  const { t } = useSafety();
  const { notice } = one;
  switch (notice.notice) {
    case 'help_card':
    case 'help_is_there':
      return <HelpCard there={notice.notice === 'help_is_there'} />;
    case 'not_shown':
      return (
        <Card icon="i-letter" title={notice.by_time ? t.notShownByTime : t.notShown}>
          <p>{t.declines[notice.reason]}</p>
          <Redo hold={notice.hold} onWrite={onWrite} onTaken={onAway} />
        </Card>
      );
    case 'deleted':
      return <Card icon="i-letter" title={t.deleted}><p>{t.declines[notice.reason]}</p></Card>;
    case 'sanctioned':
      return (
        <Card icon="i-calm" title={t.kinds[notice.kind]}>
          <p>{t.why(t.reasons[notice.reason])}</p>
          <p class="sub">{t.kindNotes[notice.kind]}</p>
          {notice.kind !== 'nudge' && <button type="button" class="btn quiet" onClick={() => openSheet({ name: 'decided' })}>{t.seeMore}</button>}
        </Card>
      );
    case 'warned':
      return (
        <Card icon="i-calm" title={t.warned}>
          <p>{t.reasons[notice.reason]}</p>
          <p class="sub">{t.kindNotes.nudge}</p>
        </Card>
      );
    case 'sanction_ended':
      return <Card icon="i-lantern" title={t.ended(t.kinds[notice.kind])} />;
    case 'sanction_undone':
      return <Card icon="i-lantern" title={t.undone(t.kinds[notice.kind])} />;
    case 'appeal_received':
      return <Card icon="i-letter" title={t.appealDone} />;
    case 'appeal_waits':
      return <Card icon="i-letter" title={t.appealWaits} />;
    case 'appeal_decided':
      return <Card icon="i-letter" title={t.appealOutcomes[notice.outcome]} />;
    case 'report_looked_at':
      return <Card icon="i-letter" title={t.reportLookedAt}><p class="sub">{t.reportLookedAtNote}</p></Card>;
    case 'report_received':
      return <Card icon="i-letter" title={t.reportThanks} />;
    case 'being_looked_at':
    case 'shown':
    case 'taken_back':
      return null;
  }
}
