/** Passkeys: the browser's part of a ceremony. */
import { call } from '../net/api';
import type { PasskeyFinish, PasskeyStart } from '../protocol/types';
import { API } from './app';

/** The person put the browser's question away, or the device has no fitting key: nothing went wrong. */
export class NotUsed extends Error {}

/** Browsers from before 2024 cannot read the options; there the passphrase is the way. */
export function passkeysHere(): boolean {
  return typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';
}

/** `make`: a new key for `invitation/passkey` or `passkeys`. Otherwise an existing one is shown. */
export async function ceremony<T>(path: string, body: unknown, make: boolean): Promise<T> {
  const { flow, options } = await call<PasskeyStart>('POST', `${API}/${path}/start`, body);
  let credential: Credential | null;
  try {
    credential = make
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) });
  } catch (error) {
    throw error instanceof DOMException ? new NotUsed() : error;
  }
  if (!(credential instanceof PublicKeyCredential)) throw new NotUsed();
  const finish: PasskeyFinish = { flow, credential: credential.toJSON() };
  return call<T>('POST', `${API}/${path}/finish`, finish);
}
