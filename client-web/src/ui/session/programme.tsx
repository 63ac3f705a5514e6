/** How it goes today, what one may do at the moment, and the way to everything else that a session has. */
import { left, phaseOf, possible } from '../../state/gathering';
import type { Can } from '../../protocol/types';
import { Icon } from '../drawn';
import { Sheet } from '../sheet';
import { closeSheet, openSheet } from '../sheets';
import { Ring, timeWords, useNow, useSession } from './kit';
import { usePaper } from './paper';

/** Voice is not there yet; what a phase says about it is not shown. */
const SHOWN: readonly Can[] = ['react', 'write', 'tables', 'hand', 'suggest'];

export function Programme() {
  const { s, w, g, read, store } = useSession();
  const p = usePaper();
  const { programme, standing } = g;
  const now = useNow(store, standing?.until !== undefined);
  const phase = phaseOf(g);
  if (!programme || !standing || !phase) return null;
  const time = left(standing, now);
  const can = SHOWN.filter((what) => possible(g, what));
  return (
    <Sheet title={read(programme.name)} onClose={closeSheet}>
      <div class="nc open">
        {time ? <Ring time={time} /> : <Icon id="i-lantern" />}
        <div>
          <p><b>{read(phase.name)}</b> {time && <small>{timeWords(time, s)}</small>}</p>
          <p>{read(phase.about)}</p>
        </div>
      </div>
      <h3>{s.canNow}</h3>
      {can.length > 0 && <ul class="can">{can.map((what) => <li key={what}>{s.can[what]}</li>)}</ul>}
      <p class="sub">{s.canAlways}</p>
      <h3>{s.programme}</h3>
      <ol class="phases">
        {programme.phases.map((one, i) => (
          <li key={i} class={i === standing.phase ? 'on' : ''} aria-current={i === standing.phase ? 'step' : undefined}>
            <span>{read(one.name)}</span>
            <small>{i === standing.phase ? s.now : one.minutes > 0 ? s.minutes(one.minutes) : ''}</small>
          </li>
        ))}
      </ol>
      <h3>{s.more}</h3>
      <div class="rows">
        {(programme.with_theme || standing.themes.list.length > 0) && (
          <button type="button" class="rowb" onClick={() => openSheet({ name: 'themes' })}><Icon id="i-write" /><span>{s.themesTitle}</span></button>
        )}
        <button type="button" class="rowb" onClick={() => openSheet({ name: 'box' })}><Icon id="i-letter" /><span>{p.box}<small>{p.boxLead}</small></span></button>
        <button type="button" class="rowb" onClick={() => openSheet({ name: 'phrase' })}><Icon id="i-key" /><span>{p.phrase}<small>{p.phraseLead}</small></span></button>
        <button type="button" class="rowb" onClick={() => openSheet({ name: 'help' })}><Icon id="i-help" /><span>{w.hard}</span></button>
      </div>
    </Sheet>
  );
}
