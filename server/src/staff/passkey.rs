//! Passkeys (WebAuthn): discoverable, with user verification, so that one touch says who one is and that one is there.

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use serde::de::DeserializeOwned;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

use super::ceremony::Ceremonies;
use crate::dice::Dice;
use crate::http::answer::Refused;
use crate::secret::{Token, TokenHash};
use crate::store::StoreError;
use crate::store::staff::passkeys::KeptPasskey;

/// Passkeys for this place. Absent where browsers would refuse them: without TLS or without a host name.
pub(crate) struct Passkeys {
    webauthn: Webauthn,
    /// Host and port of the page.
    authority: String,
    /// The page is not on this machine, so that a proxy may stand between and change what `Host` says.
    public: bool,
    making: Ceremonies<Making>,
    using: Ceremonies<DiscoverableAuthentication>,
}

/// A passkey that is being made.
struct Making {
    state: PasskeyRegistration,
    whose: Whose,
}

/// Whose passkey is being made.
pub(crate) enum Whose {
    /// Somebody's who accepts an invitation.
    Newcomer {
        /// The account that will be.
        id: String,
        /// The name they chose.
        name: String,
        /// The invitation.
        invitation: TokenHash,
    },
    /// This account's.
    Account(String),
}

impl Passkeys {
    /// Passkeys for the page at `public_url`.
    pub(crate) fn new(public_url: &str, place: &str) -> Option<Self> {
        let url = Url::parse(public_url).ok()?;
        let domain = url.domain()?;
        let local = domain == "localhost";
        if url.scheme() != "https" && !local {
            return None;
        }
        let webauthn = WebauthnBuilder::new(domain, &url).ok()?.rp_name(place).build().ok()?;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let authority = format!("{domain}{port}");
        Some(Self { webauthn, authority, public: !local, making: Ceremonies::default(), using: Ceremonies::default() })
    }

    /// Whether they work for a page that was reached as `host`.
    pub(crate) fn work_at(&self, host: Option<&str>) -> bool {
        self.public || host.is_some_and(|host| host.eq_ignore_ascii_case(&self.authority))
    }

    /// Begins making a passkey. Returns the ceremony and what the browser needs.
    ///
    /// # Errors
    /// `busy` if too many are being made.
    pub(crate) fn make(
        &self,
        whose: Whose,
        name: &str,
        known: &[KeptPasskey],
        dice: &Dice,
        now: Millis,
    ) -> Result<(String, serde_json::Value), RefusalCode> {
        let (Whose::Newcomer { id, .. } | Whose::Account(id)) = &whose;
        let handle = Uuid::parse_str(id).map_err(|_| RefusalCode::Busy)?;
        let known = known.iter().map(|key| CredentialID::from(key.credential.clone())).collect();
        let begun = self.webauthn.start_passkey_registration(handle, name, name, Some(known));
        let (asked, state) = begun.map_err(|_| RefusalCode::Busy)?;
        let mut options = serde_json::to_value(asked.public_key).map_err(|_| RefusalCode::Busy)?;
        // Signing in asks for no name, so the key itself must know whose it is.
        options["authenticatorSelection"]["residentKey"] = "required".into();
        options["authenticatorSelection"]["requireResidentKey"] = true.into();
        Ok((self.making.begin(Making { state, whose }, dice, now)?, options))
    }

    /// Ends making a passkey.
    ///
    /// # Errors
    /// `over`, `bad_shape`, or `signin_failed` if it was not made here, now and by somebody who is there.
    pub(crate) fn made(
        &self,
        flow: String,
        credential: serde_json::Value,
        now: Millis,
    ) -> Result<(Whose, KeptPasskey), Refused> {
        let Making { state, whose } = self.making.take(Token::received(flow).hash(), now)?;
        let credential: RegisterPublicKeyCredential = read(credential)?;
        let passkey = self.webauthn.finish_passkey_registration(&credential, &state);
        let passkey = passkey.map_err(|_| RefusalCode::SigninFailed)?;
        Ok((whose, keep(&passkey, now)?))
    }

