/** A rule: what it is about and whether it counts, in a line; its form, or its JSON, when it is opened. */
import { useSignal } from '@preact/signals';
import { ruleWordsOf } from '../../i18n/rules';
import type { Rule, RuleFault, RuleFound } from '../../protocol/types';
import { Choices } from '../../ui/choices';
import { useSpoken, useStaff } from '../app';
import { Sure } from '../pieces';
import { faultsOf, kindOf } from './draft';
import { RuleForm } from './form';
import { RuleJson } from './json';

export function RuleCard(props: {
  rule: Rule;
  index: number;
  open: boolean;
  faults: readonly RuleFault[];
  /** What it found since the server started. */
  found: RuleFound | undefined;
  /** Rooms for which it may be; `null` for everywhere. */
  rooms: readonly string[] | null;
  mayChange: boolean;
  isNew: boolean;
  onOpen: (open: boolean) => void;
  onRule: (rule: Rule | null) => void;
}) {
  const { rule, index, open, found, rooms, mayChange, onOpen, onRule } = props;
  const { s, room } = useSpoken();
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const look = useSignal<'form' | 'json'>(kindOf(rule.when) ? 'form' : 'json');
  const faults = faultsOf(props.faults, rule, index);
  const where = rule.scope === 'site' ? t.everywhere : 'room' in rule.scope ? room(rule.scope.room) : t.session(rule.scope.session);
  return (
    <li class="slip tall">
      <div>
        <h2 id={`rule-${index}`}>{rule.id} <small>{t.version(rule.version)}{props.isNew && `・${t.isNew}`}</small></h2>
        <p>{t.modes[rule.mode]}・{t.verdicts[rule.then.verdict]}・{t.reasons[rule.reason]}・{where}</p>
        {!props.isNew && <p class="sub">{rule.mode === 'enforce' ? t.found(found?.counted ?? 0) : t.wouldFind(found?.tried ?? 0)}</p>}
        {rule.note && <p class="sub">{rule.note}</p>}
        {faults.length > 0 && !open && <p class="kind">{t.faults(faults.length)}</p>}
      </div>
      {open && mayChange && (
        <>
          <Choices
            legend={t.look}
            hideLegend
            look="chips"
            value={look.value}
            onPick={(to) => (look.value = to)}
            options={[{ value: 'form', label: t.asForm }, { value: 'json', label: 'JSON' }]}
          />
          {look.value === 'form' ? <RuleForm rule={rule} rooms={rooms} faults={faults} onRule={onRule} /> : <RuleJson rule={rule} faults={faults} onRule={onRule} />}
        </>
      )}
      {mayChange && (
        <div class="row">
          <button
            type="button"
            class="btn line small"
            aria-label={`${rule.mode === 'enforce' ? t.toDryRun : t.toEnforce}：${rule.id}`}
            onClick={() => onRule({ ...rule, mode: rule.mode === 'enforce' ? 'dry_run' : 'enforce' })}
          >
            {rule.mode === 'enforce' ? t.toDryRun : t.toEnforce}
          </button>
          <button type="button" class="btn line small" aria-expanded={open} aria-label={`${open ? t.shut : t.edit}：${rule.id}`} onClick={() => onOpen(!open)}>{open ? t.shut : t.edit}</button>
          {open && <Sure label={s.remove} name={`${s.remove}：${rule.id}`} sure={t.removeSure} yes={s.remove} onYes={() => onRule(null)} />}
        </div>
      )}
    </li>
  );
}
