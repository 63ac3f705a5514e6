//! Identifiers. All numbers stay below 2^53, so that a JavaScript number holds them exactly.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest identifier: 2^53 − 1, the largest integer a JavaScript number holds exactly.
pub const MAX_ID: u64 = (1 << 53) - 1;

/// A person for as long as they keep their seat. Random, so that it tells nothing about who came before whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct PersonId(pub u64);

/// The number of an event in its room. It only rises, also across a restart of the server (it starts at the
/// boot time in microseconds), and it skips what one could not hear.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The number of the event after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The number a client gives to a command, rising by one; the answer carries it back.
pub type Nonce = u32;

/// Milliseconds since the Unix epoch by the server's clock.
pub type Millis = u64;

/// The position of a zone in [`crate::plan::RoomPlan::zones`].
pub type ZoneIndex = u16;

/// The position of a seat in [`crate::plan::RoomPlan::seats`].
pub type SeatIndex = u16;
