/** One session: when, what, for whom; everything else folds out. */
import { useId } from 'preact/hooks';
import { useWords } from '../ui/app';
import type { SessionCard } from '../protocol/types';
import type { Asked } from './booking';
import { dateOf, isOn, nearDay, phaseTimes, timeOf } from './sessions';

export function Card(props: {
  session: SessionCard;
  room: string;
  zone: string;
  now: number;
  /** This browser remembers a booking for it. */
  booked: boolean;
  onRoom: (id: string) => void;
  onAsk: (what: Asked) => void;
}) {
  const { w, read } = useWords();
  const { session, zone, now } = props;
  const words = w.sessions;
  const title = useId();
  const near = nearDay(w, session.starts, now, zone);
  const on = isOn(session, now);
  return (
    <li>
      <article class={session.cancelled ? 'session off' : 'session'} aria-labelledby={title}>
        <p class="session-when">
          {near && <b>{near}</b>}
          <span>{dateOf(w, session.starts, zone)}</span> <span>{w.span(timeOf(session.starts, zone), timeOf(session.ends, zone))}</span>
        </p>
        <h3 id={title}>{read(session.name)}</h3>
        <p class="sub">{props.room}</p>
        {session.cancelled ? (
          <p class="kind">{words.cancelled}</p>
        ) : (
          <>
            {session.theme && <p class="session-theme">{words.theme(session.theme)}</p>}
            <p class="sub">{words.access[session.access]}</p>
            {session.eligibility && (
              <p class="sub">
                {read(session.eligibility.text)}
                {session.eligibility.confirmed && ` ${words.confirmed}`}
              </p>
            )}
            {session.observers && <p class="sub">{words.observers}</p>}
            {on ? (
              <p class="session-on lit">{words.on}</p>
            ) : (
              <p class="sub">{props.booked ? words.booked : session.free > 0 ? words.free(session.free) : words.full}</p>
            )}
            <How {...props} />
            <div class="session-acts">
              {on && <button type="button" class="btn line small" onClick={() => props.onRoom(session.room)}>{words.enter}</button>}
              {!on && (
                <button type="button" class="btn line small" onClick={() => props.onAsk(props.booked ? { what: 'mine', session } : { what: 'book', session })}>
                  {props.booked ? words.mine : session.free > 0 ? words.book : words.wait}
                </button>
              )}
              {session.takes_themes && !session.theme && now < session.doors && (
                <button type="button" class="btn quiet small" onClick={() => props.onAsk({ what: 'suggest', session })}>{words.suggest}</button>
              )}
            </div>
          </>
        )}
      </article>
    </li>
  );
}

function How({ session, zone }: { session: SessionCard; zone: string }) {
  const { w, read } = useWords();
  const times = phaseTimes(session);
  return (
    <details class="session-how">
      <summary>{w.sessions.how}</summary>
      <p class="sub">{read(session.about)}</p>
      <ol class="parts">
        {session.phases.map((phase, i) => {
          const at = times[i];
          return (
            <li key={i}>
              <span>{at === undefined ? '' : timeOf(at, zone)}</span>
              <div>
                <b>{read(phase.name)}</b>
                <small>{read(phase.about)}</small>
              </div>
            </li>
          );
        })}
      </ol>
    </details>
  );
}
