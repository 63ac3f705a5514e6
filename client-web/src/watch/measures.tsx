/** What staff can do about somebody, graded, one touch each; a second one only for what sends somebody away. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Order } from '../net/machine';
import { NOTE_CHARS } from '../protocol/types';
import type { DeclineReason, Kind, Measure, PersonId, Reason } from '../protocol/types';
import { sentence } from '../ui/app';
import { Tick } from '../ui/tick';
import { Holds } from './holds';
import { spanWords, useWatch } from './kit';
import { LENGTHS, REASONS, REMOVES, isGrave, keepsSafe, mayEverywhere, mayMeasure, mayPropose } from './may';

interface Wish {
  readonly kind: Kind;
  readonly minutes: number;
  readonly permanent?: true;
}

export function Measures({ who, nick, words }: { who: PersonId; nick: string; words: number | undefined }) {
  const { session, k, w } = useWatch();
  const { store, intents } = session;
  const reason = useSignal<Reason>('safety');
  const note = useSignal('');
  const site = useSignal(false);
  const asked = useSignal<Wish | null>(null);
  const said = useSignal('');
  const busy = useSignal(false);
  /** Grows with everything that was decided here: what holds is looked at again. */
  const decided = useSignal(0);
  const answer = useRef<HTMLParagraphElement>(null);
  const ids = [useId(), useId()] as const;
  const { role, desk } = store.gathering.value;
  const target = desk?.people.find((one) => one.who === who)?.role ?? store.people.value.get(who)?.badge ?? 'participant';
  if (!mayMeasure(role, target)) return null;

  async function ask(measure: Measure, thanks: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    said.value = '';
    const outcome = await intents.order({ t: 'moderate', measure } satisfies Order);
    busy.value = false;
    said.value = outcome.is === 'done' ? thanks : sentence(outcome, w);
    if (outcome.is === 'done') decided.value++;
    // The button may be far below: nobody shall wonder whether it was done.
    requestAnimationFrame(() => answer.current?.scrollIntoView({ block: 'center' }));
  }

  function decide({ kind, minutes, permanent }: Wish): Promise<void> {
    asked.value = null;
    const text = note.value.trim();
    return ask(
      {
        sanction: {
          who, kind, minutes, reason: reason.value,
          ...(text ? { note: text } : {}),
          ...(kind === 'ban' && site.value ? { site: true } : {}),
          ...(permanent ? { permanent } : {}),
        },
      },
      permanent ? k.proposed : k.done,
    );
  }

  const wish = asked.value;
  return (
    <>
      <Holds who={who} turn={decided.value} />
      <details class="measures">
        <summary>{k.measures}</summary>
        <p class="sub">{k.measuresNote}</p>
        {words !== undefined && keepsSafe(role) && <Remove onRemove={(why) => ask({ delete: { id: words, reason: why } }, k.removed)} />}
        <div class="field">
          <label for={ids[0]}>{k.reason}</label>
          <select id={ids[0]} value={reason.value} onChange={(event) => (reason.value = event.currentTarget.value as Reason)}>
            {REASONS.map((one) => <option key={one} value={one}>{k.reasons[one]}</option>)}
          </select>
        </div>
        <p ref={answer} class="kind" role="status">{said.value}</p>
        {wish ? (
          <Sure nick={nick} wish={wish} onNo={() => (asked.value = null)} onYes={() => void decide(wish)} />
        ) : (
          <ul class="ladder">
            {LENGTHS.map(([kind, lengths]) => (
              <li key={kind}>
                <b>{k.kinds[kind]}</b>
                <p class="sub">{k.kindNotes[kind]}</p>
                <div class="lengths">
                  {lengths.map((minutes) => (
                    <button
                      key={minutes}
                      type="button"
                      class="btn line small"
                      aria-label={`${k.kinds[kind]}：${spanWords(minutes, k)}`}
                      aria-disabled={busy.value}
                      onClick={() => (isGrave(kind) ? void (asked.value = { kind, minutes }) : void decide({ kind, minutes }))}
                    >
                      {spanWords(minutes, k)}
                    </button>
                  ))}
                  {kind === 'ban' && mayPropose(role) && (
                    <button type="button" class="btn quiet" onClick={() => (asked.value = { kind, minutes: 0, permanent: true })}>{k.permanent}</button>
                  )}
                </div>
                {kind === 'ban' && mayEverywhere(role) && <Tick label={k.everywhere} on={site.value} onTick={(on) => (site.value = on)} />}
              </li>
            ))}
          </ul>
        )}
        <div class="field writing">
          <label for={ids[1]}>{k.note}</label>
          <textarea id={ids[1]} rows={2} maxLength={NOTE_CHARS} value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} />
        </div>
      </details>
    </>
  );
}

function Sure({ nick, wish, onNo, onYes }: { nick: string; wish: Wish; onNo: () => void; onYes: () => void }) {
  const { k } = useWatch();
  const first = useRef<HTMLButtonElement>(null);
  // The button that asked is gone; leaving it comes first.
  useEffect(() => first.current?.focus(), []);
  return (
    <div class="sure" role="group" aria-label={k.kinds[wish.kind]}>
      <p><b>{k.sure(nick, k.kinds[wish.kind], wish.permanent ? k.permanent : spanWords(wish.minutes, k))}</b></p>
      <p class="sub">{wish.permanent ? k.permanentNote : k.sureNote}</p>
      <div class="acts">
        <button ref={first} type="button" class="btn line" onClick={onNo}>{k.no}</button>
        <button type="button" class="btn main" onClick={onYes}>{k.yes}</button>
      </div>
    </div>
  );
}

function Remove({ onRemove }: { onRemove: (why: DeclineReason) => Promise<void> }) {
  const { k } = useWatch();
  const id = useId();
  const why = useSignal<DeclineReason>('hurtful');
  return (
    <div class="field remove">
      <label for={id}>{k.removeReason}</label>
      <div class="field-row">
        <select id={id} value={why.value} onChange={(event) => (why.value = event.currentTarget.value as DeclineReason)}>
          {REMOVES.map((one) => <option key={one} value={one}>{k.removes[one]}</option>)}
        </select>
        <button type="button" class="btn line small" onClick={() => void onRemove(why.value)}>{k.remove}</button>
      </div>
    </div>
  );
}
