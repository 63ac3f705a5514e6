/** A rule as a form. What it looks for is in a part of its own; a nested one is written as JSON. */
import { ruleWordsOf } from '../../i18n/rules';
import type { Role, Rule, RuleFault } from '../../protocol/types';
import { Tick } from '../../ui/tick';
import { useSpoken, useStaff } from '../app';
import { Field, Select } from '../pieces';
import { EFFECTS, OCCASIONS, REASONS, SIMPLE, VERDICTS, faultsAt, kindOf, triggerOf } from './draft';
import { Said } from './fault';
import { TriggerFields } from './trigger';

/** Roles for whom a rule may not count. Those at the door write nothing. */
const ROLES = ['participant', 'peer_staff', 'facilitator', 'moderator', 'consultant', 'owner', 'venue'] as const satisfies readonly Role[];

function toggled<T>(all: readonly T[], list: readonly T[], one: T, on: boolean): T[] {
  return all.filter((each) => (each === one ? on : list.includes(each)));
}

/** What the server says about a part, beneath it. */
export function Faults({ faults, at }: { faults: readonly RuleFault[]; at: string }) {
  return <>{faultsAt(faults, at).map((fault) => <p key={fault.place + fault.what} class="kind" role="status"><Said fault={fault} /></p>)}</>;
}

export function RuleForm(props: { rule: Rule; rooms: readonly string[] | null; faults: readonly RuleFault[]; onRule: (rule: Rule) => void }) {
  const { rule, faults, onRule } = props;
  const { place } = useStaff();
  const { s, read } = useSpoken();
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const set = (change: Partial<Rule>): void => onRule({ ...rule, ...change });
  const kind = kindOf(rule.when);
  const everywhere = props.rooms === null;
  const rooms = (place.value?.rooms ?? []).filter(({ id }) => everywhere || props.rooms?.includes(id));
  const scope = rule.scope === 'site' ? '' : 'room' in rule.scope ? rule.scope.room : `#${rule.scope.session}`;
  return (
    <div class="form">
      <div class="two">
        <div>
          <Field label={t.id} note={t.idNote} value={rule.id} onValue={(id) => set({ id })} />
          <Faults faults={faults} at="id" />
        </div>
        <div>
          <Field label={t.note} value={rule.note} onValue={(note) => set({ note })} />
          <Faults faults={faults} at="note" />
        </div>
      </div>
      {kind ? (
        <>
          <Select label={t.looksFor} value={kind} options={SIMPLE.map((value) => ({ value, label: t.kinds[value] }))} onPick={(to) => set({ when: triggerOf(to) })} />
          <TriggerFields when={rule.when} onWhen={(when) => set({ when })} />
        </>
      ) : (
        <p class="sub">{t.nested}</p>
      )}
      <Faults faults={faults} at="when" />
      <div class="two">
        <div>
          <Select label={t.verdict} value={rule.then.verdict} options={VERDICTS.map((value) => ({ value, label: t.verdicts[value] }))} onPick={(verdict) => set({ then: { ...rule.then, verdict } })} />
          <Faults faults={faults} at="then" />
        </div>
        <div>
          <Select label={t.reason} value={rule.reason} options={REASONS.map((value) => ({ value, label: t.reasons[value] }))} onPick={(reason) => set({ reason })} />
          <Faults faults={faults} at="reason" />
        </div>
        <div>
          <Select
            label={t.scope}
            value={scope}
            options={[...(everywhere ? [{ value: '', label: t.everywhere }] : []), ...rooms.map(({ id, name }) => ({ value: id, label: read(name) })), ...(scope.startsWith('#') ? [{ value: scope, label: t.session(scope.slice(1)) }] : [])]}
            onPick={(to) => !to.startsWith('#') && set({ scope: to === '' ? 'site' : { room: to } })}
          />
          <Faults faults={faults} at="scope" />
        </div>
      </div>
      <Ticks legend={t.effects} all={EFFECTS} on={rule.then.effects} label={(one) => t.effectNames[one]} onTick={(one, on) => set({ then: { ...rule.then, effects: toggled(EFFECTS, rule.then.effects, one, on) } })} />
      <Ticks legend={t.on} all={OCCASIONS} on={rule.on} label={(one) => t.occasions[one]} onTick={(one, on) => set({ on: toggled(OCCASIONS, rule.on, one, on) })} />
      <Faults faults={faults} at="on" />
      <Ticks legend={t.exempt} all={ROLES} on={rule.exempt} label={(one) => s.roles[one]} onTick={(one, on) => set({ exempt: toggled(ROLES, rule.exempt, one, on) })} />
      <Faults faults={faults} at="exempt" />
    </div>
  );
}

export function Ticks<T extends string>(props: { legend: string; all: readonly T[]; on: readonly string[]; label: (one: T) => string; onTick: (one: T, on: boolean) => void }) {
  return (
    <fieldset class="ticks">
      <legend class="lab">{props.legend}</legend>
      <div>{props.all.map((one) => <Tick key={one} label={props.label(one)} on={props.on.includes(one)} onTick={(on) => props.onTick(one, on)} />)}</div>
    </fieldset>
  );
}
