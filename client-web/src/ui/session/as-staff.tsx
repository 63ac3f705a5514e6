/** At the door, only where a staff login lives in this browser: others never ask the server about it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../net/api';
import type { Me } from '../../protocol/types';
import type { Bring } from '../../state/bring';
import { useApp } from '../app';
import { Tick } from '../tick';
import { useSession } from './kit';

export function AsStaff({ onChange }: { onChange: (some: Partial<Bring>) => void }) {
  const { s, session } = useSession();
  const { memory } = useApp();
  const me = useSignal<Me | null>(null);
  const bring = session.bring.value;
  useEffect(() => {
    call<Me>('GET', '/api/v1/staff/me').then(
      (found) => {
        me.value = found;
        // Whoever signed in came to work; they may change their mind.
        onChange({ staff: true });
      },
      (error: { code?: string }) => {
        onChange({ staff: false });
        if (error.code === 'signin') memory.keepStaff(false);
      },
    );
  }, []);
  if (!me.value) return null;
  return (
    <>
      <p class="sub">{s.staffAs(me.value.name)}</p>
      <Tick on={bring.staff} label={s.staff} onTick={(staff) => onChange({ staff })} />
      {bring.staff && <Tick on={bring.badge} label={s.staffBadge} note={s.staffBadgeNote} onTick={(badge) => onChange({ badge })} />}
    </>
  );
}
