/** The entrance: everything has a value already, so that one may simply go in. */
import { whyNot } from '../i18n';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { suggestName } from '../i18n/names';
import { FIGURES } from '../protocol/types';
import type { Look, Place, Way } from '../protocol/types';
import { why } from '../net/api';
import { Calendar, NextSession } from '../public/calendar';
import { calendar } from '../public/sessions';
import { needsTicket, passOf } from '../state/bring';
import { sessionAt } from '../state/gathering';
import { includes, offered } from '../state/way';
import { openEars } from '../voice/ears';
import { useApp, useWords } from './app';
import { Door, NoticeLine } from './door';
import { Icon } from './drawn';
import { SessionDoor } from './later';
import { Looks } from './looks';
import { LangSwitch } from './moods';
import { Nickname, nicknameRefusal } from './nickname';
import { Rooms } from './rooms';
import { openSheet } from './sheets';
import { Ways } from './ways';

const REFRESH_MS = 60_000;

export function Entrance({ place }: { place: Place }) {
  const { session, settings, memory } = useApp();
  const { w, read } = useWords();
  const habits = memory.habits();
  const room = useSignal(firstRoom(place, habits.room));
  const nick = useSignal(habits.nick ?? suggestName(settings.lang.value, Math.random()));
  const look = useSignal<Look>(habits.look ?? { figure: Math.floor(Math.random() * FIGURES), colour: 0 });
  const chosen = useSignal<Way>(habits.way ?? 'write');
  const way = offered(chosen.value, session.voice.value);
  const form = useRef<HTMLFormElement>(null);
  const tried = useSignal<string | null>(session.refusal.value?.code.startsWith('nickname') ? nick.value : null);

  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void session.loadPlace(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  const practice = place.rooms.find((one) => one.practice && one.open);
  const known = calendar.state.value;
  const now = calendar.now();
  const card = known && known !== 'lost' ? sessionAt(known.sessions, room.value, now) : null;
  const been = useSignal(session.bring.value.phrase !== '');
  const asking = useSignal(false);
  const line = session.line.value;
  const knocking = line === 'knocking' || line === 'waiting' || asking.value;
  const refused = session.refusal.value;
  // A sentence about a name stands only as long as that name stands in the field.
  const own = tried.value === nick.value ? nicknameRefusal(nick.value) : null;
  const nickRefusal = own ? { code: own } : refused?.code.startsWith('nickname') && tried.value === nick.value ? refused : null;

  /** To try the controls, as well as to look on, nobody has to have thought of a name. */
  async function enter(asWay: Way, to = room.value): Promise<void> {
    if (includes(asWay, 'listen')) openEars();
    let name = nick.value.trim();
    if ((asWay === 'watch' || to === practice?.id) && nicknameRefusal(name)) name = suggestName(settings.lang.value, Math.random());
    tried.value = nick.value;
    if (nicknameRefusal(name)) return;
    const bring = session.bring.value;
    const as = { nick: name, look: look.value, way: asWay };
    const bringsNothing = !card && !needsTicket(bring);
    if (to !== room.value || bringsNothing) return session.enter(to, { new: as });
    try {
      asking.value = true;
      const pass = await passOf(bring, to, card);
      session.enter(to, { new: { ...as, pass } });
    } catch (error) {
      const code = why(error);
      session.notice.value = (words) => (code === 'offline' ? words.offline : whyNot(code, words));
    } finally {
      asking.value = false;
    }
  }

  /** A session that is on leads to its door: the form, with its room chosen. */
  function choose(id: string): void {
    room.value = id;
    form.current?.scrollIntoView();
    form.current?.querySelector<HTMLElement>('input:checked')?.focus({ preventScroll: true });
  }

  return (
    <Door title={read(place.name)} lead={read(place.about)}>
      <div class="newcomer">
        <button type="button" class="btn quiet" onClick={() => openSheet({ name: 'first' })}>{w.firstTime}</button>
        {practice && <button type="button" class="btn quiet" aria-disabled={knocking} onClick={() => !knocking && void enter('write', practice.id)}>{w.tryControls}</button>}
      </div>
      <NextSession />
      <form
        ref={form}
        class="enter"
        onSubmit={(event) => {
          event.preventDefault();
          if (!knocking) void enter(way);
        }}
      >
        <Rooms rooms={place.rooms} value={room.value} onPick={(id) => (room.value = id)} />
        <Nickname nick={nick.value} onNick={(name) => (nick.value = name)} refusal={nickRefusal} />
        <Looks look={look.value} onPick={(picked) => (look.value = picked)} />
        <Ways way={way} onPick={(picked) => (chosen.value = picked)} look="chips" />
        <p class="sub under">{w.wayNote}</p>
        {session.voice.value && <button type="button" class="btn quiet newcomer" onClick={() => openSheet({ name: 'practice' })}>{w.tryVoice}</button>}
        {(card || been.value || memory.staff()) && <SessionDoor card={card} zone={known && known !== 'lost' ? known.zone : ''} now={now} been={been.value} />}
        {!been.value && !session.bring.value.staff && <button type="button" class="btn quiet newcomer" onClick={() => (been.value = true)}>{w.been}</button>}
        <div class="acts-in">
          <NoticeLine />
          <div class="acts">
            {knocking ? (
              <>
                <button type="submit" class="btn main" aria-disabled="true">{w.entering}</button>
                <button type="button" class="btn line" onClick={() => session.cancel()}>{w.stop}</button>
              </>
            ) : (
              <>
                <button type="submit" class="btn main">{w.enter}</button>
                <button type="button" class="btn line" onClick={() => void enter('watch')}>{w.enterWatching}</button>
              </>
            )}
          </div>
          <p class="sub" role="status">{line === 'waiting' ? w.enteringSlow : ''}</p>
        </div>
      </form>
      <Calendar place={place} onRoom={choose} />
      <section class="promises">
        <h2>{w.rules}</h2>
        <ul class="three">
          {place.rules.map((rule, i) => (
            <li key={i}><Icon id={RULE_ICONS[i] ?? 'i-letter'} />{read(rule)}</li>
          ))}
        </ul>
        <dl class="facts">
          <dt>{w.kept}</dt>
          {sentences(read(place.kept)).map((one) => <dd key={one} class="each">{one}</dd>)}
          <dt>{w.runBy}</dt>
          <dd>{read(place.run_by)}</dd>
        </dl>
      </section>
      <LangSwitch />
      <div class="foot">
        <button type="button" class="btn quiet" onClick={() => openSheet({ name: 'help' })}>{w.hard}</button>
      </div>
    </Door>
  );
}

/** One a line: what is kept is read by somebody who wonders whether it is safe here. */
function sentences(text: string): string[] {
  return text.match(/\S[^\n]*?(?:[。\n]|\.(?=\s)|$)/g) ?? [];
}

const RULE_ICONS = ['i-lantern', 'i-hush', 'i-letter'];

/** The room of the link, else the one of last time, else the first that is open. */
function firstRoom(place: Place, last: string | undefined): string {
  const asked = new URLSearchParams(location.search).get('room');
  const has = (id: string | null | undefined): id is string => place.rooms.some((room) => room.id === id);
  if (has(asked)) return asked;
  if (has(last)) return last;
  return (place.rooms.find((room) => room.open && !room.practice) ?? place.rooms[0])?.id ?? '';
}
