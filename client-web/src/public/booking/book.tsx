/** Booking a seat: a nickname, and what the session asks for. Then the code, shown once. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { suggestName } from '../../i18n/names';
import { Refused, call, why } from '../../net/api';
import type { Why } from '../../net/api';
import type { Book as BookBody, Booking, Refusal, SessionCard } from '../../protocol/types';
import { useApp, useWords } from '../../ui/app';
import { CopyField } from '../../ui/copy';
import { Nickname, nicknameRefusal } from '../../ui/nickname';
import { Sheet } from '../../ui/sheet';
import { Tick } from '../../ui/tick';
import { browserBox, forgetBooking, keepBooking } from '../kept';
import type { SheetProps } from './index';
import { About, sentence, useBookingWords } from './pieces';

export function Book({ session, zone, now, onClose }: SheetProps & { session: SessionCard }) {
  const { settings, memory } = useApp();
  const { w, read } = useWords();
  const words = useBookingWords();
  const nick = useSignal(memory.habits().nick ?? suggestName(settings.lang.value, Math.random()));
  const declared = useSignal(false);
  const code = useSignal('');
  const busy = useSignal(false);
  const made = useSignal<Booking | null>(null);
  const refusal = useSignal<Why | null>(null);
  const badNick = useSignal<(Pick<Refusal, 'code' | 'try_nick'> & { nick: string }) | null>(null);
  const codeId = useId();

  const { access, eligibility } = session;
  const coded = access === 'code' || access === 'known' ? access : null;
  const declares = eligibility && !eligibility.confirmed;
  const title = session.free > 0 ? words.bookTitle : words.waitTitle;
  if (made.value) return <Booked booking={made.value} zone={zone} now={now} onClose={onClose} />;

  async function book(): Promise<void> {
    const name = nick.value.trim();
    const own = nicknameRefusal(name);
    badNick.value = own ? { code: own, nick: nick.value } : null;
    refusal.value = declares && !declared.value ? 'declare_first' : coded && !code.value.trim() ? 'code_needed' : null;
    if (own || refusal.value || busy.value) return;
    busy.value = true;
    const body: BookBody = { nick: name, declared: declared.value, ...(code.value.trim() ? { code: code.value.trim() } : {}) };
    try {
      made.value = await call<Booking>('POST', `/api/v1/sessions/${encodeURIComponent(session.id)}/bookings`, body);
    } catch (error) {
      if (error instanceof Refused && error.code.startsWith('nickname') && error.refusal) badNick.value = { ...error.refusal, nick: nick.value };
      else refusal.value = why(error);
    }
    busy.value = false;
  }

  return (
    <Sheet title={title} onClose={onClose}>
      <About session={session} zone={zone} />
      <p class="sub">{session.free > 0 ? words.lead : words.waitLead}</p>
      <form
        class="book"
        onSubmit={(event) => {
          event.preventDefault();
          void book();
        }}
      >
        <Nickname nick={nick.value} onNick={(name) => (nick.value = name)} refusal={badNick.value?.nick === nick.value ? badNick.value : null} />
        {eligibility && (
          <div>
            <p class="lab">{words.declareNote}</p>
            <p>{read(eligibility.text)}</p>
            {declares ? (
              <Tick label={words.declare} on={declared.value} onTick={(on) => (declared.value = on)} />
            ) : (
              <p class="sub">{words.confirmed}</p>
            )}
          </div>
        )}
        {coded && (
          <div class="field">
            <label for={codeId}>{words.code[coded]}</label>
            <div class="field-row">
              <input
                id={codeId}
                value={code.value}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                aria-describedby={`${codeId}-note`}
                onInput={(event) => (code.value = event.currentTarget.value)}
              />
            </div>
            <p id={`${codeId}-note`} class="sub">{words.codeNote[coded]}</p>
          </div>
        )}
        <p class="kind" role="status">{refusal.value ? sentence(w, refusal.value) : ''}</p>
        <button type="submit" class="btn main wide" aria-disabled={busy.value}>
          {busy.value ? words.booking : session.free > 0 ? words.book : words.waitTitle}
        </button>
      </form>
    </Sheet>
  );
}

function Booked({ booking, zone, now, onClose }: SheetProps & { booking: Booking }) {
  const words = useBookingWords();
  const remember = useSignal(false);
  const first = useRef<HTMLParagraphElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { code } = booking;

  function tick(on: boolean): void {
    if (!code) return;
    remember.value = on;
    if (on) keepBooking(browserBox(), now(), code, booking);
    else forgetBooking(browserBox(), now(), code);
  }

  return (
    <Sheet title={booking.waiting ? words.doneWaiting : words.done} onClose={onClose}>
      <About session={booking.session} zone={zone} />
      <p ref={first} tabIndex={-1} role="status">{booking.waiting ? words.place(booking.waiting) : words.seat}</p>
      {code && (
        <div class="book">
          <div>
            <h3>{words.keepCode}</h3>
            <p class="sub">{words.keepNote}</p>
          </div>
          <CopyField label={words.yourCode} value={code} words={words} />
          <Tick label={words.remember} note={words.rememberNote} on={remember.value} onTick={tick} />
        </div>
      )}
    </Sheet>
  );
}
