/** Waiting before the room: a kind word, what the staff say, and the way home. */
import { paperWords } from '../../i18n/papers';
import { Door, NoticeLine } from '../door';
import { Icon } from '../drawn';
import { Safe } from '../later';
import { useSession } from './kit';
import { usePaper } from './paper';
import './session.css';

export const words = [paperWords];

export function Lobby() {
  const { w, g, read, session } = useSession();
  const p = usePaper();
  const lobby = g.lobby;
  if (!lobby) return null;
  const lost = session.line.value === 'lost';
  return (
    <Door title={p.lobby} room={lobby.name && read(lobby.name)} lead={lobby.observes ? p.lobbyObserver : p.lobbyLead}>
      <p>{p.lobbyNote}</p>
      <div role="status">
        {lost && <p class="kind">{w.lost}</p>}
        {lobby.enters !== undefined && <p class="nc strong"><Icon id="i-lantern" />{p.lobbyEnters}</p>}
        {lobby.word && (
          <div class="nc">
            <Icon id="i-letter" />
            <div>
              <p class="sub">{p.lobbyWord}</p>
              <p class="words">{lobby.word}</p>
            </div>
          </div>
        )}
      </div>
      {session.store.cared.value && <Safe />}
      <NoticeLine />
      <div class="acts one">
        <button type="button" class="btn line" onClick={session.leave}><Icon id="i-leave" />{w.leave}</button>
      </div>
    </Door>
  );
}
