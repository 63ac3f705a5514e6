/** The form of a planned session as data: what it begins with, what is missing, what is sent. Pure. */
import { clock, isoDate, local, readDate } from '../i18n/when';
import { THEME_GRAPHEMES } from '../protocol/types';
import type { Can, Phase, PhaseKind, RoomSummary, SessionPlan, Template, Text } from '../protocol/types';
import { graphemes } from '../ui/graphemes';
import { toRule } from './repeat';
import type { Repeat } from './repeat';

export const PHASE_KINDS: readonly PhaseKind[] = ['doors', 'welcome', 'round', 'talk', 'free', 'break', 'closing', 'next', 'stay', 'closed'];
export const CANS: readonly Can[] = ['react', 'write', 'speak', 'tables', 'suggest', 'hand'];
/** As many parts as fit into an afternoon that anybody can follow. */
export const MOST_PHASES = 20;
/** The server's bounds for texts, in graphemes. */
export const NAME_GRAPHEMES = 40;
export const ABOUT_GRAPHEMES = 400;
export const SENTENCE_GRAPHEMES = 120;
/** From the doors to the end: below a day, so that a daily session never meets itself. */
export const MOST_ALL_MINUTES = 23 * 60;
/** A part that lasts longer than a day is a part without an end. */
export const MOST_MINUTES = 24 * 60;

/** A plan while it is edited: the repeat as choices. */
export interface Draft extends Omit<SessionPlan, 'repeats'> {
  repeat: Repeat;
}

export type Fault = 'name' | 'about' | 'long' | 'phase_about' | 'date' | 'time' | 'capacity' | 'phases' | 'minutes' | 'phase_name' | 'rule' | 'eligibility' | 'theme';

const EMPTY: Text = { ja: '', easy: '', en: '' };

/** An afternoon in a week's time is what most people will change least. */
export function begin(template: Template, room: RoomSummary | undefined, now: number, zone: string): Draft {
  return {
    room: room?.id ?? '',
    name: template.name,
    about: template.about,
    takes_themes: template.takes_themes,
    date: isoDate(local(now + 7 * 86_400_000, zone)),
    time: clock({ hour: 15, minute: 0 }),
    repeat: { kind: 'once' },
    except: [],
    access: 'open',
    observers: false,
    capacity: Math.min(room?.capacity ?? 20, 20),
    staff_needed: 1,
    staff_or_shut: false,
    alone: 'watch',
    phases: structuredClone(template.phases),
  };
}

/** Texts are asked for in Japanese; what is left out in the other two is read in Japanese. */
export function whole(text: Text): Text {
  const ja = text.ja.trim();
  return { ja, easy: text.easy.trim() || ja, en: text.en.trim() || ja };
}

/** What the form shows for it: a language that only repeats the Japanese is empty. */
export function parted(text: Text): Text {
  return { ja: text.ja, easy: text.easy === text.ja ? '' : text.easy, en: text.en === text.ja ? '' : text.en };
}

export function faults(draft: Draft, room: RoomSummary | undefined): Fault[] {
  const { repeat } = draft;
  const found: [Fault, boolean][] = [
    ['name', draft.name.ja.trim() === ''],
    ['about', draft.about.ja.trim() === ''],
    [
      'long',
      [draft.name, ...draft.phases.map(({ name }) => name)].some((text) => longer(text, NAME_GRAPHEMES)) ||
        [draft.eligibility?.text, ...draft.phases.map(({ about }) => about)].some((text) => longer(text, SENTENCE_GRAPHEMES)) ||
        longer(draft.about, ABOUT_GRAPHEMES),
    ],
    ['date', readDate(draft.date) === null],
    ['time', !/^([01]\d|2[0-3]):[0-5]\d$/.test(draft.time)],
    ['capacity', !inside(draft.capacity, 1, room?.capacity ?? Number.MAX_SAFE_INTEGER)],
    ['theme', graphemes(draft.theme?.trim() ?? '') > THEME_GRAPHEMES],
    ['eligibility', draft.eligibility?.text.ja.trim() === ''],
    ['phases', draft.phases.length === 0 || draft.phases.length > MOST_PHASES],
    ['phase_name', draft.phases.some(({ name }) => name.ja.trim() === '')],
    ['phase_about', draft.phases.some(({ about }) => about.ja.trim() === '')],
    ['minutes', draft.phases.some(({ minutes }) => !inside(minutes, 0, MOST_MINUTES)) || !fits(draft.phases)],
    [
      'rule',
      (repeat.kind === 'own' && repeat.rule.trim() === '') ||
        (repeat.kind === 'weekly' && repeat.days.length === 0) ||
        (repeat.kind === 'monthly' && repeat.nths.length === 0) ||
        ('end' in repeat && repeat.end.kind === 'until' && (readDate(repeat.end.date) === null || repeat.end.date < draft.date)) ||
        ('end' in repeat && repeat.end.kind === 'count' && !inside(repeat.end.count, 1, 999)),
    ],
  ];
  return found.flatMap(([fault, is]) => (is ? [fault] : []));
}

function longer(text: Text | undefined, most: number): boolean {
  return text !== undefined && [text.ja, text.easy, text.en].some((one) => graphemes(one.trim()) > most);
}

/** Some time of its own after the doors have opened, and less than a day. */
function fits(phases: readonly Phase[]): boolean {
  const all = phases.reduce((sum, { minutes }) => sum + minutes, 0);
  const doors = phases[0]?.kind === 'doors' ? phases[0].minutes : 0;
  return phases.length === 0 || (all - doors > 0 && all <= MOST_ALL_MINUTES);
}

function inside(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most;
}

/** As the server takes it. */
export function toPlan(draft: Draft, zone: string): SessionPlan {
  const { repeat, theme, eligibility, ...rest } = draft;
  const rule = toRule(repeat, zone);
  return {
    ...rest,
    name: whole(draft.name),
    about: whole(draft.about),
    phases: draft.phases.map((phase) => ({ ...phase, name: whole(phase.name), about: whole(phase.about) })),
    ...(theme?.trim() ? { theme: theme.trim() } : {}),
    ...(eligibility ? { eligibility: { ...eligibility, text: whole(eligibility.text) } } : {}),
    ...(rule ? { repeats: rule } : {}),
  };
}

export function freshPhase(): Phase {
  return { kind: 'free', name: EMPTY, about: EMPTY, minutes: 30, can: ['react', 'write', 'tables', 'hand'] };
}

/** The list with one part moved up or down; the same list at its ends. */
export function shifted<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const [one, other] = [list[index], list[index + by]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((item, i) => (i === index ? other : i === index + by ? one : item));
}
