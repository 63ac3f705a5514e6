/** What staff can decide in a room, for how long, and which of it wants a second look. As the table of roles in PROTOCOL.md has it; the server decides. Pure. */
import type { DeclineReason, Kind, Reason, Role } from '../protocol/types';
import { mayMute } from '../voice/may';

const HOUR = 60;
const DAY = 24 * HOUR;

/** From the mildest to the gravest. All of them stand in the same row of the table as letting a voice rest. */
export const mayMeasure = mayMute;

const KEEPS: readonly Role[] = ['facilitator', 'moderator', 'owner'];

/** Locks a room down, and takes messages away. */
export function keepsSafe(role: Role): boolean {
  return KEEPS.includes(role);
}

export function mayEverywhere(role: Role): boolean {
  return role === 'moderator' || role === 'owner';
}

/** A ban without an end takes two: who proposes it does not agree to it. */
export function mayPropose(role: Role): boolean {
  return role === 'moderator';
}

/** The lengths on offer, in minutes: those of the protocol for a pause; else what an evening, a day, a week and a month ask for. */
export const LENGTHS: readonly (readonly [Kind, readonly number[]])[] = [
  ['nudge', [0]],
  ['timeout', [1, 5, HOUR, DAY]],
  ['restricted', [HOUR, DAY, 7 * DAY]],
  ['mute_text', [HOUR, DAY, 7 * DAY]],
  ['mute_voice', [HOUR, DAY, 7 * DAY]],
  ['set_aside', [30, 3 * HOUR]],
  ['remove', [HOUR, DAY]],
  ['ban', [7 * DAY, 30 * DAY, 365 * DAY]],
];

/** What sends somebody away is asked for twice; everything else is one touch, and ends soon. */
export function isGrave(kind: Kind): boolean {
  return kind === 'remove' || kind === 'ban';
}

/** The lightest stands first: chosen in a hurry, it blames nobody. */
export const REASONS: readonly Reason[] = [
  'safety', 'insult', 'harassment', 'threat', 'sexual', 'personal_data', 'outside_contact', 'recruiting', 'scam', 'flood', 'noise', 'nickname', 'impersonation', 'evasion', 'other',
];
/** Those that fit when words are taken away; the others are for words that waited. */
export const REMOVES: readonly DeclineReason[] = ['hurtful', 'personal_data', 'outside_contact', 'not_now', 'talk_to_staff', 'other'];

/** Lengths of a lockdown, in minutes; the first is what a raid usually takes. At most 120. */
export const LOCK_MINUTES = [30, 60, 120] as const;
