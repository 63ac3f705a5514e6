/** The views without a room: going home, another screen, a closed door, and the lamp being lit. */
import { suggestName } from '../i18n/names';
import type { RoomSummary, Way } from '../protocol/types';
import { offered } from '../state/way';
import { useApp, useWords } from './app';
import { Door } from './door';
import { RoomState } from './rooms';
import { openSheet } from './sheets';

/** Goes in with what this browser remembers; nobody fills in a form twice. */
function useWayIn(): (room: string) => void {
  const { session, settings, memory } = useApp();
  return (room) => {
    const { nick, look, way } = memory.habits();
    const asWay: Way = offered(way ?? 'watch', session.voice.value);
    session.enter(room, {
      new: { nick: nick ?? suggestName(settings.lang.value, Math.random()), look: look ?? { figure: 0, colour: 0 }, way: asWay },
    });
    session.view.value = 'entering';
  };
}

function HelpFoot() {
  const { w } = useWords();
  return (
    <div class="foot">
      <button type="button" class="btn quiet" onClick={() => openSheet({ name: 'help' })}>{w.hard}</button>
    </div>
  );
}

export function Goodbye() {
  const { session } = useApp();
  const { w } = useWords();
  const wayIn = useWayIn();
  const said = session.farewell.value;
  return (
    <Door title={w.bye} lead={said ? w.close[said.code] : w.byeNote}>
      {said?.word && <p class="words">{said.word}</p>}
      <div class="acts one">
        <button type="button" class="btn line" onClick={() => session.toEntrance()}>{w.toEntrance}</button>
        {!said && <button type="button" class="btn line" onClick={() => wayIn(session.roomId.value)}>{w.enterAgain}</button>}
      </div>
      <HelpFoot />
    </Door>
  );
}

export function Taken() {
  const { session } = useApp();
  const { w } = useWords();
  return (
    <Door title={w.taken} lead={w.takenNote}>
      <div class="acts one">
        <button type="button" class="btn main" onClick={() => session.comeBack() || session.toEntrance()}>{w.takeHere}</button>
      </div>
      <HelpFoot />
    </Door>
  );
}

export function Closed({ rooms }: { rooms: readonly RoomSummary[] }) {
  const { session } = useApp();
  const { w, read } = useWords();
  const wayIn = useWayIn();
  const code = session.refusal.value?.code;
  const [title, lead] =
    code === 'room_full' ? [w.doorFull, w.doorFullNote] : code === 'room_unknown' ? [w.doorUnknown, w.doorUnknownNote] : [w.doorClosed, w.doorClosedNote];
  const room = rooms.find(({ id }) => id === session.roomId.value);
  // Whoever wanted to be with others is not sent to where the controls are tried.
  const others = rooms.filter((room) => room.id !== session.roomId.value && room.open && !room.practice && room.inside < room.capacity);
  return (
    <Door room={room && read(room.name)} title={title} lead={lead} dark={code !== 'room_full'}>
      {others.length > 0 && (
        <section>
          <h2>{w.otherRooms}</h2>
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
          <button type="button" class="btn main" onClick={() => wayIn(session.roomId.value)}>{w.tryAgain}</button>
        )}
        <button type="button" class="btn line" onClick={() => session.toEntrance()}>{w.toEntrance}</button>
      </div>
      <HelpFoot />
    </Door>
  );
}

/** Between the door and the room. */
export function Entering() {
  const { session } = useApp();
  const { w } = useWords();
  return (
    <Door title={w.entering} lead={session.line.value === 'waiting' ? w.enteringSlow : undefined}>
      <div class="acts one">
        <button type="button" class="btn line" onClick={() => session.cancel()}>{w.stop}</button>
      </div>
    </Door>
  );
}

export function Loading() {
  const { w } = useWords();
  return <Door title={w.title} lead={w.loading} />;
}
