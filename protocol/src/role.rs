//! What somebody is in a room. What each role may do is the matter of the `moderation` crate.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// What somebody is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Waits in the lobby.
    Lobby,
    /// Takes part.
    Participant,
    /// Takes part and helps others to: once a participant.
    PeerStaff,
    /// Leads a gathering in one room.
    Facilitator,
    /// Keeps the peace of the whole site.
    Moderator,
    /// Listens in a consultation room.
    Consultant,
    /// Answers for the site.
    Owner,
    /// Checks what staff did.
    Auditor,
    /// A shared place that takes part through one screen.
    Venue,
    /// Looks on.
    Observer,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Lobby,
        Self::Participant,
        Self::PeerStaff,
        Self::Facilitator,
        Self::Moderator,
        Self::Consultant,
        Self::Owner,
        Self::Auditor,
        Self::Venue,
        Self::Observer,
    ];

    /// Whether somebody in this role is there to help the others.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::PeerStaff | Self::Facilitator | Self::Moderator | Self::Consultant | Self::Owner)
    }
}
