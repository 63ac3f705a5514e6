/** What was decided: a list to search, and to take back from. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../net/api';
import type { SanctionLine, Sanctions } from '../../protocol/types';
import { Tick } from '../../ui/tick';
import { useSpoken } from '../app';
import { Field, Heading, Sure, Trouble, Wait } from '../pieces';
import { useLoaded, useTask } from '../task';
import { useDeed } from './deed';
import { sought } from './search';
import { DESK } from './store';
import { useDesk } from './words';
import './desk.css';

export function SanctionsView() {
  const { t, desk } = useDesk();
  const { s } = useSpoken();
  const words = useSignal('');
  const inForce = useSignal(true);
  const asked = useSignal('');
  const query = new URLSearchParams({ ...(asked.value ? { q: asked.value } : {}), ...(inForce.value ? { in_force: 'true' } : {}) }).toString();
  const first = useLoaded<Sanctions>(`${DESK}/sanctions${query && `?${query}`}`);
  const later = useSignal<Sanctions | null>(null);
  const task = useTask();
  const changes = desk.changes.value.sanction;
  // What was read on from the first part belongs to it.
  useEffect(() => void (later.value = null), [query, changes]);
  useEffect(() => void (changes > 0 && first.reload()), [changes]);

  async function more(last: number): Promise<void> {
    await task.run(async () => {
      const part = await call<Sanctions>('GET', `${DESK}/sanctions?${new URLSearchParams([...new URLSearchParams(query), ['before', String(last)]]).toString()}`);
      later.value = { sanctions: [...(later.value?.sanctions ?? []), ...part.sanctions], more: part.more };
    });
  }

  return (
    <>
      <Heading>{t.sanctions.title}</Heading>
      <p class="sub">{t.sanctions.lead}</p>
      <form
        class="line-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          asked.value = sought(words.value, t.person, t.kinds, t.reasons);
        }}
      >
        <Field label={t.sanctions.search} value={words.value} onValue={(value) => (words.value = value)} />
        <button type="submit" class="btn line">{t.sanctions.find}</button>
      </form>
      <Tick label={t.sanctions.inForce} on={inForce.value} onTick={(on) => (inForce.value = on)} />
      <div class="desk-said" role="status">{desk.said.value && <p>{desk.said.value.text}</p>}</div>
      <Wait of={first}>
        {(part) => {
          const all = [...part.sanctions, ...(later.value?.sanctions ?? [])];
          const last = all[all.length - 1];
          return (
            <>
              {all.length === 0 ? <p>{t.sanctions.none}</p> : <ul class="cards">{all.map((one) => <One key={one.id} one={one} reload={first.reload} />)}</ul>}
              <Trouble of={task} />
              {last && (later.value ?? part).more && (
                <button type="button" class="btn line small" aria-disabled={task.busy.value} onClick={() => void more(last.id)}>{t.sanctions.more}</button>
              )}
              <button type="button" class="btn quiet small" onClick={() => void first.reload()}>{s.tryAgain}</button>
            </>
          );
        }}
      </Wait>
    </>
  );
}

function One({ one, reload }: { one: SanctionLine; reload: () => Promise<void> }) {
  const { t, desk, who, where, dateTime } = useDesk();
  const { s } = useSpoken();
  const deed = useDeed();
  const { sanctions: w } = t;
  const title = `${t.kinds[one.kind]}（${t.reasons[one.reason]}）`;
  const end = one.ended ? `${w[one.ended.how]}：${dateTime(one.ended.at)}` : one.until === undefined ? (one.kind === 'nudge' ? '' : w.noEnd) : one.in_force ? w.until(dateTime(one.until)) : w.expired;
  return (
    <li class="slip tall">
      <div>
        <h2>{title} <small>{who(one.about.person)}・{s.roles[one.about.role]}</small></h2>
        <p>{where(one.scope)}・{w.since(dateTime(one.at))}{end && `・${end}`}</p>
        <p class="sub">
          {one.by === undefined ? w.byRule : w.by(desk.name(one.by))}
          {one.approved_by !== undefined && `・${w.second(desk.name(one.approved_by))}`}
          {one.ended?.by !== undefined && `・${w.endedBy(desk.name(one.ended.by))}`}
        </p>
        {one.note && <p class="sub as-written">{one.note}</p>}
        {one.appeal !== undefined && <p class="sub">{w.appealed}</p>}
      </div>
      {one.may_undo && (
        <Sure
          label={t.undo}
          name={`${t.undo}：${title} ${who(one.about.person)}`}
          sure={w.undoSure}
          yes={t.undo}
          onYes={() => void deed.run(async () => {
            await desk.send(`sanctions/${one.id}/undo`);
            await reload();
            return t.undone;
          })}
        />
      )}
    </li>
  );
}
