//! Everything lasting goes through here. What the store has confirmed is on disk.

pub(crate) mod audit;
pub mod backup;
pub(crate) mod beside;
mod calendar;
pub mod evidence;
pub(crate) mod forgotten;
pub mod lock;
pub mod members;
pub mod moderation;
pub mod outbox;
pub(crate) mod retention;
mod sqlite;
pub(crate) mod staff;
pub mod statistics;
pub mod suggestions;
mod writer;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ibasho_protocol::ids::{Nonce, PersonId, SeatIndex};
use ibasho_protocol::person::{Look, Point, Way, Wish};
use ibasho_protocol::role::Role;

use crate::secret::TokenHash;

use moderation::Batch;

pub(crate) use calendar::{BookingRow, NewBooking, PlanRow};
pub(crate) use sqlite::FILE;
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
    /// What they are.
    pub role: Role,
    /// What ties them to something outside of the room, as JSON; absent for nothing.
    pub ties: Option<String>,
}

/// Where somebody is: the part of a seat that changes whenever they walk.
#[derive(Debug, Clone, Copy)]
pub struct KeptPlace {
    /// Who.
    pub person: PersonId,
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
    /// Keep where somebody is, of a seat that is kept; one that is not stays unkept.
    Place(KeptPlace),
    /// Forget the seat of this person.
    Forget(PersonId),
    /// Keep what is on in this room, as JSON; absent: nothing is.
    Host {
        /// The room.
        room: String,
        /// The state.
        state: Option<Arc<str>>,
    },
    /// Everything that belongs to one decision of moderation.
    Moderate(Box<Batch>),
}

/// The interface of a store. Asynchronous, so that it may stand on another machine.
pub trait Store: Send + Sync {
    /// Writes changes, in order. The future resolves when they are on disk; dropping it does not undo them.
    fn write(&self, changes: Vec<Change>) -> Pending<()>;

    /// Writes all that belongs to one decision of moderation, together or not at all. The future resolves when it is on
    /// disk; dropping it does not undo it.
    fn moderation(&self, batch: Batch) -> Pending<()> {
        self.write(vec![Change::Moderate(Box::new(batch))])
    }

    /// The seats of a room.
    fn seats(&self, room: &str) -> Pending<Vec<KeptSeat>>;

    /// What was on in a room.
    fn hosted(&self, room: &str) -> Pending<Option<String>>;

    /// Whether the store answers.
    fn ping(&self) -> Pending<()>;

    /// Writes what is still open, and closes.
    fn close(&self) -> Pending<()>;
}
