/** Small groups: proposed by the server, changed by hand, and then each is asked. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { assists, leads, moved } from '../state/gathering';
import type { Group, PersonId } from '../protocol/types';
import { useNow } from '../ui/session/kit';
import { useDrag } from './drag';
import { Big, Part, Somebody, useHost } from './kit';
import { Pairs } from './pairs';

const SIZES = [2, 3, 4, 5, 6, 8];
const MINUTES = [5, 10, 15, 20, 30, 45];

export function Groups() {
  const { h, g, store } = useHost();
  const groups = g.standing?.groups;
  const now = useNow(store, groups !== undefined);
  if (!g.desk || !assists(g.role)) return null;
  return (
    <Part name={h.groups} open={groups !== undefined || g.desk.proposed.length > 0}>
      {groups ? <Running minutes={Math.max(0, Math.ceil((groups.until - now) / 60_000))} /> : <Proposing />}
      <Pairs />
    </Part>
  );
}

function Running({ minutes }: { minutes: number }) {
  const { h, g, act, nick, zone } = useHost();
  const groups = g.standing?.groups;
  if (!groups) return null;
  return (
    <>
      <p>{groups.calling ? h.calling : h.running(minutes)}</p>
      <ul class="host-list">
        {groups.list.map((group) => <li key={group.zone}><b>{zone(group.zone)}</b> {group.people.map(nick).join('、')}</li>)}
      </ul>
      {leads(g.role) && !groups.calling && <Big onClick={() => void act({ call_back: {} })}>{h.callBack}</Big>}
    </>
  );
}

function Proposing() {
  const { h, g, act } = useHost();
  const size = useSignal(3);
  const minutes = useSignal(15);
  const desk = g.desk;
  if (!desk) return null;
  const proposed = desk.proposed.length > 0;
  const few = desk.people.filter(({ role, lent, lost }) => !lost && (role === 'participant' || lent)).length < 2;
  return (
    <>
      <div class="bigs">
        <Pick label={h.size} value={size.value} options={SIZES.map((n) => [n, String(n)])} onPick={(n) => (size.value = n)} />
        <Big off={few} onClick={() => void act({ propose: { size: size.value } })}>{proposed ? h.proposeAgain : h.propose}</Big>
      </div>
      {few && <p class="sub">{h.groupsFew}</p>}
      {proposed && (
        <>
          <Editor groups={desk.proposed} />
          {leads(g.role) && (
            <>
              <div class="bigs">
                <Pick label={h.minutesLabel} value={minutes.value} options={MINUTES.map((n) => [n, h.minutes(n)])} onPick={(n) => (minutes.value = n)} />
                <Big main onClick={() => void act({ invite: { minutes: minutes.value } })}>{h.invite}</Big>
              </div>
              <p class="sub">{h.inviteNote}</p>
            </>
          )}
        </>
      )}
    </>
  );
}

/** Who sits where: by dragging a name, or with the list beside it, which also keys and readers reach. */
function Editor({ groups }: { groups: readonly Group[] }) {
  const { h, g, act, nick, zone, store } = useHost();
  const tables = store.plan.value?.zones.flatMap(({ kind }, index) => (kind === 'table' ? [index] : [])) ?? [];
  const placed = new Set(groups.flatMap(({ people }) => people));
  const rest = g.desk?.people.filter(({ who, role, lent }) => !placed.has(who) && (role === 'participant' || lent)).map(({ who }) => who) ?? [];
  const put = (who: PersonId, to: number | null): void => void act({ plan: { groups: moved(groups, who, to) } });
  const drag = useDrag((who, to) => put(who, to === NOWHERE ? null : to));
  const boxes: { to: number; name: string; people: readonly PersonId[] }[] = [
    ...tables.map((to) => ({ to, name: h.table(zone(to)), people: groups.find((group) => group.zone === to)?.people ?? [] })),
    { to: NOWHERE, name: h.nowhere, people: rest },
  ];
  return (
    <>
      <p class="sub">{h.dragNote}</p>
      <div class="tables">
        {boxes.map(({ to, name, people }) => (
          <section key={to} class="drop" data-drop={to} aria-label={name}>
            <h3>{name}</h3>
            <ul>
              {people.map((who) => (
                <li key={who} class={drag.who === who ? 'chip held' : 'chip'}>
                  <div class="grip" {...drag.grip(who)}><Somebody who={who} /></div>
                  <Pick
                    label={h.where(nick(who))}
                    hideLabel
                    value={to}
                    options={boxes.map((box) => [box.to, box.to === NOWHERE ? h.nowhere : zone(box.to)])}
                    onPick={(picked) => put(who, picked === NOWHERE ? null : picked)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** No zone has this number. */
const NOWHERE = -1;

export function Pick<T extends string | number>(props: { label: string; hideLabel?: boolean; value: T; options: readonly (readonly [T, string])[]; onPick: (value: T) => void }) {
  const id = useId();
  return (
    <div class="pick">
      <label for={id} class={props.hideLabel ? 'vh' : 'lab'}>{props.label}</label>
      <select
        id={id}
        value={String(props.value)}
        onChange={(event) => {
          const found = props.options.find(([value]) => String(value) === event.currentTarget.value);
          if (found) props.onPick(found[0]);
        }}
      >
        {props.options.map(([value, name]) => <option key={value} value={String(value)}>{name}</option>)}
      </select>
    </div>
  );
}
