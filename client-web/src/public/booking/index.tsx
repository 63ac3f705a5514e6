/** Everything about booking: a part of the page that only those fetch who ask for it. */
import type { SessionCard } from '../../protocol/types';
import { Book } from './book';
import { Mine } from './mine';
import { Suggest } from './suggest';
import './booking.css';

export { loadBookingWords } from '../../i18n/booking';

export type Asked = { what: 'book'; session: SessionCard } | { what: 'suggest'; session: SessionCard } | { what: 'mine'; session?: SessionCard };

export interface SheetProps {
  zone: string;
  now: () => number;
  onClose: () => void;
}

export function Booking({ asked, ...rest }: SheetProps & { asked: Asked }) {
  switch (asked.what) {
    case 'book':
      return <Book session={asked.session} {...rest} />;
    case 'suggest':
      return <Suggest session={asked.session} {...rest} />;
    case 'mine':
      return <Mine session={asked.session} {...rest} />;
  }
}
