/** What the door of a session asks, and no more than that; and the ways in for those who were here before. */
import { useEffect, useId } from 'preact/hooks';
import { bookingFor, browserBox } from '../../public/kept';
import { timeOf } from '../../public/sessions';
import type { SessionCard } from '../../protocol/types';
import type { Bring } from '../../state/bring';
import { useApp } from '../app';
import { AsStaff } from '../later';
import { Tick } from '../tick';
import { useSession } from './kit';

export function SessionDoor({ card, zone, now, been }: { card: SessionCard | null; zone: string; now: number; been: boolean }) {
  const { s, read, session } = useSession();
  const { memory } = useApp();
  const bring = session.bring.value;
  const change = (some: Partial<Bring>): void => void (session.bring.value = { ...session.bring.peek(), ...some });
  const coded = card?.access === 'code' || card?.access === 'known';

  useEffect(() => {
    // A booking that this browser remembers need not be typed again, also when the session was moved since.
    const code = card && session.bring.peek().code === '' && bookingFor(browserBox(), now, card.id);
    if (code) change({ code });
  }, [card?.id]);

  return (
    <section class="at-door" aria-label={card ? read(card.name) : s.been}>
      {card && (
        <>
          <h2>{s.doorOn(read(card.name))}</h2>
          <p class="sub">{s.doorTimes(timeOf(card.starts, zone), timeOf(card.ends, zone))}　{s.access[card.access]}</p>
          {!bring.staff && card.eligibility && <p>{read(card.eligibility.text)} {card.eligibility.confirmed && s.confirmed}</p>}
          {!bring.staff && card.eligibility?.confirmed === false && <Tick on={bring.declared} label={s.declare} onTick={(declared) => change({ declared })} />}
          {!bring.staff && (coded || bring.code !== '' ? (
            <Code value={bring.code} onInput={(code) => change({ code })} />
          ) : (
            <details>
              <summary>{s.code}</summary>
              <Code value={bring.code} onInput={(code) => change({ code })} />
            </details>
          ))}
          {!bring.staff && card.observers && <Tick on={bring.observes} label={s.observe} note={s.observeNote} onTick={(observes) => change({ observes })} />}
        </>
      )}
      {been && !bring.staff && <Field label={s.beenField} note={s.beenNote} value={bring.phrase} onInput={(phrase) => change({ phrase })} />}
      {memory.staff() && <AsStaff onChange={change} />}
    </section>
  );
}

function Code({ value, onInput }: { value: string; onInput: (code: string) => void }) {
  const { s } = useSession();
  return <Field label={s.code} note={s.codeNote} value={value} onInput={onInput} />;
}

function Field(props: { label: string; note: string; value: string; onInput: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        <input
          id={id}
          value={props.value}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby={`${id}-note`}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      </div>
      <p id={`${id}-note`} class="sub">{props.note}</p>
    </div>
  );
}
