/** What was decided about somebody and holds, in their sheet: taken back from where one stands. The desk knows it; who was only lent a role is asked to go there with somebody who signs in. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { whyNot } from '../i18n';
import { call, why } from '../net/api';
import type { PersonId, SanctionLine, Sanctions } from '../protocol/types';
import { leftWords, useClock } from '../safety/kit';
import { Icon } from '../ui/drawn';
import { useWatch } from './kit';

const SANCTIONS = '/api/v1/staff/desk/sanctions';

/** `turn` grows when there may be more. */
export function Holds({ who, turn }: { who: PersonId; turn: number }) {
  const { session, memory, k, t, w } = useWatch();
  const found = useSignal<readonly SanctionLine[]>([]);
  const said = useSignal('');
  const signedIn = memory.staff() || session.bring.value.staff;
  const asked = useRef(0);
  const now = useClock(found.value.map(({ until }) => until));

  async function look(): Promise<void> {
    const mine = ++asked.current;
    try {
      const { sanctions } = await call<Sanctions>('GET', `${SANCTIONS}?${new URLSearchParams({ in_force: 'true', q: String(who) }).toString()}`);
      // The desk looks for the number in notes and rooms as well.
      if (mine === asked.current) found.value = sanctions.filter(({ about, kind }) => about.person === who && kind !== 'nudge');
    } catch {
      // What is not known is not shown; the desk has it.
    }
  }

  useEffect(() => {
    if (signedIn) void look();
    return () => void asked.current++;
  }, [who, turn, signedIn]);

  async function undo(one: SanctionLine): Promise<void> {
    said.value = '';
    try {
      await call('POST', `${SANCTIONS}/${one.id}/undo`);
      said.value = k.undone;
    } catch (error) {
      const code = why(error);
      said.value = code === 'offline' ? w.notNow : whyNot(code, w);
    }
    await look();
  }

  return (
    <div class="holds">
      {found.value.length > 0 && (
        <>
          <h3>{k.holds}</h3>
          <ul>
            {found.value.map((one) => <One key={one.id} one={one} left={leftWords(one.until, now, t)} onUndo={() => undo(one)} />)}
          </ul>
        </>
      )}
      <p class="kind" role="status">{said.value}</p>
    </div>
  );
}

function One({ one, left, onUndo }: { one: SanctionLine; left: string; onUndo: () => Promise<void> }) {
  const { k } = useWatch();
  const asking = useSignal(false);
  const busy = useSignal(false);
  const no = useRef<HTMLButtonElement>(null);
  const again = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    // The focus goes where the question is, and back when it is left.
    if (asking.value) no.current?.focus();
    else if (was.current) again.current?.focus();
    was.current = asking.value;
  }, [asking.value]);

  async function yes(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    await onUndo();
    busy.value = false;
    asking.value = false;
  }

  return (
    <li>
      <p><b>{k.kinds[one.kind]}</b> <span><Icon id="i-calm" />{left}</span></p>
      <p class="sub">{k.reasons[one.reason]}</p>
      {!one.may_undo ? (
        <p class="sub">{k.undoOther}</p>
      ) : asking.value ? (
        <div class="sure" role="group" aria-label={`${k.undo}：${k.kinds[one.kind]}`}>
          <p>{k.undoSure}</p>
          <div class="acts">
            <button ref={no} type="button" class="btn line" onClick={() => (asking.value = false)}>{k.no}</button>
            <button type="button" class="btn main" aria-disabled={busy.value} onClick={() => void yes()}>{k.undo}</button>
          </div>
        </div>
      ) : (
        <button ref={again} type="button" class="btn line small" aria-label={`${k.undo}：${k.kinds[one.kind]}`} onClick={() => (asking.value = true)}>{k.undo}</button>
      )}
    </li>
  );
}
