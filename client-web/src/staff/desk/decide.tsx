/** Deciding about whom a case is about: a reason, and then one tap, from the mildest. What is grave asks once more. */
import { useSignal } from '@preact/signals';
import { NOTE_CHARS } from '../../protocol/types';
import type { CaseLine, Impose, Kind, Me, Reason, Scope } from '../../protocol/types';
import { Field, Select, Sure } from '../pieces';
import { Answer } from './answer';
import { useDeed } from './deed';
import { KINDS, LENGTHS, isGrave, isOfRoom, mayEverywhere, mayPropose, reasonOf, usualFor } from './grades';
import { useDesk } from './words';

/** Also the order in which they are offered: what happens most comes first. */
const REASONS = [
  'insult', 'harassment', 'threat', 'sexual', 'personal_data', 'outside_contact', 'recruiting', 'scam', 'flood', 'noise', 'nickname', 'impersonation', 'evasion', 'safety', 'other',
] as const satisfies readonly Reason[];

export function Decide({ line, me }: { line: CaseLine; me: Me }) {
  const { t, desk, dateTime, where } = useDesk();
  const deed = useDeed();
  const reason = useSignal(reasonOf(line.matter));
  const note = useSignal('');

  const named = (kind: Kind, minutes: number): string => (minutes === 0 ? t.kinds[kind] : t.forHow(t.kinds[kind], t.minutes(minutes)));
  function impose(kind: Kind, minutes: number, scope: Scope, permanent = false): void {
    const body: Impose = { case: line.id, kind, scope, minutes, reason: reason.value, note: note.value.trim(), permanent };
    void deed.run(async () => {
      const { id } = await desk.send('sanctions', body);
      note.value = '';
      return permanent ? { text: t.proposed } : { text: t.decided(named(kind, minutes)), undo: id };
    });
  }

  return (
    <section class="part answers decide" aria-label={t.decide}>
      <h3>{t.decide}</h3>
      <p class="sub">{t.decideLead}</p>
      <Select label={t.reason} value={reason.value} options={REASONS.map((value) => ({ value, label: t.reasons[value] }))} onPick={(to) => (reason.value = to)} />
      <p class="tells">{t.tells(t.told[reason.value])}</p>
      <div class="row">
        {usualFor(line.scope).map(({ kind, minutes, grave }) =>
          grave ? (
            <Sure
              key={kind}
              label={named(kind, minutes)}
              sure={t.sure(t.reasons[reason.value], minutes === 0 ? '' : dateTime(desk.now.value + minutes * 60_000))}
              yes={t.decideYes}
              onYes={() => impose(kind, minutes, line.scope)}
            />
          ) : (
            <Answer key={`${kind} ${minutes}`} busy={deed.busy} onTap={() => impose(kind, minutes, line.scope)}>{named(kind, minutes)}</Answer>
          ),
        )}
      </div>
      <Field label={t.note} value={note.value} lines={2} onValue={(value) => (note.value = [...value].slice(0, NOTE_CHARS).join(''))} />
      <Exact line={line} me={me} busy={deed.busy} named={named} where={where} onPick={impose} />
    </section>
  );
}

/** Another length, another place, or for ever. */
function Exact(props: {
  line: CaseLine;
  me: Me;
  busy: boolean;
  named: (kind: Kind, minutes: number) => string;
  where: (scope: Scope) => string;
  onPick: (kind: Kind, minutes: number, scope: Scope, permanent?: boolean) => void;
}) {
  const { line, me, busy, named, where, onPick } = props;
  const { t, desk, dateTime } = useDesk();
  const kind = useSignal<Kind>('timeout');
  const minutes = useSignal('60');
  const everywhere = useSignal<'here' | 'site'>('here');
  const choosesScope = line.scope !== 'site' && mayEverywhere(me.role) && !isOfRoom(kind.value) && kind.value !== 'nudge';
  const scope: Scope = choosesScope && everywhere.value === 'site' ? 'site' : line.scope;
  const length = Number(minutes.value);
  const kinds = KINDS.filter((one) => one !== 'nudge' && (line.scope !== 'site' || !isOfRoom(one)));
  return (
    <details class="fold">
      <summary>{t.otherLength}</summary>
      <div class="two">
        <Select
          label={t.what}
          value={kind.value}
          options={kinds.map((value) => ({ value, label: t.kinds[value] }))}
          onPick={(to) => {
            kind.value = to;
            minutes.value = String(LENGTHS[to][1] ?? LENGTHS[to][0] ?? 0);
          }}
        />
        <Select label={t.length} value={minutes.value} options={LENGTHS[kind.value].map((n) => ({ value: String(n), label: t.minutes(n) }))} onPick={(to) => (minutes.value = to)} />
        {choosesScope && (
          <Select
            label={t.scope}
            value={everywhere.value}
            options={[{ value: 'here', label: where(line.scope) }, { value: 'site', label: t.allRooms }]}
            onPick={(to) => (everywhere.value = to)}
          />
        )}
      </div>
      <div class="row">
        {isGrave(kind.value, length) || scope === 'site' ? (
          <Sure label={named(kind.value, length)} sure={t.sure(where(scope), dateTime(desk.now.value + length * 60_000))} yes={t.decideYes} onYes={() => onPick(kind.value, length, scope)} />
        ) : (
          <button type="button" class="btn line small" aria-disabled={busy} onClick={() => onPick(kind.value, length, scope)}>{named(kind.value, length)}</button>
        )}
        {mayPropose(me.role) && <Sure label={t.forever} sure={t.foreverSure} yes={t.forever} onYes={() => onPick('ban', 0, 'site', true)} />}
      </div>
    </details>
  );
}
