/** Whether this browser may ring and blink. */
import { useStaff } from '../app';
import { Tick } from '../../ui/tick';
import { tryBell, want, wantsOf } from './ring';
import { useDesk } from './words';

export function BellBox() {
  const { t } = useDesk();
  const staff = useStaff();
  const wants = wantsOf(staff).value;
  return (
    <details class="fold">
      <summary>{t.bell}</summary>
      <div class="form">
        <p class="sub">{t.bellNote}</p>
        <Tick label={t.sound} on={wants.sound} onTick={(sound) => want(staff, { sound })} />
        <Tick label={t.blink} on={wants.blink} onTick={(blink) => want(staff, { blink })} />
        <button type="button" class="btn line small" onClick={tryBell}>{t.soundTry}</button>
      </div>
    </details>
  );
}
