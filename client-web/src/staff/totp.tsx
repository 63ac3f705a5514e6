/** The second step beside the passphrase: six digits of an authenticator app. */
import { useSignal } from '@preact/signals';
import { call } from '../net/api';
import type { Me, TotpCode, TotpStart } from '../protocol/types';
import { CopyField } from '../ui/copy';
import { API, useSpoken, useStaff } from './app';
import { Field, Trouble } from './pieces';
import { useTask } from './task';

export function Totp({ me }: { me: Me }) {
  const staff = useStaff();
  const { s } = useSpoken();
  const started = useSignal<TotpStart | null>(null);
  const stopping = useSignal(false);
  const code = useSignal('');
  const task = useTask();
  const on = me.ways.totp;

  async function send(what: 'finish' | 'off'): Promise<void> {
    const body: TotpCode = { code: code.value.replace(/\s/g, '') };
    await task.run(async () => {
      await call('POST', `${API}/totp/${what}`, body);
      [started.value, stopping.value, code.value] = [null, false, ''];
      staff.signedIn(await call<Me>('GET', `${API}/me`));
    });
  }

  const digits = (label: string, what: 'finish' | 'off') => (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(what);
      }}
    >
      <Field label={s.signIn.code} note={s.signIn.codeNote} numeric autocomplete="one-time-code" value={code.value} onValue={(value) => (code.value = value)} />
      <button type="submit" class="btn line" aria-disabled={task.busy.value}>{label}</button>
    </form>
  );

  return (
    <section class="part">
      <h2>{s.me.totp}</h2>
      <p class="sub">{on ? s.me.totpOn : s.me.totpOff}</p>
      {!on && !started.value && (
        <button
          type="button"
          class="btn line small"
          aria-disabled={task.busy.value}
          onClick={() =>
            void task.run(async () => {
              started.value = await call<TotpStart>('POST', `${API}/totp/start`);
            })
          }
        >
          {s.me.totpStart}
        </button>
      )}
      {!on && started.value && (
        <>
          <p>{s.me.totpScan}</p>
          <img class="qr" alt={s.me.totpQr} src={`data:image/svg+xml,${encodeURIComponent(started.value.svg)}`} />
          <CopyField label={s.me.totpSecret} value={started.value.secret} words={s} />
          {digits(s.me.totpFinish, 'finish')}
        </>
      )}
      {on && !stopping.value && <button type="button" class="btn line small" onClick={() => (stopping.value = true)}>{s.me.totpStop}</button>}
      {on && stopping.value && digits(s.me.totpStop, 'off')}
      <Trouble of={task} />
    </section>
  );
}
