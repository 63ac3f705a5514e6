//! People who come back as the same person: no account and no address, only a phrase of five easy words, shown once.
//!
//! What is kept of them is a hash of the phrase, the month in which they were last seen, and whether they ever came to a
//! session. Whoever is not seen for two years is forgotten.

pub(crate) mod hash;
mod phrase;
mod rates;

use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::Surroundings;
use crate::dice::Dice;
use crate::hosting::pass::MemberId;
use crate::store::{Sqlite, StoreError, members as kept};
use hash::{Hasher, PHRASE};
use rates::Rates;

/// Most members. Nobody comes near; it bounds what somebody can fill the store with who asks for phrases day and night.
const MOST: u32 = 200_000;
/// The name of the secret in the store.
const SECRET: &str = "return phrases";

/// What members need while the server runs.
pub struct Members {
    hasher: Hasher,
    rates: Rates,
}

impl Members {
    /// Finds the secret of this installation, or makes it.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn open(store: &Sqlite, dice: &Dice) -> Result<Self, StoreError> {
        let secret = kept::secret(store, SECRET, dice.bytes()).await?;
        Ok(Self { hasher: Hasher::new(secret, PHRASE), rates: Rates::default() })
    }

    /// How fast phrases may be tried.
    pub(crate) fn rates(&self) -> &Rates {
        &self.rates
    }
}

/// Makes a return phrase for a newcomer, or another one for a member: then the one before is void. The phrase is on disk
/// when this returns, and nobody can ever read it from there: it must be shown now. It must never be logged.
///
/// # Errors
/// `too_fast`, `busy`, `list_full`.
pub async fn keep(around: &Surroundings, existing: Option<MemberId>) -> Result<(MemberId, String), Refusal> {
    let (members, now) = (&around.members, around.clock.now());
    members.rates.keep(now)?;
    if existing.is_none() && kept::count(&around.store).await.map_err(|error| silent(&error))? >= MOST {
        return Err(RefusalCode::ListFull.into());
    }
    let id = existing.unwrap_or_else(|| fresh(&around.dice));
    // Two people with one phrase: not in a million years. Drawing again is simpler than to show that.
    loop {
        let words = phrase::draw(&around.dice);
        let core = phrase::core(&words).ok_or(RefusalCode::Busy)?;
        let hash = members.hasher.hash(core).await?;
        if kept::keep(&around.store, id, &hash, &around.day(now).month()).await.map_err(|error| silent(&error))? {
            return Ok((id, words));
        }
    }
}

/// Whose phrase this is, however it was typed. They are seen this month.
///
/// # Errors
/// `busy`.
pub async fn find(around: &Surroundings, typed: &str) -> Result<Option<MemberId>, RefusalCode> {
    let Some(core) = phrase::core(typed) else { return Ok(None) };
    let hash = around.members.hasher.hash(core).await?;
    kept::find(&around.store, &hash, &around.day(around.clock.now()).month()).await.map_err(|error| silent(&error))
}

/// Forgets a member. Returns when nothing of them is on disk.
///
/// # Errors
/// The store does not answer.
pub async fn forget(around: &Surroundings, member: MemberId) -> Result<(), StoreError> {
    kept::forget(&around.store, member).await
}

/// A member came to a session.
///
/// # Errors
/// The store does not answer.
pub async fn attended(around: &Surroundings, member: MemberId, session: &str) -> Result<(), StoreError> {
    kept::attended(&around.store, member, session).await
}

/// Whether a member came to a session at least once.
///
/// # Errors
/// The store does not answer.
pub async fn known(around: &Surroundings, member: MemberId) -> Result<bool, StoreError> {
    kept::known(&around.store, member).await
}

/// Whether this session is the first that a member came to; also if they left it and come again.
///
/// # Errors
/// The store does not answer.
pub async fn first(around: &Surroundings, member: MemberId, session: &str) -> Result<bool, StoreError> {
    kept::first(&around.store, member, session).await
}

fn fresh(dice: &Dice) -> MemberId {
    // 53 bits, as all our ids.
    MemberId((dice.number() >> 11).cast_signed())
}

fn silent(error: &StoreError) -> RefusalCode {
    tracing::error!(%error, "the store did not answer about members");
    RefusalCode::Busy
}