    /// Begins signing in.
    ///
    /// # Errors
    /// `busy` if too many are signing in.
    pub(crate) fn ask(&self, dice: &Dice, now: Millis) -> Result<(String, serde_json::Value), RefusalCode> {
        let (asked, state) = self.webauthn.start_discoverable_authentication().map_err(|_| RefusalCode::Busy)?;
        let options = serde_json::to_value(asked.public_key).map_err(|_| RefusalCode::Busy)?;
        Ok((self.using.begin(state, dice, now)?, options))
    }

    /// The second step of signing in: which account the key says it belongs to. To be checked by [`Answer::check`].
    ///
    /// # Errors
    /// `over`, `bad_shape`, or `signin_failed` if the key names no account.
    pub(crate) fn answer(&self, flow: String, credential: serde_json::Value, now: Millis) -> Result<Answer, Refused> {
        let state = self.using.take(Token::received(flow).hash(), now)?;
        let credential: PublicKeyCredential = read(credential)?;
        let named = self.webauthn.identify_discoverable_authentication(&credential);
        let account = named.map_err(|_| RefusalCode::SigninFailed)?.0.simple().to_string();
        Ok(Answer { account, state, credential })
    }
}

/// What a key said, before it is believed.
pub(crate) struct Answer {
    /// The account that the key names.
    pub(crate) account: String,
    state: DiscoverableAuthentication,
    credential: PublicKeyCredential,
}

impl Answer {
    /// Whether one of the account's keys signed it. Returns the key if its counter is to be kept.
    ///
    /// # Errors
    /// `signin_failed`.
    pub(crate) fn check(self, passkeys: &Passkeys, keys: &[KeptPasskey]) -> Result<Option<KeptPasskey>, Refused> {
        let signer = keys.iter().find(|key| key.credential == self.credential.raw_id);
        let signer = signer.ok_or(RefusalCode::SigninFailed)?;
        let broken = |_| StoreError("a passkey is broken".into());
        let mut key: Passkey = serde_json::from_str(&signer.passkey).map_err(broken)?;
        let known = DiscoverableKey::from(&key);
        let result = passkeys.webauthn.finish_discoverable_authentication_v2(&self.credential, self.state, known);
        // That somebody was there and was verified is part of what the library checks.
        let result = result.map_err(|_| RefusalCode::SigninFailed)?;
        Ok(match key.update_credential(&result) {
            Some(true) => Some(keep(&key, signer.made)?),
            _ => None,
        })
    }
}

fn read<T: DeserializeOwned>(credential: serde_json::Value) -> Result<T, RefusalCode> {
    serde_json::from_value(credential).map_err(|_| RefusalCode::BadShape)
}

fn keep(passkey: &Passkey, made: Millis) -> Result<KeptPasskey, StoreError> {
    let text = serde_json::to_string(passkey).map_err(|error| StoreError(error.to_string()))?;
    Ok(KeptPasskey { credential: passkey.cred_id().as_slice().to_owned(), passkey: text, made })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_browsers_have_them() {
        let works = |url: &str, host: &str| Passkeys::new(url, "place").is_some_and(|keys| keys.work_at(Some(host)));
        assert!(works("http://localhost:8080", "LOCALHOST:8080"));
        assert!(!works("http://localhost:8080", "127.0.0.1:8080"));
        assert!(!works("http://192.168.1.5:8080", "192.168.1.5:8080"));
        assert!(!works("https://192.168.1.5", "192.168.1.5"));
        assert!(!works("http://ibasho.example.jp", "ibasho.example.jp"));
        assert!(works("https://ibasho.example.jp", "ibasho.example.jp"));
        // Some proxies put their own name there.
        assert!(works("https://ibasho.example.jp:8443", "127.0.0.1:8080"));
    }
}
