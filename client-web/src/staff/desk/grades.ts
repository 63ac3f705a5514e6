/** What can be decided about somebody, from the mildest, with its usual length: one tap each. */
import type { CaseMatter, Category, HoldCause, Kind, Reason, Role, Scope } from '../../protocol/types';

const [HOUR, DAY] = [60, 1440];

export interface Grade {
  kind: Kind;
  /** 0 for what does not last. */
  minutes: number;
  /** Asks once more: it takes somebody out of where they are, or changes their days. */
  grave: boolean;
}

/** The lengths to choose from, in minutes, all of them within what the server takes. The first is the shortest. */
export const LENGTHS: Readonly<Record<Kind, readonly number[]>> = {
  nudge: [0],
  restricted: [HOUR, DAY, 7 * DAY],
  timeout: [1, 5, HOUR, DAY],
  mute_text: [HOUR, DAY, 7 * DAY, 30 * DAY],
  mute_voice: [HOUR, DAY, 7 * DAY, 30 * DAY],
  set_aside: [15, 30, HOUR, 3 * HOUR],
  remove: [HOUR, 3 * HOUR, DAY],
  ban: [7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY],
};

export const KINDS = Object.keys(LENGTHS) as readonly Kind[];

/** One tap: the usual lengths. Two pauses, because it is the answer to most things. */
const USUAL: readonly Grade[] = [
  { kind: 'nudge', minutes: 0, grave: false },
  { kind: 'timeout', minutes: 5, grave: false },
  { kind: 'timeout', minutes: HOUR, grave: false },
  { kind: 'restricted', minutes: DAY, grave: false },
  { kind: 'mute_text', minutes: HOUR, grave: false },
  { kind: 'mute_voice', minutes: HOUR, grave: false },
  { kind: 'set_aside', minutes: 30, grave: true },
  { kind: 'remove', minutes: 3 * HOUR, grave: true },
  { kind: 'ban', minutes: 30 * DAY, grave: true },
];

export function isGrave(kind: Kind, minutes: number): boolean {
  return kind === 'set_aside' || kind === 'remove' || kind === 'ban' || minutes >= DAY * 7 || (kind !== 'restricted' && minutes >= DAY);
}

/** Whether it happens in one room only. */
export function isOfRoom(kind: Kind): boolean {
  return kind === 'set_aside' || kind === 'remove';
}

export function usualFor(scope: Scope): readonly Grade[] {
  return USUAL.filter(({ kind }) => scope !== 'site' || !isOfRoom(kind));
}

const CORE: readonly Role[] = ['facilitator', 'moderator', 'owner'];

/** Who decides about people; for every room, or for ever, only some. The server has the last word. */
export function mayDecide(role: Role): boolean {
  return CORE.includes(role);
}

export function mayEverywhere(role: Role): boolean {
  return role === 'moderator' || role === 'owner';
}

export function mayPropose(role: Role): boolean {
  return role === 'moderator';
}

/** A cry for help, and worry about somebody, are no reason to decide anything about them. */
export function isOffence(matter: CaseMatter): boolean {
  return matter.matter === 'hold' || (matter.matter === 'report' && matter.category !== 'worry');
}

const BY_CATEGORY: Readonly<Record<Category, Reason>> = {
  danger: 'safety', worry: 'other', sexual: 'sexual', harassment: 'harassment', personal_data: 'personal_data', recruiting: 'recruiting', disturbance: 'flood', nickname: 'nickname', other: 'other',
};

/** What rules are called begins with what they are about. */
const BY_RULE: readonly (readonly [string, Reason])[] = [
  ['personal', 'personal_data'], ['insult', 'insult'], ['sexual', 'sexual'], ['recruit', 'recruiting'], ['scam', 'scam'], ['off_platform', 'outside_contact'], ['contact', 'outside_contact'], ['link', 'outside_contact'],
  ['flood', 'flood'], ['repeat', 'flood'], ['repetition', 'flood'],
];

/** The reason that most probably fits, to be changed with one tap. */
export function reasonOf(matter: CaseMatter): Reason {
  if (matter.matter === 'report') return BY_CATEGORY[matter.category];
  if (matter.matter !== 'hold') return 'other';
  return BY_RULE.find(([begin]) => matter.rule?.startsWith(begin))?.[1] ?? (matter.cause === ('lockdown' satisfies HoldCause) ? 'flood' : 'other');
}
