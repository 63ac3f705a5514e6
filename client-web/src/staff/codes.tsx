/** Codes for those who are invited or referred: made here, shown once. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { CodeKind, Codes, MakeCodes } from '../protocol/types';
import { Choices } from '../ui/choices';
import { CopyField } from '../ui/copy';
import { API, useSpoken } from './app';
import { Field, Trouble } from './pieces';
import { useTask } from './task';

const KINDS: readonly CodeKind[] = ['invitation', 'referral'];
/** The server's bounds. */
const MOST = 50;
const MOST_DAYS = 365;

export function CodeMaker({ plan }: { plan: string }) {
  const { s, dateTime } = useSpoken();
  const d = s.dates;
  const kind = useSignal<CodeKind>('invitation');
  const count = useSignal('1');
  const days = useSignal('30');
  const made = useSignal<Codes | null>(null);
  const task = useTask();

  async function make(): Promise<void> {
    const within = (text: string, most: number): number => Math.min(most, Math.max(1, Math.round(Number(text)) || 1));
    const body: MakeCodes = { plan, kind: kind.value, count: within(count.value, MOST), days: within(days.value, MOST_DAYS) };
    [count.value, days.value] = [String(body.count), String(body.days)];
    await task.run(async () => {
      made.value = await call<Codes>('POST', `${API}/codes`, body);
    });
  }

  return (
    <section class="part">
      <h2>{d.codes}</h2>
      <p class="sub">{d.codesNote}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Choices legend={d.kind} look="chips" value={kind.value} onPick={(picked) => (kind.value = picked)} options={KINDS.map((value) => ({ value, label: d.kinds[value] }))} />
        <div class="two">
          <Field label={d.count} type="number" min={1} max={MOST} value={count.value} onValue={(value) => (count.value = value)} />
          <Field label={d.days} type="number" min={1} max={MOST_DAYS} value={days.value} onValue={(value) => (days.value = value)} />
        </div>
        <Trouble of={task} />
        <button type="submit" class="btn line" aria-disabled={task.busy.value}>{d.make}</button>
      </form>
      {made.value && (
        <div class="told">
          <CopyField label={d.codeList} value={made.value.codes.join(' ')} words={s} />
          <ul class="code-list">{made.value.codes.map((code) => <li key={code}>{code}</li>)}</ul>
          <p class="sub">{d.made(dateTime(made.value.until))}</p>
        </div>
      )}
    </section>
  );
}
