/** Numbers for the yearly report: of sessions, never of people. */
import { useSignal } from '@preact/signals';
import { isoDate, local } from '../i18n/when';
import type { SessionCount, Statistics } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { Field, Heading, Wait } from './pieces';
import { useLoaded } from './task';

const COLUMNS = ['date', 'room', 'name', 'came', 'watched', 'reacted', 'wrote', 'first', 'again', 'minutes'] as const satisfies readonly (keyof SessionCount)[];

/** The Japanese fiscal year that a day lies in, up to that day: from the first of April. */
export function thisYear(now: number, zone: string): { from: string; to: string } {
  const today = local(now, zone);
  return { from: isoDate({ year: today.month >= 4 ? today.year : today.year - 1, month: 4, day: 1 }), to: isoDate(today) };
}

export function NumbersView() {
  const { zone } = useStaff();
  const { s, room } = useSpoken();
  const begin = thisYear(Date.now(), zone.value);
  const [from, to] = [useSignal(begin.from), useSignal(begin.to)];
  const asked = useSignal(begin);
  const query = new URLSearchParams(asked.value).toString();
  const numbers = useLoaded<Statistics>(`${API}/statistics?${query}`);
  const cell = (row: SessionCount, column: (typeof COLUMNS)[number]): string | number =>
    column === 'room' ? room(row.room) : (row[column] ?? '–');

  return (
    <>
      <Heading>{s.numbers.title}</Heading>
      <p class="sub">{s.numbers.lead}</p>
      <form
        class="line-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (from.value && to.value) asked.value = { from: from.value, to: to.value };
        }}
      >
        <Field label={s.numbers.from} type="date" value={from.value} onValue={(value) => (from.value = value)} />
        <Field label={s.numbers.to} type="date" value={to.value} onValue={(value) => (to.value = value)} />
        <button type="submit" class="btn line">{s.numbers.show}</button>
      </form>
      <Wait of={numbers}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <p>{s.numbers.none}</p>
          ) : (
            <>
              <div class="table" tabIndex={0} role="region" aria-label={s.numbers.title}>
                <table>
                  <thead>
                    <tr>{COLUMNS.map((column) => <th key={column} scope="col">{s.numbers.columns[column]}</th>)}</tr>
                  </thead>
                  <tbody>
                    {sessions.map((row, i) => (
                      <tr key={i}>{COLUMNS.map((column) => <td key={column}>{cell(row, column)}</td>)}</tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <a class="btn line" href={`${API}/statistics.csv?${query}`} download>{s.numbers.csv}</a>
            </>
          )
        }
      </Wait>
    </>
  );
}
