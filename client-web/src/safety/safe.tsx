/** Above the field: what holds for oneself and what one is told; then, for all, that the room is kept quiet or that few look after it. */
import { Locked } from '../ui/later';
import { keepsSafe } from '../watch/may';
import { InForceLines } from './decided';
import { FewStaff } from './few';
import { useSafety } from './kit';
import { News } from './news';
import { Quiet } from './quiet';

export function Safe({ onWrite }: { onWrite?: () => void }) {
  const { session } = useSafety();
  const { role, mine: { locked = [] } } = session.store.gathering.value;
  return (
    <div class="safe">
      {locked.length > 0 && keepsSafe(role) && <Locked />}
      <InForceLines />
      <News onWrite={onWrite} />
      {locked.length > 0 && !keepsSafe(role) && <Quiet />}
      <FewStaff />
    </div>
  );
}
