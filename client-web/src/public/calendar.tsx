/** What is planned: a line about the next session near the door, and the list of the coming weeks below it. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useApp, useWords } from '../ui/app';
import type { Place } from '../protocol/types';
import { Card } from './card';
import { browserBox, keptBookings } from './kept';
import type { Asked, Booking } from './booking';
import { SESSIONS_REFRESH_MS, calendar, isOn, sayWhen, upcoming } from './sessions';

/** Dates that are shown at once; an old phone should not have to draw a whole season. */
const AT_FIRST = 5;
const LIST = 'sessions';

/** The soonest session in one line, with the way to the list. */
export function NextSession() {
  const { w, read } = useWords();
  const { state } = calendar;
  useEffect(() => {
    void calendar.load();
    const timer = setInterval(() => document.visibilityState === 'visible' && void calendar.load(), SESSIONS_REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const known = state.value;
  if (!known || known === 'lost') return null;
  const now = calendar.now();
  const next = upcoming(known.sessions, now).find((session) => !session.cancelled);
  if (!next) return null;
  const [day, time] = sayWhen(w, next.starts);
  return (
    <button type="button" class="next-session" onClick={showList}>
      <span class={isOn(next, now) ? 'lit' : ''}>{isOn(next, now) ? w.sessions.on : w.sessions.title}</span>
      <b>{w.sessions.next(day, time, read(next.name))}</b>
    </button>
  );
}

function showList(): void {
  const heading = document.getElementById(LIST);
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

export function Calendar({ place, onRoom }: { place: Place; onRoom: (id: string) => void }) {
  const { settings } = useApp();
  const { w, read } = useWords();
  const all = useSignal(false);
  const asked = useSignal<Asked | null>(null);
  const Sheets = useSignal<typeof Booking | null>(null);
  const hint = useSignal(false);
  const fetching = useRef(false);
  const known = calendar.state.value;
  const now = calendar.now();
  const sessions = known && known !== 'lost' ? upcoming(known.sessions, now) : [];
  const mine = keptBookings(browserBox(), now);

  /** What it takes to book is fetched by those who book. */
  async function ask(what: Asked): Promise<void> {
    if (fetching.current) return;
    fetching.current = true;
    hint.value = false;
    try {
      const module = await import('./booking');
      await module.loadBookingWords(settings.lang.value);
      Sheets.value = module.Booking;
      asked.value = what;
    } catch {
      hint.value = true;
    }
    fetching.current = false;
  }

  const roomName = (id: string): string => {
    const room = place.rooms.find((one) => one.id === id);
    return room ? read(room.name) : '';
  };
  const Open = Sheets.value;
  return (
    <section class="sessions" aria-labelledby={LIST}>
      <h2 id={LIST} tabIndex={-1}>{w.sessions.title}</h2>
      {known === 'lost' && <p class="sub">{w.sessions.lost}</p>}
      {known && known !== 'lost' && sessions.length === 0 && <p class="sub">{w.sessions.none}</p>}
      {known && known !== 'lost' && sessions.length > 0 && (
        <ul class="session-list">
          {(all.value ? sessions : sessions.slice(0, AT_FIRST)).map((session) => (
            <Card
              key={session.id}
              session={session}
              room={roomName(session.room)}
              zone={known.zone}
              now={now}
              booked={mine.some((one) => one.session === session.id)}
              onRoom={onRoom}
              onAsk={(what) => void ask(what)}
            />
          ))}
        </ul>
      )}
      {!all.value && sessions.length > AT_FIRST && (
        <button type="button" class="btn line small" onClick={() => (all.value = true)}>{w.sessions.more}</button>
      )}
      <p class="kind" role="status">{hint.value ? w.offline : ''}</p>
      <div class="session-foot">
        <button type="button" class="btn quiet" onClick={() => void ask({ what: 'mine' })}>{w.sessions.mine}</button>
        {sessions.length > 0 && <a class="btn quiet" href={`/api/v1/calendar.ics?lang=${settings.lang.value}`}>{w.sessions.feed}</a>}
      </div>
      {asked.value && Open && known && known !== 'lost' && (
        <Open
          key={asked.value.what}
          asked={asked.value}
          zone={known.zone}
          now={calendar.now}
          onClose={() => {
            asked.value = null;
            void calendar.load();
          }}
        />
      )}
    </section>
  );
}
