/** What somebody is or shall be, and where. Apart from the two who are bound to rooms, staff are for all of them. */
import type { Role } from '../protocol/types';
import { Choices } from '../ui/choices';
import { Tick } from '../ui/tick';
import { useSpoken, useStaff } from './app';
import { Select } from './pieces';

/** What somebody can be among the staff. */
export const STAFF_ROLES = ['peer_staff', 'facilitator', 'moderator', 'consultant', 'owner', 'auditor'] as const satisfies readonly Role[];

/** A role, and its rooms. On the wire no room means all of them: here nobody gets all of them by ticking none. */
export interface Reach {
  role: Role;
  rooms: 'all' | readonly string[];
}

export function reachOf(role: Role, rooms: readonly string[]): Reach {
  return { role, rooms: rooms.length === 0 ? 'all' : rooms };
}

function isBound(role: Role): boolean {
  return role === 'facilitator' || role === 'peer_staff';
}

/** As the server takes it; `null` while no room is chosen. */
export function wire({ role, rooms }: Reach): { role: Role; rooms: string[] } | null {
  if (!isBound(role) || rooms === 'all') return { role, rooms: [] };
  return rooms.length === 0 ? null : { role, rooms: [...rooms] };
}

export function ReachFields(props: {
  value: Reach;
  roles?: readonly Role[];
  /** The rooms of who decides; empty for all. Nobody gives more than they have. */
  within?: readonly string[];
  onValue: (reach: Reach) => void;
}) {
  const { place } = useStaff();
  const { s, read } = useSpoken();
  const { value, onValue, roles = STAFF_ROLES, within = [] } = props;
  const { role, rooms } = value;
  const all = (place.value?.rooms ?? []).filter(({ id }) => within.length === 0 || within.includes(id));
  return (
    <>
      <Select label={s.people.role} value={role} options={roles.map((one) => ({ value: one, label: s.roles[one] }))} onPick={(picked) => onValue({ ...value, role: picked })} />
      {isBound(role) && within.length === 0 && (
        <Choices
          legend={s.people.rooms}
          look="chips"
          value={rooms === 'all' ? 'all' : 'some'}
          onPick={(picked) => onValue({ ...value, rooms: picked === 'all' ? 'all' : [] })}
          options={[{ value: 'all', label: s.people.allRooms }, { value: 'some', label: s.people.someRooms }]}
        />
      )}
      {isBound(role) && rooms !== 'all' && (
        <fieldset>
          <legend class={within.length === 0 ? 'vh' : 'lab'}>{s.people.rooms}</legend>
          {all.map((room) => (
            <Tick
              key={room.id}
              label={read(room.name)}
              on={rooms.includes(room.id)}
              onTick={(on) => onValue({ ...value, rooms: on ? [...rooms, room.id] : rooms.filter((id) => id !== room.id) })}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
