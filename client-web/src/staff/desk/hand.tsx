/** Handing a case to a colleague: those who are there first. */
import { useEffect, useRef } from 'preact/hooks';
import type { CaseLine, Hand as HandBody } from '../../protocol/types';
import { useSpoken } from '../app';
import { useDeed } from './deed';
import { useDesk } from './words';

export function Hand({ line, onDone }: { line: CaseLine; onDone: () => void }) {
  const { t, desk } = useDesk();
  const { s } = useSpoken();
  const deed = useDeed();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector('button')?.focus(), []);
  const room = line.scope === 'site' ? null : line.scope.room;
  // Whether they may, the server says; who cannot be meant is not shown.
  const colleagues = (desk.queue.value?.staff ?? [])
    .filter(({ me, signed_in, rooms }) => !me && signed_in && (room === null || rooms.length === 0 || rooms.includes(room)))
    .sort((a, b) => Number(b.console) - Number(a.console));
  return (
    <div class="told" role="group" aria-label={t.handTo} ref={group}>
      <p>{colleagues.length > 0 ? t.handTo : t.nobody}</p>
      <div class="row">
        {colleagues.map(({ id, name, role, console: there }) => (
          <button
            key={id}
            type="button"
            class="btn line small"
            aria-disabled={deed.busy}
            onClick={() => void deed.run(async () => {
              await desk.send(`cases/${line.id}/hand`, { version: line.version, to: id } satisfies HandBody);
              onDone();
              return t.handed(name);
            })}
          >
            {name}<small>{s.roles[role]}{there && `・${t.there}`}</small>
          </button>
        ))}
        <button type="button" class="btn quiet small" onClick={onDone}>{s.stop}</button>
      </div>
    </div>
  );
}
