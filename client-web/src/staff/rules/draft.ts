/** Rules while somebody changes them: nothing is in force before the whole set is kept. */
import type { Me, Occasion, Personal, Rule, RuleEffect, RuleFault, RuleReason, RuleSet, RuleTrigger, Verdict } from '../../protocol/types';

/** A form and a trial have words; when somebody begins to speak there are none. */
export const OCCASIONS = ['message', 'nickname', 'entry', 'report'] as const satisfies readonly Occasion[];
export const VERDICTS = ['flag', 'hold', 'block'] as const satisfies readonly Verdict[];
export const EFFECTS = ['warn', 'edit_first', 'call_staff', 'help_card', 'slow_mode', 'timeout'] as const satisfies readonly RuleEffect[];
export const REASONS = ['personal_data', 'insult', 'sexual', 'recruiting', 'off_platform', 'flood', 'repetition', 'help', 'other'] as const satisfies readonly RuleReason[];
export const PERSONAL = ['phone', 'email', 'url', 'line_id', 'discord', 'social_id', 'postcode', 'address', 'school', 'real_name'] as const satisfies readonly Personal[];

/** What a form can show of what a rule looks for; the rest is written as JSON. */
export const SIMPLE = ['words', 'pattern', 'personal', 'link', 'flood', 'repeats'] as const;
export type Simple = (typeof SIMPLE)[number];

export function kindOf(when: RuleTrigger): Simple | null {
  return SIMPLE.find((kind) => kind in when) ?? null;
}

/** Something to begin with, of each kind. */
export function triggerOf(kind: Simple): RuleTrigger {
  switch (kind) {
    case 'words':
      return { words: { any: [], unless: [], view: 'joined' } };
    case 'pattern':
      return { pattern: { is: '', unless: [], view: 'folded' } };
    case 'personal':
      return { personal: ['phone'] };
    case 'link':
      return { link: { except: [] } };
    case 'flood':
      return { flood: { messages: 8, within_s: 20 } };
    case 'repeats':
      return { repeats: { times: 3, within_s: 60 } };
  }
}

/** Whose rules somebody may change: all (`null`), or those of these rooms; an empty list of theirs means every room. */
export function roomsToChange({ role, rooms }: Pick<Me, 'role' | 'rooms'>, all: readonly string[]): readonly string[] | null {
  if (role === 'owner' || role === 'moderator') return null;
  if (role !== 'facilitator') return [];
  return rooms.length > 0 ? rooms : all;
}

export function mayChange({ scope }: Pick<Rule, 'scope'>, rooms: readonly string[] | null): boolean {
  return rooms === null || (scope !== 'site' && 'room' in scope && rooms.includes(scope.room));
}

/** A new rule is only tried until somebody says otherwise. Who has only rooms begins with one for the first of them. */
export function blank(ids: readonly string[], rooms: readonly string[] | null): Rule {
  let n = 1;
  while (ids.includes(`own.${n}`)) n++;
  return { id: `own.${n}`, version: 1, scope: rooms?.[0] === undefined ? 'site' : { room: rooms[0] }, on: ['message'], when: triggerOf('words'), then: { verdict: 'flag', effects: [] }, reason: 'other', exempt: [], mode: 'dry_run', note: '' };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function isChanged(kept: RuleSet, draft: RuleSet): boolean {
  return !same(kept, draft);
}

/** What is sent: whatever has changed counts one version further, so that decisions name the rule that made them. */
export function counted(kept: RuleSet, draft: RuleSet): RuleSet {
  const rules = draft.rules.map((rule) => {
    const before = kept.rules.find(({ id }) => id === rule.id);
    if (!before || same(before, rule) || rule.version > before.version) return rule;
    return { ...rule, version: before.version + 1 };
  });
  return { ...draft, rules };
}

/** What the server calls a rule: by its id, or by its place when the id is none. */
export function faultsOf(faults: readonly RuleFault[], rule: Rule, index: number): RuleFault[] {
  return faults.filter((fault) => fault.rule === `#${index}` || (fault.rule !== '' && fault.rule === rule.id));
}

/** The faults of a part of a rule: `when`, and everything in it. */
export function faultsAt(faults: readonly RuleFault[], part: string): RuleFault[] {
  return faults.filter(({ place }) => place === part || place.startsWith(`${part}.`) || place.startsWith(`${part}[`));
}

/** One a line, as people list words. */
export function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line, i, all) => line !== '' && all.indexOf(line) === i);
}
