/** The door of the staff. Wrong attempts slow down; nobody is locked out for good. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Refused, call } from '../net/api';
import type { Me, OidcGo, OidcStart, Offered, RefusalCode, SignIn } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { NotUsed, ceremony, passkeysHere } from './passkey';
import { Field, Heading, Trouble } from './pieces';
import { useTask } from './task';

/** Leaves this page for the municipality's; the way back ends here again. */
export async function toMunicipality(body: OidcStart): Promise<void> {
  location.assign((await call<OidcGo>('POST', `${API}/oidc/start`, body)).url);
}

export function SignInView({ refusal }: { refusal: RefusalCode | null }) {
  const staff = useStaff();
  const { s, trouble } = useSpoken();
  const words = s.signIn;
  const offered = useSignal<Offered | null>(null);
  const name = useSignal('');
  const passphrase = useSignal('');
  const code = useSignal('');
  const needsCode = useSignal(false);
  const hint = useSignal('');
  const task = useTask();
  const elsewhere = useTask();

  useEffect(() => void call<Offered>('GET', `${API}/ways`).then((ways) => (offered.value = ways)).catch(() => undefined), []);

  async function enter(how: () => Promise<Me>): Promise<void> {
    hint.value = '';
    await task.run(async () => {
      try {
        staff.signedIn(await how());
      } catch (error) {
        if (error instanceof NotUsed) {
          hint.value = words.passkeyNot;
          return;
        }
        const after = error instanceof Refused ? error.refusal?.after : undefined;
        if (after) hint.value = words.slow(Math.ceil(after / 1000));
        if (error instanceof Refused && error.code === 'signin_code') needsCode.value = true;
        throw error;
      }
    });
  }

  function withPassphrase(): Promise<Me> {
    const body: SignIn = { name: name.value.trim(), passphrase: passphrase.value, ...(code.value.trim() ? { code: code.value.trim() } : {}) };
    return call<Me>('POST', `${API}/sign-in/passphrase`, body);
  }

  const { oidc, passkeys } = offered.value ?? { passkeys: false };
  return (
    <>
      <Heading>{words.title}</Heading>
      <p class="sub">{words.lead}</p>
      {refusal && !task.trouble.value && <p class="kind" role="status">{trouble(refusal)}</p>}
      {staff.farewell.value && <p class="told" role="status">{words[staff.farewell.value]}</p>}
      {passkeys && passkeysHere() && (
        <div class="way-in">
          <button type="button" class="btn main wide" aria-disabled={task.busy.value} onClick={() => void enter(() => ceremony<Me>('sign-in/passkey', {}, false))}>
            {words.passkey}
          </button>
          <p class="sub">{words.passkeyNote}</p>
          <p class="or"><span>{words.or}</span></p>
        </div>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter(withPassphrase);
        }}
      >
        <Field label={words.name} value={name.value} autocomplete="username" onValue={(value) => (name.value = value)} />
        <Field label={words.passphrase} type="password" autocomplete="current-password" value={passphrase.value} onValue={(value) => (passphrase.value = value)} />
        {needsCode.value && <Field label={words.code} note={words.codeNote} numeric autocomplete="one-time-code" value={code.value} onValue={(value) => (code.value = value)} />}
        {hint.value ? <p class="kind" role="status">{hint.value}</p> : <Trouble of={task} />}
        <button type="submit" class={passkeys && passkeysHere() ? 'btn line wide' : 'btn main wide'} aria-disabled={task.busy.value}>
          {task.busy.value ? words.entering : words.enter}
        </button>
      </form>
      {oidc && (
        <div class="way-in">
          <p class="or"><span>{words.or}</span></p>
          <button type="button" class="btn line wide" aria-disabled={elsewhere.busy.value} onClick={() => void elsewhere.run(() => toMunicipality({}))}>
            {words.oidc(oidc)}
          </button>
          <Trouble of={elsewhere} />
        </div>
      )}
    </>
  );
}
