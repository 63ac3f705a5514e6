/** Going through the programme: on, back, more time, less. Times are the server's, and nothing happens by itself. */
import { useSignal } from '@preact/signals';
import { left, phaseOf } from '../state/gathering';
import { Ring, timeWords, useNow } from '../ui/session/kit';
import { Big, useHost } from './kit';

const STEP_MINUTES = 5;

export function Course() {
  const { h, s, g, read, act, store } = useHost();
  const ending = useSignal(false);
  const { programme, standing } = g;
  const now = useNow(store, standing?.until !== undefined);
  const phase = phaseOf(g);
  if (!programme || !standing || !phase) return null;
  const from = standing.phase;
  const time = left(standing, now);
  const next = programme.phases[from + 1];
  const before = programme.phases[from - 1];

  /** The last step is asked for twice: the room closes for everybody. */
  function go(to: number): void {
    if (programme?.phases[to]?.kind === 'closed') ending.value = true;
    else void act({ go: { from, to } });
  }

  return (
    <section class="part open" aria-label={h.course}>
      <p class="host-phase">
        {time && <Ring time={time} />}
        <span><b>{read(phase.name)}</b> {time && <small>{timeWords(time, s)}</small>}</span>
      </p>
      {ending.value ? (
        <>
          <p class="sub">{h.endNote}</p>
          <div class="bigs">
            <Big onClick={() => (ending.value = false)}>{h.keep}</Big>
            <Big
              onClick={() => {
                ending.value = false;
                void act({ go: { from, to: programme.phases.findIndex(({ kind }) => kind === 'closed') } });
              }}
            >
              {h.end}
            </Big>
          </div>
        </>
      ) : (
        <>
          {next && <Big main onClick={() => go(from + 1)}>{next.kind === 'closed' ? h.end : h.next(read(next.name))}</Big>}
          <div class="bigs">
            {standing.until !== undefined && (
              <>
                <Big onClick={() => void act({ extend: { from, minutes: STEP_MINUTES } })}>{h.more}</Big>
                <Big onClick={() => void act({ extend: { from, minutes: -STEP_MINUTES } })}>{h.less}</Big>
              </>
            )}
          </div>
          <details class="inner">
            <summary>{h.others}</summary>
            <div class="bigs column">
              {before && <Big onClick={() => go(from - 1)}>{h.back(read(before.name))}</Big>}
              {programme.phases.map((one, to) => Math.abs(to - from) > 1 && <Big key={to} onClick={() => go(to)}>{one.kind === 'closed' ? h.end : h.go(read(one.name))}</Big>)}
            </div>
          </details>
        </>
      )}
    </section>
  );
}
