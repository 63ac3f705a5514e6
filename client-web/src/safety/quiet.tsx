/** A room that is kept quiet, for those who were there: nothing is wrong with them, and it ends by itself. */
import { Icon } from '../ui/drawn';
import { leftWords, useClock, useSafety } from './kit';

export function Quiet() {
  const { session, t } = useSafety();
  const locked = session.store.gathering.value.mine.locked ?? [];
  const until = Math.max(...locked.map((one) => one.until));
  const now = useClock([until]);
  return (
    <div class="in-force quieter">
      <Icon id="i-hush" />
      <span role="status">{t.quiet}<small>{t.quietNote}</small></span>
      <em>{leftWords(until, now, t)}</em>
    </div>
  );
}
