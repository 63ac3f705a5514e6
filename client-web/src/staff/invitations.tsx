/** Inviting somebody: a link that works once, shown once. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { Invite, Invited, Me, OpenInvitation, Role } from '../protocol/types';
import { CopyField } from '../ui/copy';
import { API, useSpoken } from './app';
import { Field, Sure, Trouble, Wait } from './pieces';
import { ReachFields, STAFF_ROLES, reachOf, wire } from './reach';
import { useLoaded, useTask } from './task';

const MOST_DAYS = 14;

export function Invitations({ me }: { me: Me }) {
  const { s, dateTime } = useSpoken();
  const open = useLoaded<OpenInvitation[]>(`${API}/invitations`);
  const made = useSignal<Invited | null>(null);
  // A facilitator finds helpers for the own rooms; who leads is the owner's choice.
  const roles: readonly Role[] = me.role === 'owner' ? STAFF_ROLES : ['peer_staff'];
  const reach = useSignal(reachOf(me.role === 'owner' ? 'facilitator' : 'peer_staff', me.rooms));
  const none = useSignal(false);
  const days = useSignal('7');
  const task = useTask();

  async function invite(): Promise<void> {
    made.value = null;
    const to = wire(reach.value);
    none.value = to === null;
    if (!to) return;
    const count = Math.min(MOST_DAYS, Math.max(1, Math.round(Number(days.value)) || 1));
    days.value = String(count);
    const body: Invite = { ...to, days: count };
    await task.run(async () => {
      made.value = await call<Invited>('POST', `${API}/invitations`, body);
    });
    await open.reload();
  }
  async function withdraw(id: string): Promise<void> {
    await task.run(() => call('DELETE', `${API}/invitations/${encodeURIComponent(id)}`));
    await open.reload();
  }

  return (
    <section class="part">
      <h2>{s.people.invite}</h2>
      <p class="sub">{s.people.inviteNote}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        <ReachFields value={reach.value} roles={roles} within={me.rooms} onValue={(next) => (reach.value = next)} />
        <Field label={s.people.days} type="number" min={1} max={MOST_DAYS} value={days.value} onValue={(value) => (days.value = value)} />
        {none.value ? <p class="kind" role="status">{s.people.chooseRoom}</p> : <Trouble of={task} />}
        <button type="submit" class="btn line" aria-disabled={task.busy.value}>{s.people.makeLink}</button>
      </form>
      {made.value && (
        <div class="told">
          <CopyField label={s.people.link} value={made.value.link} words={s} />
          <p class="sub">{s.people.linkNote(dateTime(made.value.until))}</p>
        </div>
      )}
      <Wait of={open}>
        {(list) =>
          list.length > 0 && (
            <>
              <h3>{s.people.open}</h3>
              <ul class="cards">
                {list.map((one) => (
                  <li key={one.id} class="slip">
                    <div>
                      <p>{s.roles[one.role]}</p>
                      <p class="sub">{s.until(dateTime(one.until))}</p>
                    </div>
                    <Sure label={s.people.withdraw} sure={s.sure} yes={s.people.withdraw} onYes={() => void withdraw(one.id)} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Wait>
    </section>
  );
}
