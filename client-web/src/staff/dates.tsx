/** The coming dates of a session: who has booked, cancelling a date, and codes for those who may come. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isoDate, local, readDate } from '../i18n/when';
import { call } from '../net/api';
import type { ChangePlan, KeptPlan } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { CodeMaker } from './codes';
import { Heading, Sure, Trouble } from './pieces';
import { useTask } from './task';

export function DatesView({ kept, onBack }: { kept: KeptPlan; onBack: () => void }) {
  const { zone } = useStaff();
  const { s, w, read, dateTime } = useSpoken();
  const plan = useSignal(kept);
  const task = useTask();
  const { next, plan: planned } = plan.value;
  const today = isoDate(local(Date.now(), zone.value));
  const off = planned.except.filter((date) => date >= today).sort();

  const newest = async (): Promise<KeptPlan | undefined> => (await call<KeptPlan[]>('GET', `${API}/plans`)).find(({ id }) => id === kept.id);
  const looking = useTask();
  useEffect(() => {
    // People book while the list stands open: what is shown first is made new at once.
    void looking.run(async () => {
      plan.value = (await newest()) ?? plan.value;
    });
  }, []);

  /** Changes which dates are left out. Somebody may have been quicker: then their version is taken as the ground. */
  async function leaveOut(change: (except: readonly string[]) => string[]): Promise<void> {
    await task.run(async () => {
      const mine = await newest();
      if (!mine) return onBack();
      const body: ChangePlan = { version: mine.version, plan: { ...mine.plan, except: change(mine.plan.except) } };
      plan.value = await call<KeptPlan>('PUT', `${API}/plans/${encodeURIComponent(mine.id)}`, body);
    });
  }
  const dayText = (text: string): string => {
    const date = readDate(text);
    return date ? w.date(date.month, date.day, w.weekdays[date.weekday] ?? '') : text;
  };

  return (
    <>
      <button type="button" class="btn quiet back" onClick={onBack}>{s.back}</button>
      <Heading>{read(planned.name)}</Heading>
      <section class="part">
        <h2>{s.dates.title}</h2>
        <Trouble of={task} />
        {next.length === 0 && <p>{s.dates.none}</p>}
        <ul class="cards">
          {next.map(({ session, starts, booked, waiting }) => (
            <li key={session} class="slip">
              <div>
                <p>{dateTime(starts)}</p>
                <p class="sub">{s.dates.booked(booked)}{waiting > 0 && `　${s.dates.waiting(waiting)}`}</p>
              </div>
              <Sure
                label={s.dates.cancel}
                name={`${s.dates.cancel}：${dateTime(starts)}`}
                sure={s.dates.cancelSure}
                yes={s.dates.cancelYes}
                onYes={() => void leaveOut((except) => [...except, isoDate(local(starts, zone.value))])}
              />
            </li>
          ))}
        </ul>
        {off.length > 0 && (
          <>
            <h3>{s.dates.off}</h3>
            <ul class="cards">
              {off.map((date) => (
                <li key={date} class="slip">
                  <p>{dayText(date)}</p>
                  <button type="button" class="btn quiet small" aria-label={`${s.dates.restore}：${dayText(date)}`} onClick={() => void leaveOut((except) => except.filter((one) => one !== date))}>
                    {s.dates.restore}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <CodeMaker plan={plan.value.id} />
    </>
  );
}
