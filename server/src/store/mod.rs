//! Everything lasting goes through here. What the store has confirmed is on disk.

mod sqlite;
mod writer;

use std::future::Future;
use std::pin::Pin;

use ibasho_protocol::ids::{Nonce, PersonId, SeatIndex};
use ibasho_protocol::person::{Look, Point, Way, Wish};

use crate::secret::TokenHash;

pub use sqlite::Sqlite;

/// A future of the store.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;

/// The store did not do what was asked. Nothing was kept.
#[derive(Debug, Clone, thiserror::Error)]
#[error("store: {0}")]
pub struct StoreError(pub(crate) String);

/// What is kept of a person while they have a seat in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSeat {
    /// Who.
    pub person: PersonId,
    /// In which room.
    pub room: String,
    /// What is kept of their resume token.
    pub token: TokenHash,
    /// The token before, while its successor is not confirmed.
    pub previous: Option<TokenHash>,
    /// Nickname.
    pub nick: String,
    /// Looks.
    pub look: Look,
    /// Way of taking part.
    pub way: Way,
    /// The note on their avatar.
    pub wish: Option<Wish>,
    /// Where they are or walk to.
    pub at: Point,
    /// The seat they have.
    pub seat: Option<SeatIndex>,
    /// The highest nonce that was answered.
    pub nonce: Nonce,
}

/// A change of what is kept.
#[derive(Debug, Clone)]
pub enum Change {
    /// Keep this seat, new or changed.
    Keep(Box<KeptSeat>),
    /// Forget the seat of this person.
    Forget(PersonId),
}

/// The interface of a store. Asynchronous, so that it may stand on another machine.
pub trait Store: Send + Sync {
    /// Writes changes, in order. The future resolves when they are on disk; dropping it does not undo them.
    fn write(&self, changes: Vec<Change>) -> Pending<()>;

    /// The seats of a room.
    fn seats(&self, room: &str) -> Pending<Vec<KeptSeat>>;

    /// Whether the store answers.
    fn ping(&self) -> Pending<()>;

    /// Writes what is still open, and closes.
    fn close(&self) -> Pending<()>;
}
