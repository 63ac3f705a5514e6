//! Who somebody is at the door, and what somebody who may not come in can do.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use hmac::{Hmac, KeyInit as _, Mac as _};
use ibasho_moderation::desk::subject::Subject;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::desk::{DEVICE_CHARS, Door, InForce};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use sha2::Sha256;

use super::effects::lockdown;
use super::news::Lockdown;
use super::{Office, OfficeError};
use crate::dice::Dice;
use crate::secret::{Token, TokenHash};
use crate::store::{Sqlite, StoreError, members};

/// The name of the secret in the store.
const SECRET: &str = "devices";
/// How long a pass for an appeal is good, in milliseconds: time to find words, and to ask somebody.
const PASS_MS: Millis = 60 * 60_000;
/// Most passes at a time: a raid of a thousand who are all sent away. Past it the oldest is void.
const PASSES: usize = 1024;

/// Passes for one appeal. In memory only: who knocks again gets another.
#[derive(Default)]
pub(super) struct Passes(HashMap<TokenHash, (Millis, Subject)>);

/// The key of device hashes: made once, and kept.
pub(super) async fn key(store: &Sqlite, dice: &Dice) -> Result<[u8; 32], StoreError> {
    members::secret(store, SECRET, dice.bytes()).await
}

/// Whether it is 16 bytes in base64url, as far as one can see.
fn is_device(text: &str) -> bool {
    text.len() == DEVICE_CHARS && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

impl Office {
    /// What is kept of a device: a hash under a key that never leaves this place. `None` for what no page of ours sends.
    pub(crate) fn device(&self, device: Option<&str>) -> Option<[u8; 32]> {
        let device = device.filter(|device| is_device(device))?;
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(device.as_bytes());
        Some(mac.finalize().into_bytes().into())
    }

    /// Everything that is in force for somebody, and what they have not heard yet.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn about(&self, subject: &Subject) -> Result<(Vec<InForce>, Vec<(u64, Notice)>), OfficeError> {
        let kept = self.desk().await?;
        let untold = kept.desk.untold(subject).map(|untold| (untold.id, untold.notice.clone())).collect();
        Ok((kept.desk.in_force(subject, self.around.clock.now()), untold))
    }

    /// What a room that opens has to know of those who sit in it, and of lockdowns.
    ///
    /// # Errors
    /// The store does not answer.
    pub(crate) async fn opening(
        &self,
        room: &str,
        people: &[Subject],
    ) -> Result<(Vec<(Subject, Vec<InForce>)>, Lockdown), OfficeError> {
        let (kept, now) = (self.desk().await?, self.around.clock.now());
        let people = people.iter().map(|subject| (*subject, kept.desk.in_force(subject, now)));
        let people = people.filter(|(_, in_force)| !in_force.is_empty()).collect();
        Ok((people, lockdown(&kept.desk, room, now)))
    }

    /// They have heard it.
    pub(crate) async fn told(self: &Arc<Self>, untold: u64) -> Result<(), OfficeError> {
        self.act(move |desk, _, _| Ok(desk.told(untold))).await.map(drop)
    }

    /// Why somebody may not come into a room, with a pass to appeal; `None` if they may.
    pub(crate) fn turns_away(&self, subject: &Subject, in_force: &[InForce], room: &str) -> Option<Refusal> {
        let now = self.around.clock.now();
        let holds = |kind| {
            in_force
                .iter()
                .any(|have| have.kind == kind && have.scope.covers(room) && have.until.is_none_or(|until| now < until))
        };
        let code = match () {
            () if holds(Kind::Ban) => RefusalCode::Banned,
            () if holds(Kind::Remove) => RefusalCode::Removed,
            () => return None,
        };
        let in_force = in_force.iter().filter(|have| have.scope.covers(room)).cloned().collect();
        let door = Door { in_force, appeal: self.pass(*subject, now) };
        Some(Refusal { door: Some(Box::new(door)), ..Refusal::new(code) })
    }

    fn pass(&self, subject: Subject, now: Millis) -> String {
        let token = Token::draw(&self.around.dice);
        let mut passes = self.passes.lock().unwrap_or_else(PoisonError::into_inner);
        passes.0.retain(|_, (until, _)| *until > now);
        if passes.0.len() >= PASSES
            && let Some(oldest) = passes.0.iter().min_by_key(|(_, (until, _))| *until).map(|(hash, _)| *hash)
        {
            passes.0.remove(&oldest);
        }
        passes.0.insert(token.hash(), (now + PASS_MS, subject));
        token.reveal()
    }

    /// Whose pass it is, without spending it.
    pub(super) fn holder(&self, pass: String) -> Option<(TokenHash, Subject)> {
        let hash = Token::received(pass).hash();
        let now = self.around.clock.now();
        let passes = self.passes.lock().unwrap_or_else(PoisonError::into_inner);
        passes.0.get(&hash).filter(|(until, _)| *until > now).map(|(_, subject)| (hash, *subject))
    }

    /// The pass was used.
    pub(super) fn spent(&self, pass: TokenHash) {
        self.passes.lock().unwrap_or_else(PoisonError::into_inner).0.remove(&pass);
    }
}
