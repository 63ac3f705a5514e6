/** The answers to a case of each kind: one tap each, the most usual first. */
import { useSignal } from '@preact/signals';
import type { AnswerProposal, AppealAnswer, CaseLine, CaseView, Decline, DecideAppeal, DeclineReason, HelpOutcome, Kind, ReportOutcome, Resolve, Seen, Settle } from '../../protocol/types';
import { Select, Sure } from '../pieces';
import { Answer } from './answer';
import { useDeed } from './deed';
import { KINDS, LENGTHS, isOfRoom } from './grades';
import { useDesk } from './words';

/** What staff choose from. The other reasons are those of time itself. */
const DECLINES = ['personal_data', 'hurtful', 'outside_contact', 'not_now', 'talk_to_staff', 'other'] as const satisfies readonly DeclineReason[];
const RESOLVES = ['nothing_found', 'talked', 'sanctioned', 'referred'] as const satisfies readonly ReportOutcome[];
const SETTLES = ['talked', 'referred', 'emergency', 'gone', 'not_meant'] as const satisfies readonly HelpOutcome[];

/** Sends an answer, and goes on to the next line. */
function useAnswer(line: CaseLine) {
  const { desk } = useDesk();
  const deed = useDeed();
  return {
    busy: deed.busy,
    give: (verb: string, body: object, said: string) =>
      void deed.run(async () => {
        await desk.send(`cases/${line.id}/${verb}`, body);
        return said;
      }, true),
  };
}

export function HoldAnswers({ line }: { line: CaseLine }) {
  const { t } = useDesk();
  const { busy, give } = useAnswer(line);
  const { version } = line;
  return (
    <section class="part answers" aria-label={t.answers}>
      <div class="row"><Answer busy={busy} main onTap={() => give('approve', { version } satisfies Seen, t.approved)}>{t.approve}</Answer></div>
      <p class="sub">{t.declineLead}</p>
      <div class="row">
        {DECLINES.map((reason) => (
          <Answer key={reason} busy={busy} onTap={() => give('decline', { version, reason } satisfies Decline, t.declined)}>{t.decline[reason]}</Answer>
        ))}
      </div>
    </section>
  );
}

export function ReportAnswers({ line }: { line: CaseLine }) {
  const { t } = useDesk();
  const { busy, give } = useAnswer(line);
  const said = line.matter.matter === 'report' && line.matter.rule !== undefined ? t.settledByRule : t.resolved;
  return (
    <section class="part answers" aria-label={t.answers}>
      <h3>{t.close}</h3>
      <div class="row">
        {RESOLVES.map((outcome) => (
          <Answer key={outcome} busy={busy} onTap={() => give('resolve', { version: line.version, outcome } satisfies Resolve, said)}>{t.report[outcome]}</Answer>
        ))}
      </div>
    </section>
  );
}

export function HelpAnswers({ line }: { line: CaseLine }) {
  const { t } = useDesk();
  const { busy, give } = useAnswer(line);
  return (
    <section class="part answers" aria-label={t.answers}>
      <h3>{t.close}</h3>
      <div class="row">
        {SETTLES.map((outcome) => (
          <Answer key={outcome} busy={busy} onTap={() => give('settle', { version: line.version, outcome } satisfies Settle, t.settled)}>{t.help[outcome]}</Answer>
        ))}
      </div>
    </section>
  );
}

export function AppealAnswers({ view }: { view: CaseView }) {
  const { t } = useDesk();
  const { line, sanction } = view;
  const { busy, give } = useAnswer(line);
  const answer = (how: AppealAnswer) => give('appeal', { version: line.version, ...how } satisfies DecideAppeal, t.appealed);
  return (
    <section class="part answers" aria-label={t.answers}>
      <h3>{t.answers}</h3>
      <div class="row">
        <Answer busy={busy} onTap={() => answer({ answer: 'undo' })}>{t.appeal.undone}</Answer>
        <Answer busy={busy} onTap={() => answer({ answer: 'uphold' })}>{t.appeal.upheld}</Answer>
      </div>
      {sanction?.in_force && <Milder view={view} busy={busy} onPick={(kind, minutes) => answer({ answer: 'change', kind, minutes })} />}
    </section>
  );
}

/** Something milder in its place. What is none, the server refuses kindly. */
function Milder({ view, busy, onPick }: { view: CaseView; busy: boolean; onPick: (kind: Kind, minutes: number) => void }) {
  const { t } = useDesk();
  const { sanction } = view;
  const grave = sanction ? KINDS.indexOf(sanction.kind) : 0;
  const kinds = KINDS.filter((kind, i) => i <= grave && (sanction?.scope !== 'site' || !isOfRoom(kind)));
  const kind = useSignal<Kind>(kinds[Math.max(0, grave - 1)] ?? 'nudge');
  const minutes = useSignal(String(LENGTHS[kind.value][0] ?? 0));
  return (
    <details class="fold">
      <summary>{t.appeal.changed}</summary>
      <div class="two">
        <Select
          label={t.milder}
          value={kind.value}
          options={kinds.map((one) => ({ value: one, label: t.kinds[one] }))}
          onPick={(one) => {
            kind.value = one;
            minutes.value = String(LENGTHS[one][0] ?? 0);
          }}
        />
        {kind.value !== 'nudge' && (
          <Select label={t.length} value={minutes.value} options={LENGTHS[kind.value].map((n) => ({ value: String(n), label: t.minutes(n) }))} onPick={(n) => (minutes.value = n)} />
        )}
      </div>
      <button type="button" class="btn line small" aria-disabled={busy} onClick={() => onPick(kind.value, Number(minutes.value))}>{t.appeal.changed}</button>
    </details>
  );
}

export function ProposalAnswers({ line }: { line: CaseLine }) {
  const { t } = useDesk();
  const { busy, give } = useAnswer(line);
  const answer = (agree: boolean, said: string) => give('proposal', { version: line.version, agree } satisfies AnswerProposal, said);
  return (
    <section class="part answers" aria-label={t.answers}>
      <p class="sub">{t.proposalLead}</p>
      <div class="row">
        <Answer busy={busy} onTap={() => answer(false, t.disagreed)}>{t.disagree}</Answer>
        <Sure label={t.agree} sure={t.agreeSure} yes={t.agree} onYes={() => answer(true, t.agreed)} />
      </div>
    </section>
  );
}
