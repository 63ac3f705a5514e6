/** Waiting before the room: a kind word, what the staff say, and the way home. */
import { Door, NoticeLine } from '../door';
import { Icon } from '../drawn';
import { useSession } from './kit';

export function Lobby() {
  const { s, w, g, read, session } = useSession();
  const lobby = g.lobby;
  if (!lobby) return null;
  const lost = session.line.value === 'lost';
  return (
    <Door title={s.lobby} room={lobby.name && read(lobby.name)} lead={lobby.observes ? s.lobbyObserver : s.lobbyLead}>
      <p>{s.lobbyNote}</p>
      <div role="status">
        {lost && <p class="kind">{w.lost}</p>}
        {lobby.enters !== undefined && <p class="nc strong"><Icon id="i-lantern" />{s.lobbyEnters}</p>}
        {lobby.word && (
          <div class="nc">
            <Icon id="i-letter" />
            <div>
              <p class="sub">{s.lobbyWord}</p>
              <p class="words">{lobby.word}</p>
            </div>
          </div>
        )}
      </div>
      <NoticeLine />
      <div class="acts one">
        <button type="button" class="btn line" onClick={session.leave}><Icon id="i-leave" />{w.leave}</button>
      </div>
    </Door>
  );
}
