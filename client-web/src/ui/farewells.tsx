/** The views without a room that everybody sees: going home, the way in, and the lamp being lit. */
import { suggestName } from '../i18n/names';
import type { Way } from '../protocol/types';
import { offered } from '../state/way';
import { useApp, useWords } from './app';
import { Door } from './door';
import { openSheet } from './sheets';

/** Goes in with what this browser remembers; nobody fills in a form twice. */
export function useWayIn(): (room: string) => void {
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

export function HelpFoot() {
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
