/** Colleagues: what they are, where, and the way out of the staff. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { ChangeColleague, Colleague, Me } from '../protocol/types';
import { API, useSpoken } from './app';
import { Invitations } from './invitations';
import { Heading, Sure, Trouble, Wait } from './pieces';
import { ReachFields, reachOf, wire } from './reach';
import { useLoaded, useTask } from './task';

export function PeopleView({ me }: { me: Me }) {
  const { s } = useSpoken();
  return (
    <>
      <Heading>{s.people.title}</Heading>
      {me.role === 'owner' && <Colleagues me={me} />}
      <Invitations me={me} />
    </>
  );
}

function Colleagues({ me }: { me: Me }) {
  const people = useLoaded<Colleague[]>(`${API}/people`);
  return (
    <Wait of={people}>
      {(list) => (
        <ul class="cards">
          {list.map((one) => <One key={one.id} one={one} mine={one.id === me.id} reload={people.reload} />)}
        </ul>
      )}
    </Wait>
  );
}

function One({ one, mine, reload }: { one: Colleague; mine: boolean; reload: () => Promise<void> }) {
  const { s, room, date } = useSpoken();
  const editing = useSignal(false);
  const reach = useSignal(reachOf(one.role, one.rooms));
  const none = useSignal(false);
  const task = useTask();

  async function save(): Promise<void> {
    const body: ChangeColleague | null = wire(reach.value);
    none.value = body === null;
    if (!body) return;
    const done = await task.run(() => call('PUT', `${API}/people/${encodeURIComponent(one.id)}`, body));
    if (!done) return;
    editing.value = false;
    await reload();
  }
  async function remove(): Promise<void> {
    if (await task.run(() => call('DELETE', `${API}/people/${encodeURIComponent(one.id)}`))) await reload();
  }

  return (
    <li class="slip tall">
      <div>
        <h2>{one.name}{mine && <small>（{s.people.you}）</small>}</h2>
        <p>{s.roles[one.role]}{one.rooms.length > 0 && `：${one.rooms.map(room).join('、')}`}</p>
        <p class="sub">{one.seen ? s.people.seen(date(one.seen)) : s.people.neverSeen}</p>
      </div>
      {editing.value && (
        <div class="form">
          <ReachFields value={reach.value} onValue={(to) => (reach.value = to)} />
          <p class="kind" role="status">{none.value ? s.people.chooseRoom : ''}</p>
          <div class="row">
            <button type="button" class="btn line small" onClick={() => (editing.value = false)}>{s.stop}</button>
            <button type="button" class="btn main small" aria-disabled={task.busy.value} onClick={() => void save()}>{s.save}</button>
          </div>
        </div>
      )}
      <Trouble of={task} />
      {!editing.value && (
        <div class="row">
          <button type="button" class="btn line small" aria-label={`${s.people.change}：${one.name}`} onClick={() => (editing.value = true)}>{s.people.change}</button>
          {!mine && (
            <Sure label={s.people.remove} name={`${s.people.remove}：${one.name}`} sure={s.people.removeSure(one.name)} yes={s.people.removeYes} onYes={() => void remove()} />
          )}
        </div>
      )}
    </li>
  );
}
