/** A booking by its code: see it, cancel it. Cancelling needs no reason. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { call, why } from '../../net/api';
import type { Why } from '../../net/api';
import type { Booking, BookingCode, SessionCard } from '../../protocol/types';
import { useWords } from '../../ui/app';
import { Sheet } from '../../ui/sheet';
import { browserBox, forgetBooking, keptBookings } from '../kept';
import { dateOf, timeOf } from '../sessions';
import type { SheetProps } from './index';
import { About, sentence, useBookingWords } from './pieces';

export function Mine({ session, zone, now, onClose }: SheetProps & { session?: SessionCard | undefined }) {
  const { w } = useWords();
  const words = useBookingWords();
  const id = useId();
  const code = useSignal('');
  const found = useSignal<Booking | null>(null);
  const refusal = useSignal<Why | null>(null);
  const asking = useSignal(false);
  const over = useSignal(false);
  const busy = useSignal(false);
  const kept = keptBookings(browserBox(), now());

  async function ask(what: 'show' | 'cancel', with_: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    refusal.value = null;
    try {
      const body: BookingCode = { code: with_.trim() };
      const booking = await call<Booking | undefined>('POST', `/api/v1/bookings/${what}`, body);
      if (what === 'show' && booking) found.value = booking;
      else {
        forgetBooking(browserBox(), now(), with_);
        over.value = true;
      }
    } catch (error) {
      refusal.value = why(error);
    }
    busy.value = false;
  }

  function open(with_: string): void {
    code.value = with_;
    void ask('show', with_);
  }

  useEffect(() => {
    const mine = session && kept.find((one) => one.session === session.id);
    if (mine) open(mine.code);
  }, []);

  const booking = found.value;
  return (
    <Sheet title={words.mineTitle} onClose={onClose}>
      {over.value ? (
        <p role="status">{words.cancelled}</p>
      ) : booking ? (
        <>
          <About session={booking.session} zone={zone} />
          <p>{words.nick}：{booking.nick}</p>
          <p role="status">{booking.session.cancelled ? words.off : booking.waiting ? words.place(booking.waiting) : words.seat}</p>
          <p class="kind" role="status">{refusal.value ? sentence(w, refusal.value) : ''}</p>
          {asking.value ? (
            <>
              <p class="sub">{words.cancelSure}</p>
              <div class="acts">
                <button type="button" class="btn line" onClick={() => void ask('cancel', code.value)}>{words.cancelYes}</button>
                <button type="button" class="btn line" onClick={() => (asking.value = false)}>{words.cancelNo}</button>
              </div>
            </>
          ) : (
            <button type="button" class="btn line wide" onClick={() => (asking.value = true)}>{words.cancel}</button>
          )}
        </>
      ) : (
        <>
          {kept.length > 0 && (
            <>
              <h3>{words.keptHere}</h3>
              <ul class="rows">
                {kept.map((one) => (
                  <li key={one.code}>
                    <button type="button" class="rowb door" onClick={() => open(one.code)}>
                      {dateOf(w, one.doors, zone)} {timeOf(one.doors, zone)}
                      <i>{words.show}</i>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
          <form
            class="book"
            onSubmit={(event) => {
              event.preventDefault();
              if (code.value.trim()) void ask('show', code.value);
            }}
          >
            <div class="field">
              <label for={id}>{words.yourCode}</label>
              <div class="field-row">
                <input
                  id={id}
                  value={code.value}
                  autocomplete="off"
                  autocapitalize="off"
                  spellcheck={false}
                  aria-describedby={`${id}-note`}
                  onInput={(event) => (code.value = event.currentTarget.value)}
                />
                <button type="submit" class="btn line">{words.show}</button>
              </div>
              <p id={`${id}-note`} class="sub">{words.mineNote}</p>
            </div>
            <p class="kind" role="status">{refusal.value ? sentence(w, refusal.value) : ''}</p>
          </form>
        </>
      )}
    </Sheet>
  );
}
