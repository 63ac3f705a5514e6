/** What the sheets of booking share. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Words } from '../../i18n';
import { bookingWordsOf } from '../../i18n/booking';
import type { BookingWords } from '../../i18n/booking';
import type { Why } from '../../net/api';
import type { SessionCard } from '../../protocol/types';
import { useApp, useWords } from '../../ui/app';
import { dateOf, timeOf } from '../sessions';

export function useBookingWords(): BookingWords {
  return bookingWordsOf(useApp().settings.lang.value);
}

export function sentence(w: Words, why: Why): string {
  return why === 'offline' ? w.offline : w.refusal[why];
}

/** Which session it is about. */
export function About({ session, zone }: { session: SessionCard; zone: string }) {
  const { w, read } = useWords();
  return (
    <p class="about-session">
      <b>{read(session.name)}</b>
      <span>{dateOf(w, session.starts, zone)} {w.span(timeOf(session.starts, zone), timeOf(session.ends, zone))}</span>
    </p>
  );
}

/** The code, large enough to be copied onto paper, and a button for those who would rather not. */
export function CodeToKeep({ code }: { code: string }) {
  const words = useBookingWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const copied = useSignal(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      copied.value = true;
    } catch {
      // Without TLS browsers keep the clipboard shut; the old way is still there, and else the text is marked.
      field.current?.select();
      copied.value = document.execCommand('copy');
    }
  }

  return (
    <div class="field">
      <label for={id}>{words.yourCode}</label>
      <div class="field-row">
        <input id={id} ref={field} class="code" readOnly value={code} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="btn line" onClick={() => void copy()}>{words.copy}</button>
      </div>
      <p class="sub" role="status">{copied.value ? words.copied : ''}</p>
    </div>
  );
}

/** A box to tick, with the finger's whole row to hit it. */
export function Tick(props: { label: string; note?: string | undefined; on: boolean; onTick: (on: boolean) => void }) {
  const id = useId();
  return (
    <div class="tick">
      <label>
        <input type="checkbox" checked={props.on} aria-describedby={props.note ? id : undefined} onChange={(event) => props.onTick(event.currentTarget.checked)} />
        <span>{props.label}</span>
      </label>
      {props.note && <p id={id} class="sub">{props.note}</p>}
    </div>
  );
}
