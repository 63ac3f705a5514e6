//! What the rooms know of the engine that carries sound: this interface, and nothing else. Another engine can be put in
//! its place.

use std::sync::Arc;

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::{IceServer, Slot};

pub use crate::line::LineId;

/// The answer to an offer, when it is there.
pub type Answering = std::pin::Pin<Box<dyn Future<Output = Result<String, RefusalCode>> + Send>>;

/// Carries sound between people. Nothing it is told waits, and nothing it does can hold up a room.
pub trait Media: Send + Sync {
    /// A person offers a connection for one line; it replaces the one they had. The answer is `bad_offer`,
    /// `address_shown` or `busy` if it cannot be.
    fn offer(&self, call: Call) -> Answering;

    /// A person's connection on this line ends, if it has one: no packet of theirs goes anywhere from now on.
    fn hang_up(&self, who: PersonId, line: LineId);

    /// Who hears whom in a room, from the very next packet on. Replaces what was told before; a room that is gone says
    /// that nobody hears anybody.
    fn hearing(&self, room: &Arc<str>, hearing: Hearing);

    /// Somebody practises alone: an answer whose connection sends back what it gets, to nobody else.
    fn echo(&self, sdp: String) -> Answering;

    /// How to reach the engine from networks that let nothing else through. Makes credentials that end by themselves.
    fn ice_servers(&self) -> Vec<IceServer>;
}

/// An offer of a person.
pub struct Call {
    /// Who. People's ids are unique across rooms.
    pub who: PersonId,
    /// Their line: the connection lives no longer than it.
    pub line: LineId,
    /// Their offer, at most [`ibasho_protocol::voice::SDP_BYTES`].
    pub sdp: String,
    /// Where news of this connection go, and of no other. Never waits; where the room is slow the newest of each kind
    /// stand for those before.
    pub news: Arc<dyn Fn(News) + Send + Sync>,
}

/// What the engine tells a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Somebody whose voice goes out began to speak, or stopped (smoothed: a breath is no stop). Whoever stops being a
    /// talker has stopped speaking, with or without such news; if they speak when they are one again, that is news.
    Speaks {
        /// Who.
        who: PersonId,
        /// Began or stopped.
        on: bool,
    },
    /// Whose voices the slots of a listener carry now.
    Slots {
        /// The listener.
        who: PersonId,
        /// The line of their connection.
        line: LineId,
        /// All slots that carry somebody; replaces what was told before.
        slots: Vec<Slot>,
    },
    /// The connection of a person has ended by itself.
    HungUp {
        /// Whose.
        who: PersonId,
        /// The line it belonged to.
        line: LineId,
    },
}

/// Who hears whom in one room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hearing {
    /// Those whose voice goes out. What anybody else sends ends at the door.
    pub talkers: Vec<Talker>,
}

/// Somebody whose voice goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talker {
    /// Who.
    pub who: PersonId,
    /// When more speak than there are slots, they are heard before others: staff, and whose turn it is.
    pub first: bool,
    /// Who hears them. Never themselves.
    pub heard_by: Vec<PersonId>,
}
