/** What the sheets of booking share. */
import { whyNot } from '../../i18n';
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
  return why === 'offline' ? w.offline : whyNot(why, w);
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
