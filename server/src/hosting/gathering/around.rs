//! What a gathering is told of its room, and what it answers.

use ibasho_moderation::roles::{Action, Role, permits};
use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use ibasho_protocol::person::{Look, Way};
use serde::{Deserialize, Serialize};

/// Somebody in the room or in its lobby.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, not a state of one thing")]
pub struct Present {
    /// Who.
    pub who: PersonId,
    /// Their nickname.
    pub nick: String,
    /// What they are; those who wait are [`Role::Lobby`].
    pub role: Role,
    /// The role was lent: otherwise they are a participant.
    pub lent: bool,
    /// Their way of taking part.
    pub way: Way,
    /// Where they are, or are walking to.
    pub zone: ZoneIndex,
    /// Their line holds; if not, their seat is kept for a while.
    pub connected: bool,
    /// They have a return phrase.
    pub known: bool,
    /// They were never at a session before, as far as anybody can tell.
    pub first: bool,
    /// The staff let their voice rest.
    pub muted: bool,
    /// They wait because of something that was decided: a lockdown, or to talk with staff. Only staff let them in, one by
    /// one, or what was decided comes to its end.
    pub aside: bool,
    /// What they look like.
    pub look: Look,
}

impl Present {
    /// They wait in the lobby.
    pub(super) fn waits(&self) -> bool {
        self.role == Role::Lobby
    }

    /// They wait for a seat, or for somebody who opens: whoever was put aside waits for something else.
    pub(super) fn waits_for_seat(&self) -> bool {
        self.waits() && !self.aside
    }

    /// They are staff of the place, and not by a loan.
    pub(super) fn is_staff(&self) -> bool {
        self.role.is_staff() && !self.lent
    }

    /// They came to take part; who was lent a role still did.
    pub(super) fn takes_part(&self) -> bool {
        self.role == Role::Participant || (self.role == Role::PeerStaff && self.lent)
    }

    /// They have one of the session's seats. Staff need none.
    pub(super) fn has_seat(&self) -> bool {
        !self.waits() && !self.is_staff()
    }

    /// They are in a round: participants and staff, not observers, while their line holds.
    pub(super) fn in_rounds(&self) -> bool {
        self.connected && permits(self.role, Action::TakePart)
    }
}

/// The room at this moment.
#[derive(Debug, Clone, Copy)]
pub struct RoomNow<'a> {
    /// Everybody inside and in the lobby, in the order they came.
    pub people: &'a [Present],
    /// The topic tables, with how many can sit there.
    pub tables: &'a [(ZoneIndex, u16)],
    /// The time.
    pub now: Millis,
    /// A random number.
    pub chance: u64,
}

/// What shall happen to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Somebody goes to a zone.
    Walk {
        /// Who.
        who: PersonId,
        /// Where to.
        zone: ZoneIndex,
    },
    /// Somebody comes in from the lobby.
    Admit {
        /// Who.
        who: PersonId,
        /// As what: participant or observer.
        role: Role,
    },
    /// Somebody in the lobby cannot come in this time. They were told the last word.
    TurnAway {
        /// Who.
        who: PersonId,
    },
    /// Somebody is lent the role of peer staff, or is a participant again.
    Lend {
        /// Who.
        who: PersonId,
        /// Lent or taken back.
        on: bool,
    },
    /// Somebody's badge shows, or no longer does.
    Badge {
        /// Who.
        who: PersonId,
        /// Show or hide.
        on: bool,
    },
    /// The session is over: the room closes. The tally can be counted now.
    Over,
}

/// How a newcomer comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// At once.
    In(Role),
    /// Through the lobby.
    Lobby {
        /// As an observer.
        observes: bool,
    },
}

/// What is counted of a session, in whole numbers; whoever shows it hides small groups. Staff and observers do not
/// count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// How many came.
    pub came: u32,
    /// Of these, how many at most watched: by the fullest way they chose, not by what they did.
    pub watched: u32,
    /// How many at most reacted.
    pub reacted: u32,
    /// How many could also write.
    pub wrote: u32,
    /// How many were here for the first time.
    pub first: u32,
    /// How many came again.
    pub again: u32,
    /// How long all were here together, in minutes.
    pub minutes: u32,
}
