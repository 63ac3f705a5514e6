//! What staff decide, as it travels: codes, sanctions, notices, and what somebody who was sent away may do.
//!
//! These are the words of the `moderation` crate too: it keeps its records with them.

pub mod codes;
pub mod kind;
pub mod notice;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::Millis;
use codes::Reason;
use kind::Kind;

/// Longest text of a report, in grapheme clusters: what happened, in a few sentences. The moment itself is kept with it.
pub const REPORT_GRAPHEMES: usize = 200;
/// Longest text of an appeal, in grapheme clusters: as long as a message.
pub const APPEAL_GRAPHEMES: usize = 500;
/// Longest note of staff to a sanction, in characters: a few sentences.
pub const NOTE_CHARS: usize = 400;
/// Length of the device id in `hello`: 16 random bytes in base64url without padding.
pub const DEVICE_CHARS: usize = 22;

/// How far something reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The room with this id.
    Room(String),
    /// Every room.
    Site,
}

impl Scope {
    /// Whether it reaches into the room.
    pub fn covers(&self, room: &str) -> bool {
        self.room().is_none_or(|own| own == room)
    }

    /// The one room it is about; `None` is every room.
    pub fn room(&self) -> Option<&str> {
        match self {
            Self::Room(room) => Some(room),
            Self::Site => None,
        }
    }
}

/// A sanction in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct InForce {
    /// Which.
    pub sanction: u64,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// Until when, in milliseconds since the Unix epoch; `None` for a ban without an end.
    pub until: Option<u64>,
    /// Whether one can appeal against it: once, and not against what an appeal decided.
    pub appealable: bool,
}

/// A message of one's own that waits until staff have looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waits {
    /// The hold; `retract` names it.
    pub hold: u64,
    /// What one wrote.
    pub text: String,
    /// When.
    pub at: Millis,
}

/// A lockdown in force, as staff see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Locked {
    /// Which; `lift` names it.
    pub lockdown: u64,
    /// Of every room, not of this one only.
    pub site: bool,
    /// When it ends by itself.
    pub until: Millis,
}

/// What somebody who may not come in can know and do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Door {
    /// What is in force: why, and until when.
    pub in_force: Vec<InForce>,
    /// A pass for one appeal over HTTP, good for an hour. Never in an address.
    pub appeal: String,
}
