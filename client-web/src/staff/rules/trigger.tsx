/** What a rule looks for: the kinds that fit into a few fields. */
import { ruleWordsOf } from '../../i18n/rules';
import type { RuleTrigger, ViewKind } from '../../protocol/types';
import { useStaff } from '../app';
import { Field, Select } from '../pieces';
import { PERSONAL, lines } from './draft';
import { Ticks } from './form';
import { Listed } from './listed';

const VIEWS = ['joined', 'folded', 'raw'] as const satisfies readonly ViewKind[];

export function TriggerFields({ when, onWhen }: { when: RuleTrigger; onWhen: (when: RuleTrigger) => void }) {
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const view = (value: ViewKind, onPick: (view: ViewKind) => void) => <Select label={t.view} value={value} options={VIEWS.map((one) => ({ value: one, label: t.views[one] }))} onPick={onPick} />;
  const count = (label: string, value: number, onValue: (value: number) => void) => <Field label={label} type="number" numeric min={1} value={String(value)} onValue={(text) => onValue(Math.max(0, Math.round(Number(text)) || 0))} />;
  if ('words' in when) {
    const { words } = when;
    return (
      <>
        <Listed label={t.words} note={t.wordsNote} value={words.any} onList={(any) => onWhen({ words: { ...words, any } })} read={lines} />
        <Listed label={t.unless} note={t.unlessNote} value={words.unless} onList={(unless) => onWhen({ words: { ...words, unless } })} read={lines} />
        {view(words.view, (to) => onWhen({ words: { ...words, view: to } }))}
      </>
    );
  }
  if ('pattern' in when) {
    const { pattern } = when;
    return (
      <>
        <Field label={t.pattern} note={t.patternNote} value={pattern.is} onValue={(is) => onWhen({ pattern: { ...pattern, is } })} />
        <Listed label={t.unless} note={t.unlessNote} value={pattern.unless} onList={(unless) => onWhen({ pattern: { ...pattern, unless } })} read={lines} />
        {view(pattern.view, (to) => onWhen({ pattern: { ...pattern, view: to } }))}
      </>
    );
  }
  if ('personal' in when) {
    return <Ticks legend={t.personal} all={PERSONAL} on={when.personal} label={(one) => t.personalNames[one]} onTick={(one, on) => onWhen({ personal: PERSONAL.filter((each) => (each === one ? on : when.personal.includes(each))) })} />;
  }
  if ('link' in when) return <Listed label={t.except} note={t.exceptNote} value={when.link.except} onList={(except) => onWhen({ link: { except } })} read={lines} />;
  if ('flood' in when) {
    const { flood } = when;
    return <div class="two">{count(t.messages, flood.messages, (messages) => onWhen({ flood: { ...flood, messages } }))}{count(t.within, flood.within_s, (within_s) => onWhen({ flood: { ...flood, within_s } }))}</div>;
  }
  if ('repeats' in when) {
    const { repeats } = when;
    return <div class="two">{count(t.times, repeats.times, (times) => onWhen({ repeats: { ...repeats, times } }))}{count(t.within, repeats.within_s, (within_s) => onWhen({ repeats: { ...repeats, within_s } }))}</div>;
  }
  return null;
}
