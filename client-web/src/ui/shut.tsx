/** Doors that do not open at the moment: another screen has the seat, or the room is closed. */
import { shutWords } from '../i18n/shut';
import type { RoomSummary } from '../protocol/types';
import { useApp, useWords } from './app';
import { Door } from './door';
import { HelpFoot, useWayIn } from './farewells';
import { RoomState } from './rooms';

export function Taken() {
  const { session, settings } = useApp();
  const t = shutWords.of(settings.lang.value);
  return (
    <Door title={t.taken} lead={t.takenNote}>
      <div class="acts one">
        <button type="button" class="btn main" onClick={() => session.comeBack() || session.toEntrance()}>{t.takeHere}</button>
      </div>
      <HelpFoot />
    </Door>
  );
}

export function Closed({ rooms }: { rooms: readonly RoomSummary[] }) {
  const { session, settings } = useApp();
  const { w, read } = useWords();
  const t = shutWords.of(settings.lang.value);
  const wayIn = useWayIn();
  const code = session.refusal.value?.code;
  const [title, lead] =
    code === 'room_full' ? [t.doorFull, t.doorFullNote] : code === 'room_unknown' ? [t.doorUnknown, t.doorUnknownNote] : [t.doorClosed, t.doorClosedNote];
  const room = rooms.find(({ id }) => id === session.roomId.value);
  // Whoever wanted to be with others is not sent to where the controls are tried.
  const others = rooms.filter((room) => room.id !== session.roomId.value && room.open && !room.practice && room.inside < room.capacity);
  return (
    <Door room={room && read(room.name)} title={title} lead={lead} dark={code !== 'room_full'}>
      {others.length > 0 && (
        <section>
          <h2>{t.otherRooms}</h2>
          <div class="rows">
            {others.map((room) => (
              <button key={room.id} type="button" class="rowb door" onClick={() => wayIn(room.id)}>
                <span>
                  {read(room.name)}
                  <small>{read(room.about)}</small>
                </span>
                <RoomState room={room} />
              </button>
            ))}
          </div>
        </section>
      )}
      <div class="acts one">
        {code !== 'room_unknown' && (
          <button type="button" class="btn main" onClick={() => wayIn(session.roomId.value)}>{t.tryAgain}</button>
        )}
        <button type="button" class="btn line" onClick={() => session.toEntrance()}>{w.toEntrance}</button>
      </div>
      <HelpFoot />
    </Door>
  );
}
