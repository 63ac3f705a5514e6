//! Server → client. One WebSocket binary message holds one of these.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::desk::notice::Notice;
use crate::ids::{Millis, Nonce, PersonId, Seq, ZoneIndex};
use crate::person::{Look, Person, Reaction, Walk, Way, Wish};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::session::{Desk, Lobby, Mine, Programme, Standing};
use crate::voice::Slot;

/// A message from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum ServerMessage {
    /// One is in. Holds the whole room as it is, and what one missed.
    Welcome(Box<Welcome>),
    /// What happened in one tick of the room, in order.
    Frame {
        /// The number of the last numbered event up to here.
        seq: Seq,
        /// The server's time of the tick.
        at: Millis,
        /// What happened.
        ev: Vec<Event>,
    },
    /// A message could not be taken at all: it could not be read, came at the wrong time or too fast.
    Refused {
        /// The nonce of the message, if it had one that could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        n: Option<Nonce>,
        /// Why, and what to do.
        #[serde(flatten)]
        refusal: Refusal,
    },
    /// The answer to `beat`.
    Beat {
        /// The server's time.
        at: Millis,
    },
    /// The server is about to close this socket; the close code says the same.
    Bye {
        /// The close code that follows, see [`crate::close`].
        code: u16,
        /// If one may come back: wait a random time in this span of milliseconds, so that not all come at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        back_in: Option<(u32, u32)>,
    },
    /// A type this version does not know; ignored.
    #[serde(other)]
    #[ts(skip)]
    Unknown,
}

/// Everything a page needs to draw the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Welcome {
    /// The protocol version the server speaks.
    pub v: u16,
    /// Who one is.
    pub you: PersonId,
    /// The token to come back with: single use, valid while the seat is kept.
    pub token: String,
    /// How this entry relates to what one saw before.
    pub line: Line,
    /// The number of the last event contained in this picture.
    pub seq: Seq,
    /// The server's time.
    pub at: Millis,
    /// The nonce to go on with: one above the highest the server has seen from this person.
    pub next_n: Nonce,
    /// The way of taking part.
    pub way: Way,
    /// What one is here.
    pub role: Role,
    /// Present while one waits in the lobby: then the room stays unseen, and another `welcome` follows on admission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lobby: Option<Lobby>,
    /// The session that is on, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub programme: Option<Box<Programme>>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub standing: Option<Box<Standing>>,
    /// What concerns oneself alone.
    #[serde(default)]
    pub mine: Mine,
    /// For staff: their desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub desk: Option<Box<Desk>>,
    /// Whether there is voice on this server.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub voice: bool,
    /// Who is speaking, of those whose place one hears.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PersonId>>")]
    pub speaking: Vec<PersonId>,
    /// Who is in the room, oneself included.
    pub people: Vec<Person>,
    /// `said` and `taken_back` events one missed and could hear, in order.
    pub missed: Vec<Event>,
}

/// How an entry relates to what one saw before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The first time.
    Fresh,
    /// `missed` follows on what one saw without a gap.
    Resumed,
    /// Words may be missing between what one saw and `missed`.
    Resync,
}

/// Something that happened, or the answer to one's own command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Event {
    /// A person came in.
    Came(Person),
    /// A person is gone. Why is nobody's business.
    Left {
        /// Who.
        who: PersonId,
    },
    /// A person walks.
    Walks {
        /// Who.
        who: PersonId,
        /// Path and times.
        #[serde(flatten)]
        walk: Walk,
    },
    /// A person wrote, and one hears it.
    Said(Said),
    /// A person took their message back; only those who heard it are told.
    TakenBack {
        /// Which.
        id: Seq,
    },
    /// A person reacted.
    Reacts {
        /// Who.
        who: PersonId,
        /// How.
        kind: Reaction,
    },
    /// A person is away for a moment, or back.
    Away {
        /// Who.
        who: PersonId,
        /// Away or back.
        on: bool,
    },
    /// A person changed the note on their avatar.
    Wishes {
        /// Who.
        who: PersonId,
        /// The note, absent for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        wish: Option<Wish>,
    },
    /// A person changed nickname or looks.
    Appears {
        /// Who.
        who: PersonId,
        /// Their nickname.
        nick: String,
        /// What they look like.
        look: Look,
    },
    /// The session that is on from now; absent: none is any more.
    Programme {
        /// The programme.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        programme: Option<Box<Programme>>,
    },
    /// Where the session stands. Replaces what was told before.
    Standing(Box<Standing>),
    /// What concerns oneself alone. Replaces what was told before.
    Mine(Mine),
    /// For staff: their desk. Replaces what was told before.
    Desk(Box<Desk>),
    /// For those who wait: their lobby. Replaces what was told before.
    Lobby(Lobby),
    /// What one is from now on.
    Role {
        /// The role.
        role: Role,
    },
    /// A person shows what they are, or no longer does.
    Badge {
        /// Who.
        who: PersonId,
        /// The role they show; absent for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        role: Option<Role>,
    },
    /// The answer to `keep`: the return phrase, told this once.
    Phrase {
        /// The nonce of the command.
        n: Nonce,
        /// The words, with spaces between them.
        words: String,
    },
    /// The answer to `offer`.
    Answer {
        /// The nonce of the command.
        n: Nonce,
        /// The session description. It holds the server's addresses and nobody else's.
        sdp: String,
    },
    /// Whose voices one's receiving sections carry. Replaces what was told before; a slot that is not named is silent.
    Slots {
        /// The slots that carry somebody.
        slots: Vec<Slot>,
    },
    /// One's WebRTC connection has ended, and not by `hang_up`: offer a new one.
    HungUp {},
    /// Who is speaking, of those whose place one hears, oneself included. Replaces what was told before.
    Speaking {
        /// Who.
        who: Vec<PersonId>,
    },
    /// One's own command is done.
    Done {
        /// Its nonce.
        n: Nonce,
        /// For `say`: the message's id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        id: Option<Seq>,
    },
    /// One's own message waits until a member of staff has looked at it.
    Held {
        /// Its nonce.
        n: Nonce,
        /// The hold: what `retract` and notices name.
        hold: u64,
        /// There seems to be personal data in it: better take it back and write it again without.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        edit: bool,
    },
    /// Something that the staff decided, or did, and that concerns oneself.
    Notice(Notice),
    /// One's own command was refused.
    Refused {
        /// Its nonce.
        n: Nonce,
        /// Why, and what to do.
        #[serde(flatten)]
        refusal: Refusal,
    },
    /// A type this version does not know; ignored.
    #[serde(other)]
    #[ts(skip)]
    Unknown,
}

/// A message somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Said {
    /// The message: the number of this event.
    pub id: Seq,
    /// Who wrote it. They may have left since, hence nickname and looks below.
    pub who: PersonId,
    /// Their nickname when they wrote.
    pub nick: String,
    /// Their looks when they wrote.
    pub look: Look,
    /// Where it was said.
    pub zone: ZoneIndex,
    /// When, by the server's clock.
    pub at: Millis,
    /// The text. Links are text.
    pub text: String,
}
