/** Themes: suggest one, choose one. Nobody sees whose they are, nor who chose what. */
import { useSignal } from '@preact/signals';
import { possible } from '../../state/gathering';
import { Choices } from '../choices';
import { Sheet } from '../sheet';
import { closeSheet } from '../sheets';
import { sentence } from '../app';
import { Writing } from './asking';
import { useSession } from './kit';

/** As the protocol has it. */
const THEME_GRAPHEMES = 60;
const NONE = '-';

export function Themes() {
  const { s, w, g, intents } = useSession();
  const said = useSignal('');
  const standing = g.standing;
  if (!standing) return null;
  const { list, vote, voters, open } = standing.themes;
  // While it is open nobody is swayed by numbers; afterwards only totals are told.
  const counted = vote === 'done' || vote === 'tie';

  async function choose(value: string): Promise<void> {
    said.value = '';
    const outcome = await intents.ask({ take: { vote: value === NONE ? {} : { theme: Number(value) } } });
    said.value = sentence(outcome, w);
  }

  return (
    <Sheet title={s.themesTitle} onClose={closeSheet}>
      {standing.theme && <p class="lead chosen">{standing.theme}</p>}
      {list.length === 0 && <p class="sub">{s.themesNone}</p>}
      {vote === 'open' ? (
        <>
          <Choices
            legend={s.voteLegend}
            look="rows"
            value={g.mine.vote === undefined ? NONE : String(g.mine.vote)}
            onPick={(value) => void choose(value)}
            options={[
              ...list.map((one) => ({ value: String(one.id), label: <><i class="dot" /><span>{one.text}</span></> })),
              { value: NONE, label: <><i class="dot" /><span>{s.voteNone}</span></> },
            ]}
          />
          <p class="sub">{s.voteNote}</p>
        </>
      ) : (
        <ul class="themes">
          {list.map((one) => (
            <li key={one.id}>
              <span>{one.text}</span>
              {counted && <small>{s.votes(one.votes)}</small>}
            </li>
          ))}
        </ul>
      )}
      <p class="kind" role="status">{said.value || (vote === 'tie' ? s.tie : vote === 'done' ? s.voteDone : '')}</p>
      {vote !== 'before' && voters > 0 && <p class="sub">{s.voters(voters)}</p>}
      {open && possible(g, 'suggest') ? (
        <Writing label={s.suggest} note={s.suggestNote} send={s.suggestSend} most={THEME_GRAPHEMES} thanks={s.suggested} onSend={(text) => intents.ask({ take: { suggest: { text } } })} />
      ) : (
        <p class="sub">{s.suggestOff}</p>
      )}
    </Sheet>
  );
}
