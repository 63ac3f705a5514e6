/** Few staff look after the room, or nobody: people are told once, calmly, and what helps in the meantime. */
import { Icon } from '../ui/drawn';
import { useSafety } from './kit';

export function FewStaff() {
  const { session: { store }, t } = useSafety();
  if (!store.few.value) return null;
  return (
    <div class="in-force quieter few">
      <Icon id="i-lantern" />
      <span role="status">{t.few}<small>{t.fewNote}</small></span>
      <button type="button" class="btn quiet small" onClick={() => (store.fewRead.value = true)}>{t.fewRead}</button>
    </div>
  );
}
