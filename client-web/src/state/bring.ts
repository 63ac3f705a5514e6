/** What one brings to the door of a session. It stays while the page is open, for who goes out and comes in again. */
import { call } from '../net/api';
import type { EnterAsStaff, Pass, ReturnPhrase, SessionCard, Ticket } from '../protocol/types';

export interface Bring {
  /** Of a booking, an invitation or a referral. */
  readonly code: string;
  /** What the session asks for is true of oneself. */
  readonly declared: boolean;
  readonly observes: boolean;
  /** The return phrase, as it was typed. */
  readonly phrase: string;
  /** As staff; with or without the badge. */
  readonly staff: boolean;
  readonly badge: boolean;
}

export const NOTHING: Bring = { code: '', declared: false, observes: false, phrase: '', staff: false, badge: true };

/** Whether the server has to be asked for a ticket before one can knock. */
export function needsTicket({ staff, phrase }: Bring): boolean {
  return staff || phrase.trim() !== '';
}

/** What of it goes with `hello`; nothing that this session does not ask for. Fails with the server's reason. */
export async function passOf(bring: Bring, room: string, card: SessionCard | null): Promise<Pass> {
  const pass: Pass = {};
  const code = bring.code.trim();
  if (bring.staff) {
    const body: EnterAsStaff = { room, badge: bring.badge };
    pass.ticket = (await call<Ticket>('POST', '/api/v1/staff/ticket', body)).ticket;
    return pass;
  }
  if (bring.phrase.trim() !== '') {
    const body: ReturnPhrase = { phrase: bring.phrase.trim() };
    pass.ticket = (await call<Ticket>('POST', '/api/v1/return', body)).ticket;
  }
  if (card && code !== '') pass.code = code;
  if (card?.eligibility?.confirmed === false && bring.declared) pass.declared = true;
  if (card?.observers && bring.observes) pass.observes = true;
  return pass;
}
