/** Changing one's passphrase, or having one from now on. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { ChangePassphrase, Me } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { Field, Trouble } from './pieces';
import { useTask } from './task';

export function Passphrase({ me }: { me: Me }) {
  const staff = useStaff();
  const { s } = useSpoken();
  const open = useSignal(false);
  const done = useSignal(false);
  const current = useSignal('');
  const next = useSignal('');
  const task = useTask();
  const has = me.ways.passphrase;

  async function change(): Promise<void> {
    const body: ChangePassphrase = { ...(has ? { current: current.value } : {}), passphrase: next.value };
    const changed = await task.run(async () => {
      await call('PUT', `${API}/passphrase`, body);
      staff.signedIn(await call<Me>('GET', `${API}/me`));
    });
    if (!changed) return;
    [current.value, next.value, open.value, done.value] = ['', '', false, true];
  }

  return (
    <div>
      {has && <p>{s.me.passphrase}</p>}
      {!open.value && (
        <button type="button" class="btn line small" onClick={() => (open.value = true)}>{has ? s.me.changePassphrase : s.me.makePassphrase}</button>
      )}
      <p class="kind" role="status">{done.value ? s.me.passphraseChanged : ''}</p>
      {open.value && (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void change();
          }}
        >
          {has && <Field label={s.me.currentPassphrase} type="password" autocomplete="current-password" value={current.value} onValue={(value) => (current.value = value)} />}
          <Field label={s.me.newPassphrase} note={s.signIn.passphraseNote} type="password" autocomplete="new-password" value={next.value} onValue={(value) => (next.value = value)} />
          <Trouble of={task} />
          <div class="row">
            <button type="button" class="btn line small" onClick={() => (open.value = false)}>{s.stop}</button>
            <button type="submit" class="btn main small" aria-disabled={task.busy.value}>{s.save}</button>
          </div>
        </form>
      )}
    </div>
  );
}
