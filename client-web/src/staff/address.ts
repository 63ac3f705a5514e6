/** What the address bar says: which view is open, and once an invitation, or why a sign-in elsewhere was refused. */
import { REFUSAL_CODES } from '../protocol/types';
import type { RefusalCode, Role } from '../protocol/types';

export const VIEWS = ['rooms', 'plans', 'box', 'numbers', 'people', 'me'] as const;
export type View = (typeof VIEWS)[number];

/** What each role finds in the menu. The server has the last word; this only spares people doors that stay shut. */
const OPEN: Readonly<Partial<Record<Role, readonly View[]>>> = {
  owner: VIEWS,
  facilitator: ['rooms', 'plans', 'box', 'numbers', 'people', 'me'],
  moderator: ['rooms', 'me'],
  peer_staff: ['rooms', 'me'],
  consultant: ['rooms', 'me'],
  auditor: ['numbers', 'me'],
};

export function viewsOf(role: Role): readonly View[] {
  return OPEN[role] ?? ['me'];
}

/** The view of a fragment; the first that is open to the role for anything else. */
export function viewOf(hash: string, role: Role): View {
  const open = viewsOf(role);
  return open.find((view) => hash === `#${view}`) ?? open[0] ?? 'me';
}

/** Takes the token out of the fragment, and the fragment out of the address bar and the history. */
export function takeInvitation(at: Pick<Location, 'hash' | 'pathname' | 'search'>, past: Pick<History, 'replaceState'>): string | null {
  const token = /^#invitation=([\w-]{1,200})$/.exec(at.hash)?.[1] ?? null;
  if (at.hash.startsWith('#invitation')) past.replaceState(null, '', at.pathname + at.search);
  return token;
}

/** The same for a refusal that the way back from the municipality's sign-in brought along. */
export function takeRefusal(at: Pick<Location, 'hash' | 'pathname' | 'search'>, past: Pick<History, 'replaceState'>): RefusalCode | null {
  if (!at.hash.startsWith('#refused')) return null;
  past.replaceState(null, '', at.pathname + at.search);
  return REFUSAL_CODES.find((code) => at.hash === `#refused=${code}`) ?? 'signin_failed';
}
