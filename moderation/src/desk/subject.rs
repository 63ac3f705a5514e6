//! Who is acted on, where, and who acts.

pub use ibasho_protocol::desk::Scope;
use serde::{Deserialize, Serialize};

use crate::roles::Role;

/// A person as this place knows them: without a name, without an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Their pseudonymous id in this place.
    pub person: u64,
    /// A keyed hash of what their browser keeps, if it keeps something.
    pub device: Option<[u8; 32]>,
    /// Their membership, if they asked to be known again.
    pub member: Option<u64>,
}

/// One of the things by which a person is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Person(u64),
    Device([u8; 32]),
    Member(u64),
}

impl Subject {
    /// In place of somebody who was forgotten: numbers of people begin with 1.
    pub const NOBODY: Self = Self::of(0);

    /// Somebody of whom only the id is known.
    pub const fn of(person: u64) -> Self {
        Self { person, device: None, member: None }
    }

    /// Whether the two are the same person as far as one can tell: one shared trait is enough, because whoever comes
    /// back changes what they can.
    pub fn is(&self, other: &Self) -> bool {
        self.is_surely(other) || (self.device.is_some() && self.device == other.device)
    }

    /// The same without the device, which may be the shared one of an office.
    pub fn is_surely(&self, other: &Self) -> bool {
        self.person == other.person || (self.member.is_some() && self.member == other.member)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        [Some(Key::Person(self.person)), self.device.map(Key::Device), self.member.map(Key::Member)]
            .into_iter()
            .flatten()
    }
}

/// A person and the role they had when something happened to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Who.
    pub subject: Subject,
    /// In which role.
    pub role: Role,
}

/// Somebody of the staff who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their pseudonymous id among the staff.
    pub id: u64,
    /// Their role.
    pub role: Role,
    /// The rooms in which they have this role; none for none. Moderators, owners and auditors have theirs everywhere.
    pub rooms: Vec<String>,
    /// Who they are themselves in the place, so that nobody handles what is about them.
    pub own: Option<Subject>,
}

impl Actor {
    /// Whether their role reaches into the room, or over the whole site (`None`).
    pub fn reaches(&self, room: Option<&str>) -> bool {
        match self.role {
            Role::Moderator | Role::Owner | Role::Auditor => true,
            _ => room.is_some_and(|room| self.rooms.iter().any(|own| own == room)),
        }
    }

    /// Whether something about this person is about them.
    pub(super) fn is_involved(&self, about: &Subject) -> bool {
        self.own.is_some_and(|own| own.is_surely(about))
    }
}
