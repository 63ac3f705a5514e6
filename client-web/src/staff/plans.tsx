/** The sessions that are planned: the list, and the way into making, changing and looking after one. */
import { useSignal } from '@preact/signals';
import { readDate } from '../i18n/when';
import type { KeptPlan, Me, RoomSummary, SessionPlan, Template } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import type { Spoken } from './app';
import { DatesView } from './dates';
import { Heading, Wait } from './pieces';
import { begin, parted } from './plan';
import type { Draft } from './plan';
import { PlanForm } from './plan-form';
import { fromRule } from './repeat';
import { useLoaded } from './task';

type Mode = { what: 'list' } | { what: 'templates' } | { what: 'form'; kept: KeptPlan | null; draft: Draft } | { what: 'dates'; kept: KeptPlan };

export function PlansView({ me }: { me: Me }) {
  const { place, zone } = useStaff();
  const { s } = useSpoken();
  const plans = useLoaded<KeptPlan[]>(`${API}/plans`);
  const mode = useSignal<Mode>({ what: 'list' });
  const saved = useSignal(false);
  const rooms = (place.value?.rooms ?? []).filter(({ id }) => me.rooms.length === 0 || me.rooms.includes(id));

  function toList(done = false): void {
    saved.value = done;
    mode.value = { what: 'list' };
    void plans.reload();
  }
  const open = mode.value;
  switch (open.what) {
    case 'templates':
      return <Templates rooms={rooms} onBack={() => toList()} onPick={(draft) => (mode.value = { what: 'form', kept: null, draft })} />;
    case 'form':
      return (
        <PlanForm
          key={`${open.kept?.id}.${open.kept?.version}`}
          kept={open.kept}
          draft={open.draft}
          rooms={rooms}
          onDone={toList}
          onNewer={(kept) => (mode.value = { what: 'form', kept, draft: draftOf(kept.plan, zone.value) })}
        />
      );
    case 'dates':
      return <DatesView kept={open.kept} onBack={() => toList()} />;
    case 'list':
      return (
        <>
          <Heading>{s.plans.title}</Heading>
          <p class="kind" role="status">{saved.value ? s.saved : ''}</p>
          <Wait of={plans}>
            {(list) => (
              <>
                {list.length === 0 && <p>{s.plans.none}</p>}
                <ul class="cards">
                  {list.map((kept) => (
                    <One
                      key={kept.id}
                      kept={kept}
                      onEdit={() => (mode.value = { what: 'form', kept, draft: draftOf(kept.plan, zone.value) })}
                      onDates={() => (mode.value = { what: 'dates', kept })}
                    />
                  ))}
                </ul>
                <button type="button" class="btn main" onClick={() => (mode.value = { what: 'templates' })}>{s.plans.make}</button>
              </>
            )}
          </Wait>
        </>
      );
  }
}

function draftOf({ repeats, ...plan }: SessionPlan, zone: string): Draft {
  return {
    ...plan,
    name: parted(plan.name),
    about: parted(plan.about),
    phases: plan.phases.map((phase) => ({ ...phase, name: parted(phase.name), about: parted(phase.about) })),
    ...(plan.eligibility ? { eligibility: { ...plan.eligibility, text: parted(plan.eligibility.text) } } : {}),
    repeat: fromRule(repeats, plan.date, zone),
  };
}

function One({ kept, onEdit, onDates }: { kept: KeptPlan; onEdit: () => void; onDates: () => void }) {
  const { zone } = useStaff();
  const spoken = useSpoken();
  const { s, read, room, dateTime } = spoken;
  const { plan } = kept;
  const name = read(plan.name);
  const next = kept.next[0];
  return (
    <li class="slip tall">
      <div>
        <h2>{name}</h2>
        <p>{room(plan.room)}・{repeatText(plan, spoken, zone.value)}</p>
        <p class="sub">
          {next ? `${dateTime(next.starts)}　${s.dates.booked(next.booked)}${next.waiting > 0 ? `　${s.dates.waiting(next.waiting)}` : ''}` : s.dates.none}
        </p>
      </div>
      <div class="row">
        <button type="button" class="btn line small" aria-label={`${s.plans.dates}：${name}`} onClick={onDates}>{s.plans.dates}</button>
        <button type="button" class="btn line small" aria-label={`${s.plans.edit}：${name}`} onClick={onEdit}>{s.plans.edit}</button>
      </div>
    </li>
  );
}

/** How it repeats, in words. */
function repeatText(plan: SessionPlan, { s, w }: Spoken, zone: string): string {
  const repeat = fromRule(plan.repeats, plan.date, zone);
  const p = s.plans;
  switch (repeat.kind) {
    case 'once': {
      const date = readDate(plan.date);
      return s.dateTime(date ? w.date(date.month, date.day, w.weekdays[date.weekday] ?? '') : plan.date, plan.time);
    }
    case 'weekly':
      return `${repeat.every === 2 ? p.everyTwo : p.everyWeek} ${repeat.days.map((day) => p.dayNames[day]).join('・')} ${plan.time}`;
    case 'monthly':
      return `${p.repeats.monthly} ${repeat.nths.map(p.nth).join('・')} ${p.dayNames[repeat.day]} ${plan.time}`;
    case 'own':
      return `${repeat.rule} ${plan.time}`;
  }
}

function Templates(props: { rooms: readonly RoomSummary[]; onBack: () => void; onPick: (draft: Draft) => void }) {
  const { zone } = useStaff();
  const { s, read } = useSpoken();
  const templates = useLoaded<Template[]>(`${API}/templates`);
  const pick = (template: Template): void => {
    const draft = begin(template, props.rooms.find(({ open }) => open) ?? props.rooms[0], Date.now(), zone.value);
    props.onPick({ ...draft, name: parted(draft.name), about: parted(draft.about), phases: draft.phases.map((phase) => ({ ...phase, name: parted(phase.name), about: parted(phase.about) })) });
  };
  return (
    <>
      <Heading>{s.plans.template}</Heading>
      <p class="sub">{s.plans.templateNote}</p>
      <Wait of={templates}>
        {(list) => (
          <ul class="cards">
            {list.map((template) => (
              <li key={template.id} class="slip tall">
                <div>
                  <h2>{read(template.name)}</h2>
                  <p>{read(template.about)}</p>
                  <p class="sub">{template.phases.map(({ name }) => read(name)).join(' → ')}</p>
                </div>
                <button type="button" class="btn line small" onClick={() => pick(template)}>{s.plans.useTemplate(read(template.name))}</button>
              </li>
            ))}
          </ul>
        )}
      </Wait>
      <button type="button" class="btn quiet" onClick={props.onBack}>{s.back}</button>
    </>
  );
}
