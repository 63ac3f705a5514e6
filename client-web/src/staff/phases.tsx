/** The programme: its parts in order, moved by buttons, so that it works with a thumb and with a keyboard alike. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Phase } from '../protocol/types';
import { useSpoken } from './app';
import { Field, Select, Texts } from './pieces';
import { CANS, MOST_MINUTES, MOST_PHASES, PHASE_KINDS, freshPhase, shifted } from './plan';
import { Several } from './repeat-fields';

export function PhasesEditor({ phases, onPhases }: { phases: readonly Phase[]; onPhases: (phases: Phase[]) => void }) {
  const { s, read } = useSpoken();
  const p = s.plans;
  const list = useRef<HTMLOListElement>(null);
  const open = useSignal<number | null>(null);
  const follow = useRef<{ index: number; what: string } | null>(null);
  useEffect(() => {
    // Whoever moves a part with the keyboard keeps it under their hands; at an end of the list its other button has it.
    const to = follow.current;
    follow.current = null;
    if (!to) return;
    const row = list.current?.children[to.index];
    const button = row?.querySelector<HTMLButtonElement>(`[data-do=${to.what}]:not(:disabled)`) ?? row?.querySelector<HTMLButtonElement>('button:not(:disabled)');
    button?.focus();
  }, [phases]);

  const change = (index: number, phase: Phase): void => onPhases(phases.map((one, i) => (i === index ? phase : one)));
  function move(index: number, by: -1 | 1): void {
    follow.current = { index: index + by, what: by < 0 ? 'up' : 'down' };
    if (open.value === index) open.value = index + by;
    else if (open.value === index + by) open.value = index;
    onPhases(shifted(phases, index, by));
  }
  function take(index: number): void {
    follow.current = { index: Math.max(0, index - 1), what: 'take' };
    open.value = null;
    onPhases(phases.filter((_, i) => i !== index));
  }

  return (
    <fieldset class="part">
      <legend>{p.programme}</legend>
      <p class="sub">{p.programmeNote}</p>
      <ol class="phases" ref={list}>
        {phases.map((phase, i) => {
          const name = read(phase.name) || p.kinds[phase.kind];
          return (
            <li key={i} class="slip tall">
              <details open={open.value === i} onToggle={(event) => event.currentTarget.open ? (open.value = i) : open.value === i && (open.value = null)}>
                <summary>
                  <span>{p.phase(i + 1, name)}</span>
                  <i>{p.phaseMinutes(phase.minutes)}</i>
                </summary>
                <div class="form">
                  <Texts label={p.phaseName} value={phase.name} onValue={(text) => change(i, { ...phase, name: text })} />
                  <Texts label={p.phaseAbout} value={phase.about} onValue={(text) => change(i, { ...phase, about: text })} />
                  <div class="two">
                    <Select label={p.phaseKind} value={phase.kind} options={PHASE_KINDS.map((kind) => ({ value: kind, label: p.kinds[kind] }))} onPick={(kind) => change(i, { ...phase, kind })} />
                    <Field
                      label={p.minutes}
                      type="number"
                      min={0}
                      max={MOST_MINUTES}
                      value={Number.isNaN(phase.minutes) ? '' : String(phase.minutes)}
                      onValue={(value) => change(i, { ...phase, minutes: value === '' ? Number.NaN : Number(value) })}
                    />
                  </div>
                  <Several legend={p.can} all={CANS} on={phase.can} label={(can) => p.cans[can]} onPick={(can) => change(i, { ...phase, can })} />
                </div>
              </details>
              <div class="row">
                <button type="button" data-do="up" class="btn quiet small" disabled={i === 0} aria-label={`${p.up}：${name}`} onClick={() => move(i, -1)}>{p.up}</button>
                <button type="button" data-do="down" class="btn quiet small" disabled={i === phases.length - 1} aria-label={`${p.down}：${name}`} onClick={() => move(i, 1)}>{p.down}</button>
                <button type="button" data-do="take" class="btn quiet small" disabled={phases.length === 1} aria-label={`${p.takeAway}：${name}`} onClick={() => take(i)}>{p.takeAway}</button>
              </div>
            </li>
          );
        })}
      </ol>
      {phases.length < MOST_PHASES && (
        <button
          type="button"
          class="btn line small"
          onClick={() => {
            open.value = phases.length;
            onPhases([...phases, freshPhase()]);
          }}
        >
          {p.add}
        </button>
      )}
    </fieldset>
  );
}
