/** What is going on, in one quiet line: the phase, the time left as a ring, what one may do, and what wants an answer. */
import { useEffect } from 'preact/hooks';
import { isStaff, left, phaseOf, possible } from '../../state/gathering';
import { Icon } from '../drawn';
import { openSheet, sheet } from '../sheets';
import { Cards } from './cards';
import { Ring, timeWords, useNow, useSession } from './kit';

/** As in host.css. */
const WIDE = '(min-width: 1121px)';

export function Now() {
  const { s, g, read, store, session } = useSession();
  const { programme, standing } = g;
  const timed = standing?.until !== undefined || standing?.groups !== undefined || standing?.alone !== undefined;
  const now = useNow(store, timed);
  const phase = phaseOf(g);

  useEffect(() => {
    // Asked for, and the sheet was put away before the answer came: it is told only once.
    if (g.phrase !== null && sheet.peek() === null) openSheet({ name: 'phrase' });
  }, [g.phrase]);

  const atDesk = isStaff(g.role) && g.desk !== null;
  useEffect(() => {
    // Where there is room for it, it stands beside the room from the beginning.
    if (atDesk) session.hosting.value = matchMedia(WIDE).matches;
  }, [atDesk]);

  if (!programme || !standing || !phase) return null;
  const time = left(standing, now);
  return (
    <section class="now" aria-label={s.title}>
      <div class="now-head">
        <button type="button" class="now-phase" aria-haspopup="dialog" aria-label={[read(phase.name), time && timeWords(time, s), s.open].filter(Boolean).join('、')} onClick={() => openSheet({ name: 'session' })}>
          {time ? <Ring time={time} /> : <Icon id="i-lantern" />}
          <span>
            <b>{read(phase.name)}</b>
            {time && <small>{timeWords(time, s)}</small>}
          </span>
        </button>
        <div class="now-acts">
          <Hand />
          {atDesk && (
            <button type="button" class="now-act" aria-expanded={session.hosting.value} onClick={() => (session.hosting.value = !session.hosting.value)}>
              <Icon id="i-host" />
              {s.host}
            </button>
          )}
        </div>
        <p class="now-about" role="status">
          <span class="vh">{read(phase.name)}。</span>
          {read(phase.about)}
        </p>
      </div>
      <Cards now={now} />
    </section>
  );
}

/** Only where the programme has a time for hands at all; at other times it says so. */
function Hand() {
  const { s, g, store, session, intents } = useSession();
  const me = store.me.value;
  const up = me !== null && (g.standing?.hands.includes(me) ?? false);
  if (!up && !g.programme?.phases.some(({ can }) => can.includes('hand'))) return null;
  const off = !up && !possible(g, 'hand');
  return (
    <button
      type="button"
      class="now-act"
      aria-pressed={up}
      aria-disabled={off}
      onClick={() => {
        if (off) session.notice.value = () => s.handOff;
        else void intents.take({ hand: { up: !up } });
      }}
    >
      <Icon id="i-hand" />
      {up ? s.handUp : s.hand}
    </button>
  );
}
