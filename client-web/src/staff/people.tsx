/** Colleagues: what they are, where, and the way out of the staff. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { ChangeColleague, Colleague, Me, Role } from '../protocol/types';
import { Choices } from '../ui/choices';
import { Tick } from '../ui/tick';
import { API, useSpoken, useStaff } from './app';
import { Invitations } from './invitations';
import { Heading, Select, Sure, Trouble, Wait } from './pieces';
import { useLoaded, useTask } from './task';

/** What somebody can be among the staff. */
export const STAFF_ROLES = ['peer_staff', 'facilitator', 'moderator', 'consultant', 'owner', 'auditor'] as const satisfies readonly Role[];

/** Only these two can be bound to rooms. */
export function isBound(role: Role): boolean {
  return role === 'facilitator' || role === 'peer_staff';
}

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
  const role = useSignal(one.role);
  const rooms = useSignal<readonly string[]>(one.rooms);
  const task = useTask();

  async function save(): Promise<void> {
    const body: ChangeColleague = { role: role.value, rooms: isBound(role.value) ? [...rooms.value] : [] };
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
          <RoleAndRooms role={role.value} rooms={rooms.value} onRole={(picked) => (role.value = picked)} onRooms={(picked) => (rooms.value = picked)} />
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

export function RoleAndRooms(props: { role: Role; rooms: readonly string[]; roles?: readonly Role[]; onRole: (role: Role) => void; onRooms: (rooms: readonly string[]) => void }) {
  const { place } = useStaff();
  const { s, read } = useSpoken();
  const some = useSignal(props.rooms.length > 0);
  const roles = props.roles ?? STAFF_ROLES;
  return (
    <>
      <Select label={s.people.role} value={props.role} options={roles.map((role) => ({ value: role, label: s.roles[role] }))} onPick={props.onRole} />
      {isBound(props.role) && (
        <>
          <Choices
            legend={s.people.rooms}
            look="chips"
            value={some.value ? 'some' : 'all'}
            onPick={(picked) => {
              some.value = picked === 'some';
              if (picked === 'all') props.onRooms([]);
            }}
            options={[{ value: 'all', label: s.people.allRooms }, { value: 'some', label: s.people.someRooms }]}
          />
          {some.value &&
            (place.value?.rooms ?? []).map((room) => (
              <Tick
                key={room.id}
                label={read(room.name)}
                on={props.rooms.includes(room.id)}
                onTick={(on) => props.onRooms(on ? [...props.rooms, room.id] : props.rooms.filter((id) => id !== room.id))}
              />
            ))}
        </>
      )}
    </>
  );
}
