/** Making or changing a session. Everything has a value; what is missing is said at the end, in one place. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { Access, AloneMode, ChangePlan, KeptPlan, RoomSummary } from '../protocol/types';
import { Choices } from '../ui/choices';
import { Tick } from '../ui/tick';
import { API, useSpoken, useStaff } from './app';
import { PhasesEditor } from './phases';
import { Field, Heading, Select, Sure, Texts, Trouble } from './pieces';
import { faults, toPlan } from './plan';
import type { Draft, Fault } from './plan';
import { RepeatFields } from './repeat-fields';
import { moved } from './repeat';
import { useTask } from './task';

const ACCESSES: readonly Access[] = ['open', 'code', 'approval', 'known'];
const ALONES: readonly AloneMode[] = ['watch', 'write'];

export function PlanForm(props: {
  kept: KeptPlan | null;
  draft: Draft;
  rooms: readonly RoomSummary[];
  onDone: (saved?: boolean) => void;
  /** Somebody else was quicker: their version. */
  onNewer: (kept: KeptPlan) => void;
}) {
  const { zone } = useStaff();
  const { s, read } = useSpoken();
  const p = s.plans;
  const draft = useSignal(props.draft);
  const missing = useSignal<readonly Fault[]>([]);
  const task = useTask();
  const removal = useTask();
  const one = draft.value;
  const room = props.rooms.find(({ id }) => id === one.room);
  const change = (some: Partial<Draft>): void => void (draft.value = { ...draft.value, ...some });

  async function save(): Promise<void> {
    missing.value = faults(draft.value, room);
    if (missing.value.length > 0) return;
    const plan = toPlan(draft.value, zone.value);
    const saved = await task.run(async () => {
      if (props.kept) await call('PUT', `${API}/plans/${encodeURIComponent(props.kept.id)}`, { version: props.kept.version, plan } satisfies ChangePlan);
      else await call('POST', `${API}/plans`, plan);
    });
    if (saved) props.onDone(true);
  }
  async function remove(): Promise<void> {
    if (props.kept && (await removal.run(() => call('DELETE', `${API}/plans/${encodeURIComponent(props.kept?.id ?? '')}`)))) props.onDone();
  }
  async function reopen(): Promise<void> {
    await task.run(async () => {
      const newer = (await call<KeptPlan[]>('GET', `${API}/plans`)).find(({ id }) => id === props.kept?.id);
      if (newer) props.onNewer(newer);
      else props.onDone();
    });
  }

  return (
    <>
      <button type="button" class="btn quiet back" onClick={() => props.onDone()}>{s.back}</button>
      <Heading>{props.kept ? p.editTitle : p.newTitle}</Heading>
      <form
        class="plan"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <fieldset class="part">
          <legend>{p.what}</legend>
          <Texts label={p.name} value={one.name} onValue={(name) => change({ name })} />
          <Texts label={p.about} note={p.aboutNote} lines={3} value={one.about} onValue={(about) => change({ about })} />
          <Field label={p.theme} value={one.theme ?? ''} onValue={(theme) => change({ theme })} />
          <Tick label={p.takesThemes} note={p.takesThemesNote} on={one.takes_themes} onTick={(takes_themes) => change({ takes_themes })} />
        </fieldset>

        <fieldset class="part">
          <legend>{p.when}</legend>
          <div class="two">
            <Field label={p.date} type="date" value={one.date} onValue={(date) => change({ date, repeat: moved(one.repeat, one.date, date) })} />
            <Field label={p.time} type="time" value={one.time} onValue={(time) => change({ time: time.slice(0, 5) })} />
          </div>
          <p class="sub">{p.timeNote}</p>
          <RepeatFields value={one.repeat} date={one.date} onValue={(repeat) => change({ repeat })} />
        </fieldset>

        <fieldset class="part">
          <legend>{p.where}</legend>
          <Select label={p.room} value={one.room} options={props.rooms.map(({ id, name }) => ({ value: id, label: read(name) }))} onPick={(id) => change({ room: id })} />
          <Field
            label={p.capacity}
            note={room && p.capacityNote(room.capacity)}
            type="number"
            min={1}
            {...(room ? { max: room.capacity } : {})}
            value={Number.isNaN(one.capacity) ? '' : String(one.capacity)}
            onValue={(value) => change({ capacity: value === '' ? Number.NaN : Number(value) })}
          />
        </fieldset>

        <fieldset class="part">
          <legend>{p.who}</legend>
          <Select label={p.access} value={one.access} options={ACCESSES.map((value) => ({ value, label: p.accesses[value] }))} onPick={(access) => change({ access })} />
          <Eligibility draft={one} onDraft={(next) => (draft.value = next)} />
          <Tick label={p.observers} note={p.observersNote} on={one.observers} onTick={(observers) => change({ observers })} />
        </fieldset>

        <fieldset class="part">
          <legend>{p.staff}</legend>
          <Select
            label={p.needed}
            value={String(one.staff_needed)}
            options={[0, 1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: String(n) }))}
            onPick={(n) => change({ staff_needed: Number(n) })}
          />
          <Choices
            legend={p.fewer}
            look="chips"
            value={one.staff_or_shut ? 'shut' : 'warn'}
            onPick={(picked) => change({ staff_or_shut: picked === 'shut' })}
            options={[{ value: 'warn', label: p.fewers.warn }, { value: 'shut', label: p.fewers.shut }]}
          />
          <Choices legend={p.alone} look="chips" value={one.alone} onPick={(alone) => change({ alone })} options={ALONES.map((value) => ({ value, label: p.alones[value] }))} />
        </fieldset>

        <PhasesEditor phases={one.phases} onPhases={(phases) => change({ phases })} />

        <div class="save">
          <div role="status">
            {missing.value.length > 0 && <ul class="kind">{missing.value.map((fault) => <li key={fault}>{p.fault[fault]}</li>)}</ul>}
            {task.trouble.value === 'overtaken' && <p class="kind">{p.overtaken}</p>}
          </div>
          {task.trouble.value === 'overtaken' ? (
            <button type="button" class="btn line wide" onClick={() => void reopen()}>{p.reopen}</button>
          ) : (
            <>
              {task.trouble.value === 'in_use' ? <p class="kind" role="status">{p.inUse}</p> : <Trouble of={task} />}
              <button type="submit" class="btn main wide" aria-disabled={task.busy.value}>{task.busy.value ? s.saving : s.save}</button>
            </>
          )}
        </div>
      </form>
      {props.kept && (
        <>
          <Sure label={p.removePlan} sure={p.removeSure} yes={p.removePlan} onYes={() => void remove()} />
          {removal.trouble.value === 'in_use' ? <p class="kind" role="status">{p.stillBooked}</p> : <Trouble of={removal} />}
        </>
      )}
    </>
  );
}

function Eligibility({ draft, onDraft }: { draft: Draft; onDraft: (draft: Draft) => void }) {
  const { s } = useSpoken();
  const p = s.plans;
  const { eligibility, ...rest } = draft;
  return (
    <>
      <Tick
        label={p.eligible}
        on={eligibility !== undefined}
        onTick={(on) => onDraft(on ? { ...rest, eligibility: { text: { ja: '', easy: '', en: '' }, confirmed: false } } : rest)}
      />
      {eligibility && (
        <>
          <Texts label={p.eligibility} value={eligibility.text} onValue={(text) => onDraft({ ...draft, eligibility: { ...eligibility, text } })} />
          <Choices
            legend={p.confirm}
            look="chips"
            value={eligibility.confirmed ? 'staff' : 'declared'}
            onPick={(picked) => onDraft({ ...draft, eligibility: { ...eligibility, confirmed: picked === 'staff' } })}
            options={[{ value: 'declared', label: p.confirms.declared }, { value: 'staff', label: p.confirms.staff }]}
          />
        </>
      )}
    </>
  );
}
