/** A rule as JSON, with its faults at their place: one tap marks the words that are meant. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { ruleWordsOf } from '../../i18n/rules';
import type { Rule, RuleFault } from '../../protocol/types';
import { useStaff } from '../app';
import { Said } from './fault';
import { breakAt, lineOf, locate } from './places';

export function RuleJson({ rule, faults, onRule }: { rule: Rule; faults: readonly RuleFault[]; onRule: (rule: Rule) => void }) {
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const id = useId();
  const text = useSignal(JSON.stringify(rule, null, 2));
  const broken = useSignal<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const outside = JSON.stringify(rule);
  useEffect(() => {
    // The mode, or the form, has changed it: what is written here follows, unless it says the same already.
    if (broken.value === null && JSON.stringify(JSON.parse(text.value)) !== outside) text.value = JSON.stringify(rule, null, 2);
  }, [outside]);

  function write(to: string): void {
    text.value = to;
    broken.value = breakAt(to);
    if (broken.value === null) onRule(JSON.parse(to) as Rule);
  }
  function mark(from: number, to: number): void {
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(from, to);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 24;
    area.scrollTop = Math.max(0, (lineOf(text.value, from) - 3) * height);
  }

  return (
    <div class="form">
      <div class="field">
        <label for={id}>{t.json}</label>
        <div class="field-row">
          <textarea id={id} ref={field} class="json" rows={16} spellcheck={false} autocapitalize="off" aria-describedby={`${id}-faults`} value={text.value} onInput={(event) => write(event.currentTarget.value)} />
        </div>
      </div>
      <div id={`${id}-faults`} role="status">
        {broken.value !== null && <p class="kind">{t.broken(lineOf(text.value, broken.value))} <Go label={t.toPlace} onGo={() => mark(broken.value ?? 0, (broken.value ?? 0) + 1)} /></p>}
        {faults.map((fault) => {
          const at = locate(text.value, fault.place);
          return (
            <p key={fault.place + fault.what} class="kind">
              {at && t.line(lineOf(text.value, at[0]))} <Said fault={fault} place /> {at && <Go label={t.toPlace} onGo={() => mark(...at)} />}
            </p>
          );
        })}
      </div>
    </div>
  );
}

function Go({ label, onGo }: { label: string; onGo: () => void }) {
  return <button type="button" class="btn quiet small" onClick={onGo}>{label}</button>;
}
