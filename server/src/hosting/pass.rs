//! What the door knows of a newcomer, besides what they say about themselves.

use ibasho_protocol::role::Role;
use serde::{Deserialize, Serialize};

/// The id of a person who comes back with a return phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MemberId(pub i64);

/// What was found out about a newcomer before they reach their room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, not a state of one thing")]
pub struct DoorPass {
    /// They are signed in as staff.
    pub staff: Option<StaffPass>,
    /// They come back as the same person.
    pub member: Option<MemberId>,
    /// They were at a session before, as the same person.
    pub attended: bool,
    /// They hold a booked seat for the session that is on: its number.
    pub booking: Option<i64>,
    /// They hold a good invitation or referral code for the session that is on.
    pub invited: bool,
    /// They were met before or referred.
    pub known: bool,
    /// They said that what the session asks for is true.
    pub declared: bool,
    /// They come as an observer.
    pub observes: bool,
    /// A keyed hash of what their page keeps.
    pub device: Option<[u8; 32]>,
}

/// A member of staff at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPass {
    /// The account.
    pub account: String,
    /// The login: when it ends, so does the role.
    pub login: String,
    /// What they are in this room.
    pub role: Role,
    /// Whether the badge shows.
    pub badge: bool,
}
