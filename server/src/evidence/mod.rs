//! Evidence: what was said around a message that somebody reported, sealed under a key of its own ([`seal`]), kept for
//! so many days and then destroyed with its key. Every look is on record before it happens.
//!
//! Whoever decides about a case gets what is to be written ([`Evidence::seal`], [`hold`]) and adds it to the batch of
//! the decision: case, record and evidence are on disk together or not at all.

pub mod seal;

use ibasho_moderation::audit::Note;
use ibasho_protocol::ids::{Millis, PersonId};

use crate::audit::action;
use crate::dice::Dice;
use crate::store::evidence::{self as kept, EvidenceChange};
use crate::store::moderation::Batch;
use crate::store::{Sqlite, Store as _, StoreError};
use seal::{Closed, Key, Sealed};

/// A day, in milliseconds.
const DAY_MS: Millis = 24 * 60 * 60 * 1000;
/// Most bytes of a piece: a moment in a room has 64 KiB of words, and sixfold when each is written as an escape.
pub const MOST_BYTES: usize = 512 * 1024;

/// What is to be kept of what was said.
pub struct Evidence<'a> {
    /// The case it belongs to.
    pub case: u64,
    /// Whose words or deeds are in it: whoever asks to be forgotten is forgotten here too.
    pub people: &'a [PersonId],
    /// What was said, in a form that whoever opens it knows.
    pub content: Vec<u8>,
}

/// A sealed piece, for the store.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Random.
    pub(crate) id: u64,
    pub(crate) case: u64,
    pub(crate) people: Vec<PersonId>,
    pub(crate) sealed: Sealed,
    pub(crate) key: Key,
    pub(crate) keep_until: Millis,
}

/// Evidence was not sealed or not opened.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// It has more than [`MOST_BYTES`].
    #[error("the evidence is too long")]
    TooLong,
    /// See [`Closed`].
    #[error(transparent)]
    Closed(#[from] Closed),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Evidence<'_> {
    /// Seals it and adds it to a batch, with its entry in the audit. Returns the id of the piece.
    ///
    /// # Errors
    /// [`EvidenceError::TooLong`]; [`EvidenceError::Closed`] if the machine has no randomness.
    pub fn seal(
        self,
        batch: &mut Batch,
        dice: &Dice,
        actor: &str,
        now: Millis,
        days: u16,
    ) -> Result<u64, EvidenceError> {
        // 53 bits, as all our ids; a million pieces coincide with a chance of 1 in 18,000.
        let id = dice.number() >> 11;
        self.seal_as(id, batch, dice, actor, now, days).map(|()| id)
    }

    /// The same under an id that was drawn before: the case names it.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub fn seal_as(
        self,
        id: u64,
        batch: &mut Batch,
        dice: &Dice,
        actor: &str,
        now: Millis,
        days: u16,
    ) -> Result<(), EvidenceError> {
        if self.content.len() > MOST_BYTES {
            return Err(EvidenceError::TooLong);
        }
        let key = Key::draw(dice);
        let sealed = key.seal(self.case, id, self.content)?;
        let keep_until = now + Millis::from(days) * DAY_MS;
        let piece = Piece { id, case: self.case, people: self.people.to_vec(), sealed, key, keep_until };
        batch.evidence.push(EvidenceChange::Keep(Box::new(piece)));
        batch.audit.push(note(now, actor, action::SEAL, self.case, None));
        Ok(())
    }
}

/// Adds to a batch that the evidence of a case is kept for longer than its time, for a reason (`police`, `court`, …), or
/// no longer (`None`). Who and why are on record.
pub fn hold(batch: &mut Batch, case: u64, why: Option<&str>, actor: &str, now: Millis) {
    let action = if why.is_some() { action::HOLD } else { action::RELEASE };
    batch.evidence.push(EvidenceChange::Hold { case, why: why.map(str::to_owned) });
    batch.audit.push(note(now, actor, action, case, why));
}

/// Opens the evidence of a case, each piece with its id. The look is on disk before anything is opened, also if there is
/// nothing any more.
///
/// # Errors
/// [`EvidenceError::Store`], and then nothing was shown; [`EvidenceError::Closed`] if a piece is damaged.
pub async fn open(
    store: &Sqlite,
    case: u64,
    actor: &str,
    why: &str,
    now: Millis,
) -> Result<Vec<(u64, Vec<u8>)>, EvidenceError> {
    let audit = vec![note(now, actor, action::OPEN, case, Some(why))];
    store.moderation(Batch { audit, ..Batch::default() }).await?;
    let pieces = kept::of_case(store, case).await?;
    pieces.into_iter().map(|piece| Ok((piece.id, piece.key.open(case, piece.id, &piece.sealed)?))).collect()
}

/// An entry about the evidence of a case.
pub(crate) fn note(at: Millis, actor: &str, action: &str, case: u64, reason: Option<&str>) -> Note {
    let (case, reason) = (Some(case.to_string()), reason.map(str::to_owned));
    Note { case, reason, ..Note::new(at, actor, action) }
}
