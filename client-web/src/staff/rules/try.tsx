/** Trying rules: what somebody could write, what would come of it, which words are meant and why. Nothing of it is kept. */
import { useSignal } from '@preact/signals';
import { ruleWordsOf } from '../../i18n/rules';
import { call } from '../../net/api';
import type { Found, Occasion, RuleFault, RuleSet, Tried, TryRules } from '../../protocol/types';
import { useStaff } from '../app';
import { DESK } from '../desk/store';
import { Field, Select, Trouble } from '../pieces';
import { useTask } from '../task';
import { OCCASIONS } from './draft';
import { Marked } from '../marked-text';
import type { Span } from '../marked';
import { Said } from './fault';
import { faultsIn } from './view';

/** As many messages as rules look back. */
const MESSAGES = 8;

/** `set`: rules that are being changed; `null` for those in force. */
export function TryBox({ set }: { set: RuleSet | null }) {
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const text = useSignal('');
  const on = useSignal<Occasion>('message');
  const tried = useSignal<{ texts: string[]; result: Tried } | null>(null);
  const faults = useSignal<readonly RuleFault[]>([]);
  const task = useTask();

  async function ask(): Promise<void> {
    // An empty line between them makes several messages of one person.
    const texts = text.value.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean).slice(-MESSAGES);
    if (texts.length === 0) return;
    [tried.value, faults.value] = [null, []];
    await task.run(async () => {
      try {
        const body: TryRules = { texts, on: on.value, ...(set ? { set } : {}) };
        tried.value = { texts, result: await call<Tried>('POST', `${DESK}/rules/try`, body) };
      } catch (error) {
        const found = faultsIn(error);
        if (!found) throw error;
        faults.value = found;
      }
    });
  }

  return (
    <section class="part try" aria-labelledby="try-title">
      <h2 id="try-title">{t.tryTitle}</h2>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Field label={t.tryField} note={t.tryNote} lines={3} value={text.value} onValue={(to) => (text.value = to)} />
        <div class="line-form">
          <Select label={t.tryOn} value={on.value} options={OCCASIONS.map((value) => ({ value, label: t.occasions[value] }))} onPick={(to) => (on.value = to)} />
          <button type="submit" class="btn line" aria-disabled={task.busy.value}>{t.tryGo}</button>
        </div>
        {set && <p class="sub">{t.tryDraft}</p>}
      </form>
      <Trouble of={task} />
      {faults.value.length > 0 && (
        <div role="status">
          <p class="kind">{t.faults(faults.value.length)}</p>
          {faults.value.map((fault) => <p key={fault.rule + fault.place + fault.what} class="kind">{fault.rule} <Said fault={fault} place /></p>)}
        </div>
      )}
      {tried.value && <Result {...tried.value} />}
    </section>
  );
}

function spansOf(finding: Found, message: number): Span[] {
  const pieces = finding.pieces ?? (finding.message !== null && finding.span ? [[finding.message, ...finding.span] as [number, number, number]] : []);
  return pieces.filter(([at]) => at === message).map(([, from, to]) => [from, to] as const);
}

function Result({ texts, result }: { texts: readonly string[]; result: Tried }) {
  const t = ruleWordsOf(useStaff().settings.lang.value);
  const counting = result.findings.filter(({ excused, mode }) => !excused && mode === 'enforce');
  return (
    <div class="told" role="status">
      <p><b>{t.verdictIs(t.verdicts[result.verdict])}</b>{result.rule && `・${t.byRule(result.rule)}`}</p>
      {result.effects.length > 0 && <p>{t.effects}：{result.effects.map((one) => t.effectNames[one]).join('、')}</p>}
      {texts.map((text, i) => <Marked key={i} look="tried" text={text} spans={(counting.length > 0 ? counting : result.findings).flatMap((finding) => spansOf(finding, i))} />)}
      {result.findings.length === 0 ? (
        <p>{t.nothing}</p>
      ) : (
        <ul class="found">
          {result.findings.map((finding, i) => (
            <li key={i}>
              <p>
                <b>{finding.rule}</b>・{t.verdicts[finding.verdict]}・{t.reasons[finding.reason]}
                {finding.mode === 'dry_run' && `・${t.modes.dry_run}`}
                {finding.excused && `・${t.excused}`}
              </p>
              <p class="sub"><span lang="en">{finding.why}</span>・{t.views[finding.view]}{finding.matched && <>：<mark>{finding.matched}</mark></>}</p>
            </li>
          ))}
        </ul>
      )}
      <details class="fold">
        <summary>{t.seen}</summary>
        <dl class="seen">
          {(['folded', 'joined', 'digits'] as const).map((view) => (
            <div key={view}>
              <dt>{t.views[view]}</dt>
              <dd>{result.views[view] || '–'}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
