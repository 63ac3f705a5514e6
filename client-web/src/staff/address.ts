/** What the address bar says: which view is open, and once an invitation, or why a sign-in elsewhere was refused. */
import { wordsOf } from '../i18n';
import { ja as office } from '../i18n/office/ja';
import type { RefusalCode, Role } from '../protocol/types';

export const VIEWS = ['rooms', 'desk', 'sanctions', 'rules', 'audit', 'plans', 'box', 'numbers', 'people', 'webhooks', 'me'] as const;
export type View = (typeof VIEWS)[number];

/** What each role finds in the menu. The server has the last word; this only spares people doors that stay shut. */
const OPEN: Readonly<Partial<Record<Role, readonly View[]>>> = {
  owner: VIEWS,
  facilitator: ['rooms', 'desk', 'sanctions', 'rules', 'plans', 'box', 'numbers', 'people', 'me'],
  moderator: ['desk', 'rooms', 'sanctions', 'rules', 'webhooks', 'me'],
  peer_staff: ['rooms', 'desk', 'me'],
  consultant: ['rooms', 'desk', 'me'],
  auditor: ['numbers', 'desk', 'sanctions', 'audit', 'me'],
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
  // The catalogues know them all; the list itself would be one more thing that everybody's page carries.
  const code = at.hash.slice('#refused='.length);
  return Object.keys({ ...wordsOf('ja').refusal, ...office }).find((one): one is RefusalCode => one === code) ?? 'signin_failed';
}
