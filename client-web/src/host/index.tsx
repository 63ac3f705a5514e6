/**
 * The host's panel: everything one needs to run an afternoon, in large quiet buttons. It comes only to staff, and never
 * shows who has been silent: silence is fine.
 */
import { useEffect, useRef } from 'preact/hooks';
import { hostWords } from '../i18n/host';
import { sessionWords } from '../i18n/session';
import { admits, assists, leads } from '../state/gathering';
import { Icon } from '../ui/drawn';
import { Announce } from './announce';
import { Course } from './course';
import { Groups } from './groups';
import { Waiting } from './waiting';
import { DeskContext, useDesk, useHost } from './kit';
import { Notes, Myself } from './notes';
import { People } from './people';
import { Talk } from './talk';
import { Themes } from './themes';
import './host.css';

export { AsStaff } from '../ui/session/as-staff';
export const words = [hostWords, sessionWords];

export function Host() {
  const desk = useDesk();
  const panel = useRef<HTMLElement>(null);
  const { session, h, g } = desk;

  /** Back to the button that opened it. */
  function shut(): void {
    session.hosting.value = false;
    document.querySelector<HTMLElement>('.now-act[aria-expanded]')?.focus();
  }

  useEffect(() => {
    // Beside the room it is simply there; where it covers the words, it is what one asked for.
    if (panel.current && getComputedStyle(panel.current).position === 'fixed') panel.current.querySelector<HTMLElement>('h2')?.focus();
  }, []);

  if (!g.desk || !g.standing || !g.programme) return null;
  return (
    <DeskContext.Provider value={desk}>
      <aside ref={panel} class="host" aria-label={h.title} onKeyDown={(event) => event.key === 'Escape' && shut()}>
        <div class="host-head">
          <h2 tabIndex={-1}>{h.title}</h2>
          <button type="button" class="shut" aria-label={h.shut} onClick={shut}><Icon id="i-close" /></button>
        </div>
        <Said />
        {leads(g.role) && <Course />}
        {admits(g.role) && <Waiting />}
        {assists(g.role) && (
          <>
            <Talk />
            <Themes />
          </>
        )}
        {leads(g.role) && <Announce />}
        {assists(g.role) && <Groups />}
        <People />
        <Notes />
        <Myself />
      </aside>
    </DeskContext.Provider>
  );
}

/** The answer to what was pressed last; it stays in sight. */
function Said() {
  const { said } = useHost();
  return <p class="kind host-said" role="status">{said.value}</p>;
}
