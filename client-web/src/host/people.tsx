/** Who is here, how each takes part, and what each wishes today. Never who was silent, nor for how long. */
import { leads } from '../state/gathering';
import { Big, Part, Somebody, useHost } from './kit';

export function People() {
  const { h, w, g, act, nick, store } = useHost();
  const people = g.desk?.people ?? [];
  return (
    <Part name={h.people}>
      <ul class="host-list">
        {people.map(({ who, way, role, lent, lost, muted }) => {
          const person = store.people.value.get(who);
          const marks = [
            h.ways[way],
            role !== 'participant' && w.roles[role],
            lent && h.lent,
            person?.wish && w.wishes[person.wish],
            person?.away && w.awayMark,
            muted && h.muted,
            lost && h.lost,
          ].filter(Boolean);
          return (
            <li key={who} class="line">
              <Somebody who={who}>{marks.join('・')}</Somebody>
              {leads(g.role) && lent && <Big quiet of={nick(who)} onClick={() => void act({ lend: { who, on: false } })}>{h.lendBack}</Big>}
              {leads(g.role) && role === 'participant' && <Big quiet of={nick(who)} onClick={() => void act({ lend: { who, on: true } })}>{h.lend}</Big>}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
