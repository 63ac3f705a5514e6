/** The rooms to choose from. An empty room shows no number: it is quiet, not failed. */
import { sayWhen } from '../public/sessions';
import type { RoomSummary } from '../protocol/types';
import { useWords } from './app';
import { Choices } from './choices';

export function Rooms({ rooms, value, onPick }: { rooms: readonly RoomSummary[]; value: string; onPick: (id: string) => void }) {
  const { w, read } = useWords();
  return (
    <Choices
      legend={w.room}
      look="rooms"
      value={value}
      onPick={onPick}
      options={[...rooms.filter((room) => !room.practice), ...rooms.filter((room) => room.practice)].map((room) => ({
        value: room.id,
        label: (
          <>
            <span class="room-name">
              <b>{read(room.name)}</b>
              <RoomState room={room} />
            </span>
            <small>{read(room.about)}</small>
          </>
        ),
      }))}
    />
  );
}

export function RoomState({ room }: { room: RoomSummary }) {
  const { w } = useWords();
  if (room.practice && room.open) return <i>{w.roomPractice}</i>;
  if (!room.open) return <i>{room.opens ? w.roomOpens(...sayWhen(w, room.opens)) : w.roomClosed}</i>;
  if (room.inside >= room.capacity) return <i>{w.roomFull}</i>;
  return room.inside > 0 ? <i class="lit">{w.inside(room.inside)}</i> : null;
}
