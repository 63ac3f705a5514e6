/** The way into the rooms for those who host there. */
import type { Me } from '../protocol/types';
import { useSpoken, useStaff } from './app';
import { Heading } from './pieces';

export function RoomsView({ me }: { me: Me }) {
  const { place } = useStaff();
  const { s, read } = useSpoken();
  const rooms = (place.value?.rooms ?? []).filter(({ id }) => me.rooms.length === 0 || me.rooms.includes(id));
  return (
    <>
      <Heading>{s.rooms.title}</Heading>
      <p class="sub">{s.rooms.lead}</p>
      <ul class="cards">
        {rooms.map((room) => (
          <li key={room.id} class="slip">
            <div>
              <h2>{read(room.name)}</h2>
              <p class="sub">{!room.open ? s.rooms.closed : room.inside > 0 ? s.rooms.inside(room.inside) : ''}</p>
            </div>
            <a class="btn line" href={`/?room=${encodeURIComponent(room.id)}`} aria-label={s.rooms.enter(read(room.name))}>{s.rooms.go}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
