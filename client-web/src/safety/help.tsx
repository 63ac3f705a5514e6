/** A cry for help is answered at once and for oneself alone: places to turn to, and that somebody knows. Nothing is taken away. */
import { Icon } from '../ui/drawn';
import { Reach } from '../ui/help-sheet';
import { openSheet } from '../ui/sheets';
import { useSafety } from './kit';

/** So many stand on the card; all of them in the sheet. */
const MOST_ON_CARD = 2;

export function HelpCard({ there }: { there: boolean }) {
  const { t } = useSafety();
  return (
    <>
      <p class="news-title"><Icon id="i-lantern" /><b>{there ? t.helpThere : t.helpTitle}</b></p>
      <p>{there ? t.helpThereNote : t.helpLead}</p>
      <Near />
      {!there && <p class="sub">{t.helpTold}</p>}
      <More />
    </>
  );
}

/** For whoever stays away for a while: somebody is there for them as well. */
export function HelpAtTheDoor() {
  const { session, w } = useSafety();
  if (!session.place.value?.help.length) return null;
  return (
    <section class="news-card">
      <p class="news-title"><Icon id="i-lantern" /><b>{w.hard}</b></p>
      <p>{w.helpLead}</p>
      <Near />
      <More />
    </section>
  );
}

function Near() {
  const { session, read } = useSafety();
  const help = session.place.value?.help ?? [];
  return (
    <ul class="help-near">
      {help.slice(0, MOST_ON_CARD).map((one) => (
        <li key={one.reach}>
          <span>{read(one.name)}<small>{read(one.hours)}</small></span>
          <Reach reach={one.reach} />
        </li>
      ))}
    </ul>
  );
}

function More() {
  const { t } = useSafety();
  return <button type="button" class="btn line small" onClick={() => openSheet({ name: 'help' })}>{t.helpMore}</button>;
}
