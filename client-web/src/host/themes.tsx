/** Themes: gather, let choose, settle. */
import { leads } from '../state/gathering';
import { Writing } from '../ui/session/asking';
import { Tick } from '../ui/tick';
import { Big, Part, useHost } from './kit';

/** As the protocol has it. */
const THEME_GRAPHEMES = 60;

export function Themes() {
  const { h, g, act } = useHost();
  const standing = g.standing;
  if (!standing) return null;
  const { list, vote, voters, open } = standing.themes;
  const lead = leads(g.role);
  const counted = vote === 'done' || vote === 'tie';
  const most = Math.max(0, ...list.map(({ votes }) => votes));
  return (
    <Part name={h.themes} hint={standing.theme ?? ''} open={vote === 'tie'}>
      {lead && <Tick on={open} label={h.gather} onTick={(on) => void act({ gather: { on } })} />}
      {list.length === 0 && <p class="sub">{h.themesNone}</p>}
      {vote === 'open' && <p>{h.voting(voters)}</p>}
      {vote === 'tie' && <p class="kind">{h.tie}</p>}
      <ul class="host-list">
        {list.map(({ id, text, votes }) => (
          <li key={id} class={vote === 'tie' && votes === most ? 'line tied' : 'line'}>
            <span>{text} {counted && <small>{h.votes(votes)}</small>}</span>
            <div class="bigs">
              {lead && vote !== 'open' && <Big of={text} onClick={() => void act({ choose: { theme: id } })}>{h.choose}</Big>}
              <Big quiet of={text} onClick={() => void act({ drop: { theme: id } })}>{h.drop}</Big>
            </div>
          </li>
        ))}
      </ul>
      {lead && (
        <>
          {vote === 'open' ? <Big main onClick={() => void act({ count: {} })}>{h.count}</Big> : list.length > 0 && <Big onClick={() => void act({ vote: {} })}>{counted ? h.voteAgain : h.vote}</Big>}
          <Writing label={h.own} send={h.ownSet} most={THEME_GRAPHEMES} thanks={h.done} onSend={(text) => act({ theme: { text } })} />
          {standing.theme && <Big quiet onClick={() => void act({ theme: { text: '' } })}>{h.ownNone}</Big>}
        </>
      )}
    </Part>
  );
}
