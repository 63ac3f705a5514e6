/** How a session repeats: the few ways in which people say it, and a field for those who know the rules. */
import { Choices } from '../ui/choices';
import { useSpoken } from './app';
import { Field, Select } from './pieces';
import { DAYS, NTHS, fresh } from './repeat';
import type { End, Repeat } from './repeat';

const KINDS = ['once', 'weekly', 'monthly', 'own'] as const satisfies readonly Repeat['kind'][];
const ENDS = ['never', 'until', 'count'] as const satisfies readonly End['kind'][];

export function RepeatFields({ value, date, onValue }: { value: Repeat; date: string; onValue: (repeat: Repeat) => void }) {
  const { s } = useSpoken();
  const p = s.plans;
  return (
    <>
      <Choices
        legend={p.repeat}
        look="chips"
        value={value.kind}
        onPick={(kind) => onValue(fresh(kind, date))}
        options={KINDS.map((kind) => ({ value: kind, label: p.repeats[kind] }))}
      />
      {value.kind === 'weekly' && (
        <>
          <Choices
            legend={p.every}
            look="chips"
            value={String(value.every)}
            onPick={(every) => onValue({ ...value, every: every === '2' ? 2 : 1 })}
            options={[{ value: '1', label: p.everyWeek }, { value: '2', label: p.everyTwo }]}
          />
          <Several legend={p.days} all={DAYS} on={value.days} label={(day) => p.dayNames[day]} onPick={(days) => onValue({ ...value, days })} />
        </>
      )}
      {value.kind === 'monthly' && (
        <>
          <Several legend={p.nths} all={NTHS} on={value.nths} label={p.nth} onPick={(nths) => onValue({ ...value, nths })} />
          <Select label={p.days} value={value.day} options={DAYS.map((day) => ({ value: day, label: p.dayNames[day] }))} onPick={(day) => onValue({ ...value, day })} />
        </>
      )}
      {value.kind === 'own' && <Field label={p.rule} note={p.ruleNote} value={value.rule} lang="en" onValue={(rule) => onValue({ ...value, rule })} />}
      {'end' in value && <EndFields end={value.end} date={date} onEnd={(end) => onValue({ ...value, end })} />}
    </>
  );
}

function EndFields({ end, date, onEnd }: { end: End; date: string; onEnd: (end: End) => void }) {
  const { s } = useSpoken();
  const p = s.plans;
  return (
    <>
      <Choices
        legend={p.end}
        look="chips"
        value={end.kind}
        onPick={(kind) => onEnd(kind === 'never' ? { kind } : kind === 'until' ? { kind, date } : { kind, count: 10 })}
        options={ENDS.map((kind) => ({ value: kind, label: p.ends[kind] }))}
      />
      {end.kind === 'until' && <Field label={p.endDate} type="date" value={end.date} onValue={(until) => onEnd({ ...end, date: until })} />}
      {end.kind === 'count' && <Field label={p.endCount} type="number" min={1} max={999} value={String(end.count || '')} onValue={(count) => onEnd({ ...end, count: Number(count) })} />}
    </>
  );
}

/** Some of a few. */
export function Several<T extends string | number>(props: { legend: string; all: readonly T[]; on: readonly T[]; label: (one: T) => string; onPick: (on: T[]) => void }) {
  return (
    <fieldset class="choices chips">
      <legend class="lab">{props.legend}</legend>
      <div class="options">
        {props.all.map((one) => (
          <label key={one} class="option">
            <input
              type="checkbox"
              checked={props.on.includes(one)}
              onChange={(event) => props.onPick(event.currentTarget.checked ? [...props.on, one] : props.on.filter((other) => other !== one))}
            />
            <span class="face">{props.label(one)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
