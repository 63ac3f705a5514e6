/** The queue: what, where, how long it waits, who handles it. */
import type { CaseLine } from '../../protocol/types';
import { isUrgent } from './order';
import { useDesk } from './words';

export function QueueList() {
  const { t, desk } = useDesk();
  const cases = desk.cases.value;
  if (cases.length === 0) return <p>{t.none}</p>;
  return <ul class="queue">{cases.map((line) => <QueueLine key={line.id} line={line} />)}</ul>;
}

function QueueLine({ line }: { line: CaseLine }) {
  const { t, desk, where, span, handled, title } = useDesk();
  const now = desk.now.value;
  const open = desk.open.value === line.id;
  return (
    <li>
      <button
        type="button"
        id={`case-${line.id}`}
        class={['queue-line', isUrgent(line) && 'urgent', line.handled && 'handled'].filter(Boolean).join(' ')}
        aria-current={open ? 'true' : undefined}
        onFocus={() => (desk.cursor.value = line.id)}
        onClick={() => desk.look(line.id)}
      >
        <b>{title(line)}</b>
        <span>{where(line.scope)}</span>
        <span>{t.waits(span(now - line.at))}</span>
        {line.until !== undefined && line.matter.matter === 'hold' && <span>{line.until > now ? t.left(span(line.until - now)) : t.ended}</span>}
        <i>{line.may_handle ? handled(line) : t.notForMe}</i>
      </button>
    </li>
  );
}

export function focusLine(board: HTMLElement | null, id: number | null): void {
  // After the page has been drawn: the line may only just have come back into sight.
  requestAnimationFrame(() => {
    const target = id === null ? null : board?.querySelector<HTMLElement>(`#case-${id}`);
    (target ?? board?.querySelector<HTMLElement>('h1'))?.focus();
  });
}
