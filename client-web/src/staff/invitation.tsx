/** Accepting an invitation: a name, and how one will sign in from now on. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../net/api';
import type { AcceptWithPasskey, AcceptWithPassphrase, Invitation, InvitationToken, Me, Offered } from '../protocol/types';
import { Choices } from '../ui/choices';
import { API, useSpoken, useStaff } from './app';
import { NotUsed, ceremony, passkeysHere } from './passkey';
import { Field, Heading, Trouble } from './pieces';
import { toMunicipality } from './sign-in';
import { useTask } from './task';

export function InvitationView({ token, onDone }: { token: string; onDone: () => void }) {
  const staff = useStaff();
  const { s, dateTime } = useSpoken();
  const words = s.invitation;
  const invitation = useSignal<Invitation | null>(null);
  const passkeys = useSignal(false);
  const oidc = useSignal<string | null>(null);
  const way = useSignal<'passkey' | 'passphrase' | 'oidc'>('passphrase');
  const name = useSignal('');
  const passphrase = useSignal('');
  const hint = useSignal('');
  const looking = useTask();
  const task = useTask();

  async function look(): Promise<void> {
    const body: InvitationToken = { token };
    await looking.run(async () => {
      const [shown, offered] = await Promise.all([call<Invitation>('POST', `${API}/invitation/show`, body), call<Offered>('GET', `${API}/ways`)]);
      passkeys.value = offered.passkeys && passkeysHere();
      oidc.value = offered.oidc ?? null;
      if (passkeys.value) way.value = 'passkey';
      invitation.value = shown;
    });
  }
  useEffect(() => void look(), []);

  async function accept(): Promise<void> {
    hint.value = '';
    await task.run(async () => {
      const own = { token, name: name.value.trim() };
      if (way.value === 'oidc') return toMunicipality({ invitation: own });
      try {
        const me =
          way.value === 'passkey'
            ? await ceremony<Me>('invitation/passkey', own satisfies AcceptWithPasskey, true)
            : await call<Me>('POST', `${API}/invitation/passphrase`, { ...own, passphrase: passphrase.value } satisfies AcceptWithPassphrase);
        staff.signedIn(me);
        onDone();
      } catch (error) {
        if (!(error instanceof NotUsed)) throw error;
        hint.value = s.signIn.passkeyNot;
      }
    });
  }

  const shown = invitation.value;
  if (!shown) {
    const gone = looking.trouble.value && !['offline', 'busy', 'too_fast'].includes(looking.trouble.value);
    return (
      <>
        <Heading>{words.title}</Heading>
        {gone ? <p role="status">{words.void}</p> : looking.trouble.value ? <Trouble of={looking} /> : <p class="sub" role="status">{s.loading}</p>}
        {gone && <button type="button" class="btn line" onClick={onDone}>{words.toSignIn}</button>}
        {!gone && looking.trouble.value && <button type="button" class="btn line" onClick={() => void look()}>{s.tryAgain}</button>}
      </>
    );
  }
  return (
    <>
      <Heading>{words.title}</Heading>
      <p>{words.lead(s.roles[shown.role])}</p>
      <p class="sub">{s.until(dateTime(shown.until))}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void accept();
        }}
      >
        <Field label={words.name} note={words.nameNote} value={name.value} autocomplete="username" onValue={(value) => (name.value = value)} />
        {(passkeys.value || oidc.value) && (
          <Choices
            legend={words.way}
            look="rooms"
            value={way.value}
            onPick={(picked) => (way.value = picked)}
            options={[
              ...(passkeys.value ? [{ value: 'passkey' as const, label: <><b>{words.passkey}</b><small>{s.signIn.passkeyNote}</small></> }] : []),
              { value: 'passphrase' as const, label: <><b>{words.passphrase}</b><small>{s.signIn.passphraseNote}</small></> },
              ...(oidc.value ? [{ value: 'oidc' as const, label: <b>{s.signIn.oidc(oidc.value)}</b> }] : []),
            ]}
          />
        )}
        {way.value === 'passphrase' && (
          <Field
            label={words.passphrase}
            note={passkeys.value || oidc.value ? undefined : s.signIn.passphraseNote}
            type="password"
            autocomplete="new-password"
            value={passphrase.value}
            onValue={(value) => (passphrase.value = value)}
          />
        )}
        {hint.value ? <p class="kind" role="status">{hint.value}</p> : <Trouble of={task} />}
        <button type="submit" class="btn main wide" aria-disabled={task.busy.value}>{task.busy.value ? s.signIn.entering : words.accept}</button>
      </form>
    </>
  );
}
