/** A case: its head, what happened around it, the person's past here, and the answers. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { CaseLine, CaseView, Me, Seen } from '../../protocol/types';
import { useSpoken } from '../app';
import { AppealAnswers, HelpAnswers, HoldAnswers, ProposalAnswers, ReportAnswers } from './answers';
import { Around } from './around';
import { Decide } from './decide';
import { useDeed } from './deed';
import { isOffence, mayDecide } from './grades';
import { Hand } from './hand';
import { KeepBox } from './keep';
import { overtaking } from './order';
import { PastBox } from './past';
import { useDesk } from './words';

const KEYS = 9;

export function CasePane({ me }: { me: Me }) {
  const { t, desk, where, span, title } = useDesk();
  const { s, trouble } = useSpoken();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = desk.open.value;
  const view = desk.view.value;
  useEffect(() => heading.current?.focus(), [id]);
  const pane = useRef<HTMLElement>(null);
  // The first nine answers have a key; what stands on them is what it does.
  useEffect(() => pane.current?.querySelectorAll<HTMLElement>('[data-answer]').forEach((button, i) => {
    if (i < KEYS) button.dataset['n'] = String(i + 1);
  }));
  if (id === null) return <section class="desk-case" aria-label={t.answers}><p class="sub">{t.choose}</p></section>;
  const line = view?.line ?? desk.cases.value.find((one) => one.id === id);
  const urgent = line ? overtaking(desk.cases.value, line).length : 0;
  return (
    <section class="desk-case" aria-labelledby="case-title" ref={pane}>
      <button type="button" class="btn quiet back" onClick={() => desk.away()}>{t.toQueue}</button>
      {urgent > 0 && <p class="kind" role="status">{t.more(urgent)}</p>}
      <h2 id="case-title" ref={heading} tabIndex={-1}>{line ? title(line) : t.gone}</h2>
      {line && <p class="sub">{where(line.scope)}・{t.waits(span(desk.now.value - line.at))}</p>}
      {desk.viewTrouble.value && (
        <>
          <p class="kind" role="status">{trouble(desk.viewTrouble.value)}</p>
          <button type="button" class="btn line small" onClick={() => desk.look(id)}>{s.tryAgain}</button>
        </>
      )}
      {!view && !desk.viewTrouble.value && <p class="sub" role="status">{s.loading}</p>}
      {view && <Open key={id} view={view} me={me} />}
    </section>
  );
}

function Open({ view, me }: { view: CaseView; me: Me }) {
  const { t, desk } = useDesk();
  const { line } = view;
  // Who handles it is seen by all; what somebody else handles is theirs.
  const theirs = line.handled !== undefined && line.handled.by !== desk.me.value?.id;
  const answers = line.may_handle && !view.closed && !theirs;
  return (
    <>
      <Facts view={view} />
      {view.closed ? <p class="told">{t.closed(view.closed.by === undefined ? null : desk.name(view.closed.by))}</p> : line.may_handle && <Take line={line} theirs={theirs} />}
      {answers && line.matter.matter === 'help' && <HelpAnswers line={line} />}
      <Around view={view} />
      {answers && <Answers view={view} />}
      {view.history && <PastBox past={view.history} />}
      {answers && isOffence(line.matter) && mayDecide(me.role) && <Decide line={line} me={me} />}
      <KeepBox view={view} me={me} />
    </>
  );
}

function Answers({ view }: { view: CaseView }) {
  switch (view.line.matter.matter) {
    case 'hold':
      return <HoldAnswers line={view.line} />;
    case 'report':
      return <ReportAnswers line={view.line} />;
    case 'appeal':
      return <AppealAnswers view={view} />;
    case 'proposal':
      return <ProposalAnswers line={view.line} />;
    case 'help':
      return null;
  }
}

function Facts({ view: { line, held, sanction } }: { view: CaseView }) {
  const { t, desk, who, handled, span, dateTime, where } = useDesk();
  const { s } = useSpoken();
  const { matter } = line;
  const facts: (string | false | undefined)[] = [
    t.about(`${held ? `${held.nick}（${who(line.about.person)}）` : who(line.about.person)}・${s.roles[line.about.role]}`),
    matter.matter === 'report' && (matter.rule === undefined ? t.from(who(matter.by)) : t.foundByRule(matter.rule)),
    matter.matter === 'report' && matter.voice && t.byVoice,
    (matter.matter === 'report' || matter.matter === 'help') && matter.times > 1 && t.times(matter.times),
    matter.matter === 'hold' && t.cause[matter.cause],
    matter.matter === 'hold' && matter.rule !== undefined && t.rule(matter.rule),
    line.until !== undefined && (line.until > desk.now.value ? t.left(span(line.until - desk.now.value)) : t.ended),
    matter.matter === 'proposal' && `${t.reasons[matter.reason]}${matter.note && `：${matter.note}`}`,
    matter.matter === 'proposal' && t.proposedBy(desk.name(matter.by)),
    sanction && `${t.kinds[sanction.kind]}（${t.reasons[sanction.reason]}）・${where(sanction.scope)}・${sanction.until === undefined ? t.sanctions.noEnd : t.sanctions.until(dateTime(sanction.until))}`,
    sanction && (sanction.by === undefined ? t.sanctions.byRule : t.sanctions.by(desk.name(sanction.by))),
    sanction?.note,
    matter.matter === 'help' && t.helpNever,
    matter.matter === 'appeal' && t.appealOther,
    handled(line),
  ];
  return <ul class="facts">{facts.filter(Boolean).map((fact) => <li key={fact}>{fact}</li>)}</ul>;
}

/** Take on, hand over, put back. */
function Take({ line, theirs }: { line: CaseLine; theirs: boolean }) {
  const { t, desk } = useDesk();
  const deed = useDeed();
  const handing = useSignal(false);
  const mine = line.handled !== undefined && !theirs;
  const help = line.matter.matter === 'help';
  return (
    <>
      <div class="row">
        {!mine && !theirs && (
          <button
            type="button"
            data-key="take"
            class={help ? 'btn main' : 'btn line small'}
            aria-disabled={deed.busy}
            onClick={() => void deed.run(async () => {
              await desk.send(`cases/${line.id}/claim`);
              return t.taken;
            })}
          >
            {help ? t.takeHelp : t.take}
          </button>
        )}
        {!theirs && <button type="button" data-key="hand" class="btn line small" aria-expanded={handing.value} onClick={() => (handing.value = !handing.value)}>{t.hand}</button>}
        {mine && (
          <button
            type="button"
            data-key="back"
            class="btn line small"
            aria-disabled={deed.busy}
            onClick={() => void deed.run(async () => {
              await desk.send(`cases/${line.id}/put_back`, { version: line.version } satisfies Seen);
              return t.putBackDone;
            })}
          >
            {t.putBack}
          </button>
        )}
      </div>
      {help && !mine && !theirs && <p class="sub">{t.takeHelpNote}</p>}
      {handing.value && <Hand line={line} onDone={() => (handing.value = false)} />}
    </>
  );
}
