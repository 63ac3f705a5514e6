/**
 * The session that is on, as one knows it: its programme, where it stands, and what one has to do with it. Pure; each
 * piece of news replaces the one before, so that nobody is ever a step behind.
 */
import type { Can, Desk, Event, Group, Kind, Lobby, Mine, PersonId, Phase, Programme, Role, SessionCard, Standing, Welcome } from '../protocol/types';

export interface Gathering {
  readonly role: Role;
  /** Present while one waits. */
  readonly lobby: Lobby | null;
  readonly programme: Programme | null;
  readonly standing: Standing | null;
  readonly mine: Mine;
  /** For staff. */
  readonly desk: Desk | null;
  /** The return phrase that was asked for: told once, kept nowhere else, gone when it is put away. */
  readonly phrase: string | null;
}

export const NOTHING_ON: Gathering = {
  role: 'participant',
  lobby: null,
  programme: null,
  standing: null,
  mine: { known: false, badge: false },
  desk: null,
  phrase: null,
};

/** The picture of a welcome replaces everything; only a phrase that nobody has written down yet stays. */
export function pictureOf(welcome: Welcome, before: Gathering): Gathering {
  return {
    role: welcome.role,
    lobby: welcome.lobby ?? null,
    programme: welcome.programme ?? null,
    standing: welcome.standing ?? null,
    mine: welcome.mine,
    desk: welcome.desk ?? null,
    phrase: welcome.line === 'fresh' ? null : before.phrase,
  };
}

type News = Extract<Event, { t: 'programme' | 'standing' | 'mine' | 'desk' | 'lobby' | 'role' | 'phrase' }>;

export function told(gathering: Gathering, news: News): Gathering {
  switch (news.t) {
    case 'programme':
      // Without a session there is nothing that could stand anywhere.
      return news.programme ? { ...gathering, programme: news.programme } : { ...gathering, programme: null, standing: null, desk: null };
    case 'standing': {
      const { t: _, ...standing } = news;
      return { ...gathering, standing };
    }
    case 'mine': {
      const { t: _, ...mine } = news;
      return { ...gathering, mine };
    }
    case 'desk': {
      const { t: _, ...desk } = news;
      return { ...gathering, desk };
    }
    case 'lobby': {
      const { t: _, ...lobby } = news;
      return { ...gathering, lobby };
    }
    case 'role':
      return { ...gathering, role: news.role, desk: isStaff(news.role) ? gathering.desk : null };
    case 'phrase':
      return { ...gathering, phrase: news.words };
  }
}

const STAFF: readonly Role[] = ['peer_staff', 'facilitator', 'moderator', 'consultant', 'owner'];

export function isStaff(role: Role): boolean {
  return STAFF.includes(role);
}

/** Whether the table of roles lets one lead (phases, theme, turns, groups, announcements). */
export function leads(role: Role): boolean {
  return role === 'facilitator' || role === 'owner';
}

/** Carries on what somebody who leads has begun: the next in a round, hands, groups before anybody is invited. */
export function assists(role: Role): boolean {
  return leads(role) || role === 'peer_staff';
}

export function admits(role: Role): boolean {
  return assists(role) || role === 'moderator';
}

/** Who only looks on: whatever is going on, their hands rest. */
export function onlooks(role: Role): boolean {
  return role === 'observer' || role === 'auditor';
}

/** The phase it stands in. */
export function phaseOf({ programme, standing }: Gathering): Phase | null {
  return (standing && programme?.phases[standing.phase]) ?? null;
}

/** What each decision of staff takes from somebody for its time. */
const TAKES: Partial<Record<Kind, readonly Can[]>> = { timeout: ['write', 'react', 'speak'], mute_text: ['write'], mute_voice: ['speak'] };

/** Whether something rests because staff decided so; the reason and the end stand in `mine.in_force`. */
export function rests({ mine }: Gathering, what: Can): boolean {
  return mine.in_force?.some(({ kind }) => TAKES[kind]?.includes(what)) ?? false;
}

/**
 * Whether something is possible now. Without a session, everything that the room has; hands and suggestions are
 * matters of a session.
 */
export function possible(gathering: Gathering, what: Can): boolean {
  const { role, standing, programme } = gathering;
  if (onlooks(role)) return what === 'tables';
  if (rests(gathering, what)) return false;
  if (!standing || !programme) return what !== 'hand' && what !== 'suggest';
  // Who helps the others is not held up by the programme. Without staff of the place only those are left to whom the
  // role was lent, and the quieter mode is for them too.
  return standing.can.includes(what) || (isStaff(role) && !standing.alone);
}

export interface Left {
  /** How much of the phase is still to come, 1 to 0, in 60 steps: so coarse that nobody sees it move. */
  readonly part: number;
  /** Whole minutes, rounded up; 0 when the planned end is past. */
  readonly minutes: number;
}

/** The time left of the phase by the server's clock; null where there is no end. */
export function left({ since, until }: Pick<Standing, 'since' | 'until'>, now: number): Left | null {
  if (until === undefined) return null;
  const whole = Math.max(1, until - since);
  const rest = Math.min(whole, Math.max(0, until - now));
  return { part: Math.ceil((rest / whole) * 60) / 60, minutes: Math.ceil(rest / 60_000) };
}

/** Where one is in a round: at one's turn, next, or listening. */
export function turnOf({ standing }: Gathering, me: PersonId | null): 'now' | 'next' | 'other' | null {
  const round = standing?.round;
  if (!round) return null;
  if (me !== null && round.turn === me) return 'now';
  return me !== null && round.next === me ? 'next' : 'other';
}

/** The group one belongs to, whether one has answered or not. */
export function groupOf({ standing }: Gathering, me: PersonId | null): Group | null {
  return standing?.groups?.list.find((group) => me !== null && group.people.includes(me)) ?? null;
}

/** The session whose doors are open in a room; also for a while after its planned end, since it may take longer. */
export function sessionAt(sessions: readonly SessionCard[], room: string, now: number): SessionCard | null {
  return sessions.find((one) => one.room === room && !one.cancelled && one.doors <= now && now < one.ends + OVERTIME_MS) ?? null;
}

/** As the server has it: nobody ended the session, and it is over this long after its planned end. */
const OVERTIME_MS = 60 * 60 * 1000;

/** Moves a person to another group, or out of all (`zone` null). Each is in one group at most; empty ones go. */
export function moved(groups: readonly Group[], who: PersonId, zone: number | null): Group[] {
  const without = groups.map((group) => ({ ...group, people: group.people.filter((one) => one !== who) }));
  if (zone === null) return without.filter((group) => group.people.length > 0);
  const target = without.find((group) => group.zone === zone);
  const next = target
    ? without.map((group) => (group === target ? { ...group, people: [...group.people, who] } : group))
    : [...without, { zone, people: [who] }];
  return next.filter((group) => group.people.length > 0);
}
