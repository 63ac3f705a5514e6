/** One's passkeys: adding one of this device, putting one away. The last way to sign in stays. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { Me, Passkey } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { NotUsed, ceremony, passkeysHere } from './passkey';
import { Sure, Trouble, Wait } from './pieces';
import { useLoaded, useTask } from './task';

export function Passkeys({ me }: { me: Me }) {
  const staff = useStaff();
  const { s, date } = useSpoken();
  const passkeys = useLoaded<Passkey[]>(`${API}/passkeys`);
  const hint = useSignal('');
  const task = useTask();

  async function changed(): Promise<void> {
    staff.signedIn(await call<Me>('GET', `${API}/me`));
    await passkeys.reload();
  }
  async function add(): Promise<void> {
    hint.value = '';
    await task.run(async () => {
      try {
        await ceremony('passkeys', undefined, true);
        await changed();
        hint.value = s.me.passkeyAdded;
      } catch (error) {
        if (!(error instanceof NotUsed)) throw error;
        hint.value = s.signIn.passkeyNot;
      }
    });
  }
  async function remove(id: string): Promise<void> {
    hint.value = '';
    await task.run(async () => {
      await call('DELETE', `${API}/passkeys/${encodeURIComponent(id)}`);
      await changed();
    });
  }

  return (
    <div class="form">
      <p>{s.me.passkeys(me.ways.passkeys)}</p>
      <Wait of={passkeys}>
        {(list) =>
          list.length > 0 && (
            <ul class="cards">
              {list.map(({ id, made }) => (
                <li key={id} class="slip">
                  <p>{s.me.passkeyMade(date(made))}</p>
                  <Sure label={s.people.removeYes} name={`${s.people.removeYes}：${s.me.passkeyMade(date(made))}`} sure={s.me.passkeySure} yes={s.people.removeYes} onYes={() => void remove(id)} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
      {passkeysHere() ? (
        <button type="button" class="btn line small" aria-disabled={task.busy.value} onClick={() => void add()}>{s.me.addPasskey}</button>
      ) : (
        <p class="sub">{s.me.passkeysNot}</p>
      )}
      {hint.value ? <p class="kind" role="status">{hint.value}</p> : task.trouble.value === 'in_use' ? <p class="kind" role="status">{s.me.lastWay}</p> : <Trouble of={task} />}
    </div>
  );
}
