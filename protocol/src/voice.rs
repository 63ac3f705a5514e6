//! Voice: what is said about it on the line. The sound itself goes over WebRTC, between each client and the server.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::desk::codes::{DeclineReason, Reason};
use crate::desk::kind::Kind;
use crate::ids::{PersonId, Seq};

/// How many voices a client hears at a time: the `recvonly` audio sections of its offer. Of more people who speak,
/// the six most relevant are heard; nobody follows more than that.
pub const SLOTS: usize = 6;

/// Longest session description (RFC 8866) a client may send, in bytes. One section that sends and six that receive
/// take 5 to 9 KiB, depending on the browser.
pub const SDP_BYTES: usize = 12 * 1024;

/// Most people somebody can block in one stay.
pub const MOST_BLOCKED: usize = 100;

/// Where a client may find the server's media when it cannot be reached directly: the members of an `RTCIceServer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct IceServer {
    /// `turn:` and `turns:` addresses.
    pub urls: Vec<String>,
    /// A user name that ends by itself.
    pub username: String,
    /// Its credential.
    pub credential: String,
}

/// Whose voice a slot carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Slot {
    /// The `a=mid` (RFC 5888) of the section in one's own offer.
    pub mid: String,
    /// Whose voice it is.
    pub who: PersonId,
}

/// What staff do for the safety of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Let somebody's voice rest (`on`), or allow it again. Allowing never turns a microphone on.
    Mute {
        /// Whose.
        who: PersonId,
        /// Silent, or allowed again.
        on: bool,
    },
    /// Decide something about somebody. They are told, with the reason, the end and the way to appeal.
    Sanction {
        /// About whom.
        who: PersonId,
        /// What.
        kind: Kind,
        /// How long, in minutes; see [`Kind::lasts`]. Not looked at if `permanent`.
        minutes: u32,
        /// Everywhere, not in this room only.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        site: bool,
        /// Why.
        reason: Reason,
        /// A note among the staff, at most 400 characters.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        note: String,
        /// A ban without an end. It is proposed; a second person has to agree.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        permanent: bool,
    },
    /// Take a message away from everybody who heard it. Its writer is told, with the reason.
    Delete {
        /// The message: the `id` of its `said`.
        id: Seq,
        /// Why.
        reason: DeclineReason,
    },
    /// Newcomers wait in the lobby, all write slowly, and what newcomers write is looked at first.
    LockDown {
        /// How long, in minutes: 1 to 120. One that is on ends so long from now.
        minutes: u32,
        /// Everywhere, not in this room only.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        site: bool,
    },
    /// End a lockdown before its time.
    Lift {
        /// Which.
        lockdown: u64,
    },
}

/// Ask to hear one's own voice, before meeting anybody: `POST /api/v1/practice`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Practice {
    /// An offer with one section that sends and one that receives, without candidates.
    pub sdp: String,
}

/// The server sends back what it gets, and nobody else hears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Practising {
    /// The answer.
    pub sdp: String,
    /// It ends by itself after so many seconds.
    pub seconds: u16,
}

/// `GET /api/v1/voice`: whether there is voice here, and how to reach it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Voice {
    /// Whether there is voice on this server.
    pub on: bool,
    /// For networks that let nothing else through. Empty if the operator has none. The credentials are good for hours,
    /// not for ever.
    pub ice_servers: Vec<IceServer>,
}
