/** Raised hands in their order, and the round. */
import { leads } from '../state/gathering';
import { Big, Part, Somebody, useHost } from './kit';

export function Talk() {
  const { h, g, act, nick } = useHost();
  const standing = g.standing;
  if (!standing) return null;
  const { hands, round } = standing;
  const turn = round?.turn;
  return (
    <Part name={h.talk} hint={round && turn !== undefined ? h.roundNow(nick(turn)) : hands.length > 0 ? hands.map(nick).join('、') : ''} open={hands.length > 0 || round !== undefined}>
      {hands.length === 0 ? <p class="sub">{h.handsNone}</p> : (
        <ol class="host-list">
          {hands.map((who) => (
            <li key={who} class="line">
              <Somebody who={who} />
              <Big of={nick(who)} onClick={() => void act({ lower: { who } })}>{h.heard}</Big>
            </li>
          ))}
        </ol>
      )}
      {round ? (
        <>
          <p>
            {turn === undefined ? h.roundOver : <b>{h.roundNow(nick(turn))}</b>} {round.next !== undefined && h.roundNext(nick(round.next))}
          </p>
          <div class="bigs">
            {turn !== undefined && <Big main onClick={() => void act({ next: { from: turn } })}>{h.roundGo}</Big>}
            {leads(g.role) && <Big onClick={() => void act({ end_round: {} })}>{h.roundEnd}</Big>}
          </div>
        </>
      ) : (
        leads(g.role) && (
          <>
            {/* Voice is not there yet; until then everybody may write, whoever's turn it is. */}
            <Big onClick={() => void act({ round: { only_turn: false } })}>{h.round}</Big>
            <p class="sub">{h.roundNote}</p>
          </>
        )
      )}
    </Part>
  );
}
