/** The record of what staff did: for those who answer for it, a page at a time, and as a whole to be verified. */
import { useSignal } from '@preact/signals';
import { auditWordsOf } from '../../i18n/audit';
import { deskWordsOf } from '../../i18n/desk';
import type { AuditEntry, AuditPage } from '../../protocol/types';
import { useSpoken, useStaff } from '../app';
import { DESK, deskOf } from '../desk/store';
import { Heading, Wait } from '../pieces';
import { useLoaded } from '../task';
import { actorOf, span } from './entry';

export function AuditView() {
  const { settings } = useStaff();
  const t = auditWordsOf(settings.lang.value);
  const before = useSignal<number | null>(null);
  const page = useLoaded<AuditPage>(`${DESK}/audit${before.value === null ? '' : `?before=${before.value}`}`);
  return (
    <>
      <Heading>{t.title}</Heading>
      <p class="sub">{t.lead}</p>
      <a class="btn line" href={`${DESK}/audit/export`} download>{t.export}</a>
      <p class="sub">{t.exportNote}</p>
      <Wait of={page}>
        {({ entries, last }) =>
          entries.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <>
              <p class="sub">{t.shown(span(entries), last)}</p>
              <div class="table" tabIndex={0} role="region" aria-label={t.title}>
                <table>
                  <thead>
                    <tr>{(['seq', 'at', 'who', 'what', 'whom', 'where', 'why', 'which'] as const).map((column) => <th key={column} scope="col">{t.columns[column]}</th>)}</tr>
                  </thead>
                  {/* The newest first: what one looks for was mostly lately. */}
                  <tbody>{[...entries].reverse().map((entry) => <Row key={entry.seq} entry={entry} />)}</tbody>
                </table>
              </div>
              <div class="row">
                {before.value !== null && <button type="button" class="btn line small" onClick={() => (before.value = null)}>{t.newest}</button>}
                {(entries[0]?.seq ?? 1) > 1 && <button type="button" class="btn line small" onClick={() => (before.value = entries[0]?.seq ?? null)}>{t.older}</button>}
              </div>
            </>
          )
        }
      </Wait>
    </>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  const staff = useStaff();
  const { dateTime, room } = useSpoken();
  const lang = staff.settings.lang.value;
  const [t, desk] = [auditWordsOf(lang), deskWordsOf(lang)];
  const who = (code: string): string => {
    const { kind, id } = actorOf(code);
    if (kind === 'staff') return deskOf(staff).name(id);
    if (kind === 'person') return desk.person(String(id));
    return t.actors[code as keyof typeof t.actors] ?? code;
  };
  const codes: Readonly<Record<string, string>> = { ...desk.reasons, ...desk.decline, ...desk.category, ...desk.report, ...desk.help, ...desk.appeal, ...desk.keepWhys };
  return (
    <tr>
      <td>{entry.seq}</td>
      <td>{dateTime(entry.at)}</td>
      <td>{who(entry.actor)}</td>
      <td>{(t.actions as Readonly<Record<string, string>>)[entry.action] ?? entry.action}</td>
      <td>{entry.target ? who(entry.target) : ''}</td>
      <td>{entry.room ? room(entry.room) : ''}</td>
      <td>{entry.reason ? (codes[entry.reason] ?? entry.reason) : ''}</td>
      <td>{entry.case ?? ''}</td>
    </tr>
  );
}
