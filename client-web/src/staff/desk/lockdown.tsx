/** Lockdown of a raid: one tap, its end in sight, one tap to end it. */
import type { Lockdown, LockDown, Me, Scope } from '../../protocol/types';
import { useStaff } from '../app';
import { useDeed } from './deed';
import { mayDecide, mayEverywhere } from './grades';
import { useDesk } from './words';

/** Raids tire of a closed door within a quarter of an hour. */
const MINUTES = 15;

function same(a: Scope, b: Scope): boolean {
  return a === 'site' || b === 'site' ? a === b : a.room === b.room;
}

export function LockdownBox({ me }: { me: Me }) {
  const { t, desk, where } = useDesk();
  const { place } = useStaff();
  const deed = useDeed();
  const all = desk.queue.value?.lockdowns ?? [];
  const rooms = (place.value?.rooms ?? []).filter(({ id }) => me.rooms.length === 0 || me.rooms.includes(id));
  const scopes: Scope[] = [...(mayEverywhere(me.role) && rooms.length !== 1 ? (['site'] as const) : []), ...rooms.map(({ id }) => ({ room: id }))];
  const free = scopes.filter((scope) => !all.some((one) => same(one.scope, scope)));
  const [first, ...others] = free;
  const begin = (scope: Scope): preact.JSX.Element => (
    <button
      key={where(scope)}
      type="button"
      class="btn line small"
      aria-disabled={deed.busy}
      onClick={() => void deed.run(async () => {
        await desk.send('lockdowns', { scope, minutes: MINUTES } satisfies LockDown);
        return t.lockdownBegun;
      })}
    >
      {t.lockdownBegin(where(scope), MINUTES)}
    </button>
  );
  return (
    <>
      {all.map((one) => <Locked key={one.id} one={one} />)}
      {mayDecide(me.role) && first && (
        <div class="lockdown">
          {begin(first)}
          <details class="fold">
            <summary>{others.length > 0 ? t.lockdownOthers : t.lockdownWhat}</summary>
            <p class="sub">{t.lockdownNote}</p>
            <div class="row">{others.map(begin)}</div>
          </details>
        </div>
      )}
    </>
  );
}

function Locked({ one }: { one: Lockdown }) {
  const { t, desk, where, span } = useDesk();
  const deed = useDeed();
  const place = where(one.scope);
  return (
    <div class="told locked">
      <p>{t.lockdownOn(place, span(one.until - desk.now.value))}</p>
      {one.may_lift && (
        <div class="row">
          <button
            type="button"
            class="btn line small"
            aria-label={`${t.lockdownLonger}：${place}`}
            aria-disabled={deed.busy}
            onClick={() => void deed.run(async () => {
              await desk.send('lockdowns', { scope: one.scope, minutes: MINUTES } satisfies LockDown);
              return t.lockdownBegun;
            })}
          >
            {t.lockdownLonger}
          </button>
          <button
            type="button"
            class="btn line small"
            aria-label={`${t.lockdownLift}：${place}`}
            aria-disabled={deed.busy}
            onClick={() => void deed.run(async () => {
              await desk.send(`lockdowns/${one.id}/lift`);
              return t.lockdownLifted;
            })}
          >
            {t.lockdownLift}
          </button>
        </div>
      )}
    </div>
  );
}
