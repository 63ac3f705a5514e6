/** Somebody's past in this place, under their number: counts, and the last decisions. */
import type { PersonHistory } from '../../protocol/types';
import { useDesk } from './words';

export function PastBox({ past }: { past: PersonHistory }) {
  const { t, where, dateTime } = useDesk();
  const nothing = past.reports + past.shown + past.not_shown + past.appeals + past.sanctions === 0;
  return (
    <section class="part">
      <h3>{t.past}</h3>
      {nothing ? (
        <p>{t.pastNone}</p>
      ) : (
        <>
          <p>{t.pastCounts({ ...past })}</p>
          <ul class="past">
            {past.last.map(({ sanction, kind, scope, reason, at, until, in_force }) => (
              <li key={sanction}>
                {dateTime(at)}　{t.kinds[kind]}（{t.reasons[reason]}）・{where(scope)}
                {in_force && <em>　{until === undefined ? t.sanctions.noEnd : t.sanctions.until(dateTime(until))}</em>}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="sub">{t.pastNote}</p>
    </section>
  );
}
