//! A gathering: the state of a session while it runs. Pure: what time it is, who is here and what chance decides is
//! passed in; what shall happen to people comes out as [`Effect`]s, which the room applies before it asks again.
//!
//! It is stored as one row after each change, so that a restart goes on where it was; every part has a default, so
//! that a row of an older version can be read.

use ibasho_moderation::roles::Role;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use ibasho_protocol::person::{Look, Way};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Can, Desk, Lobby, Mine, Programme, Standing};
use serde::{Deserialize, Serialize};

use super::pass::DoorPass;
use super::planned::Planned;

/// Somebody in the room or in its lobby.
#[derive(Debug, Clone, PartialEq)]
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
    /// What they look like.
    pub look: Look,
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
    /// A note goes into the suggestion box. Whose it is was forgotten here.
    Boxed {
        /// The note.
        text: String,
    },
    /// Somebody asks for a return phrase.
    KeepPhrase {
        /// Who.
        who: PersonId,
    },
    /// Somebody gives up their return phrase.
    ForgetPhrase {
        /// Who.
        who: PersonId,
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

/// A session while it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gathering {
    planned: Planned,
}

impl Gathering {
    /// A session begins: its doors open, or the server was started in the middle of it.
    pub fn begin(planned: Planned, now: Millis) -> Self {
        let _ = now;
        Self { planned }
    }

    /// The session was edited by staff, or the number of its bookings changed. What happened so far stays.
    pub fn replan(&mut self, planned: Planned) {
        self.planned = planned;
    }

    /// Takes part.
    ///
    /// # Errors
    /// The reason why not; then nothing has changed.
    pub fn take(&mut self, by: PersonId, take: &Take, room: &RoomNow<'_>) -> Result<Vec<Effect>, RefusalCode> {
        let _ = (by, take, room);
        Err(RefusalCode::NotNow)
    }

    /// Hosts.
    ///
    /// # Errors
    /// The reason why not; then nothing has changed.
    pub fn act(&mut self, by: PersonId, act: &Act, room: &RoomNow<'_>) -> Result<Vec<Effect>, RefusalCode> {
        let _ = (by, act, room);
        Err(RefusalCode::NotNow)
    }

    /// Whether and how a newcomer comes in. The room takes them in and tells [`Gathering::came`] before it asks for
    /// the next.
    ///
    /// # Errors
    /// The reason why not.
    pub fn door(&self, pass: &DoorPass, room: &RoomNow<'_>) -> Result<Entry, RefusalCode> {
        let _ = (pass, room);
        Err(RefusalCode::NotYet)
    }

    /// A newcomer came through the door, into the room or into the lobby. That people leave is seen by
    /// [`Gathering::look`].
    pub fn came(&mut self, who: PersonId, pass: &DoorPass, entry: Entry) {
        let _ = (who, pass, entry);
    }

    /// Looks round: to be called after each tick in which somebody came, left, lost or found their line, changed
    /// role, way or zone, and when [`Gathering::due`] has come.
    pub fn look(&mut self, room: &RoomNow<'_>) -> Vec<Effect> {
        let _ = room;
        Vec::new()
    }

    /// When something happens by itself: then [`Gathering::look`] is needed.
    pub fn due(&self) -> Option<Millis> {
        None
    }

    /// Whether the session makes something possible now for somebody in this role. Whether the role and the chosen way
    /// include it is another matter (`moderation`).
    pub fn can(&self, can: Can, role: Role) -> bool {
        let _ = (can, role);
        true
    }

    /// The session's id.
    pub fn id(&self) -> &str {
        &self.planned.programme.id
    }

    /// What everybody inside sees of the plan.
    pub fn programme(&self) -> &Programme {
        &self.planned.programme
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing {
            phase: 0,
            since: 0,
            until: None,
            can: Vec::new(),
            theme: None,
            themes: ibasho_protocol::session::Themes::default(),
            round: None,
            hands: Vec::new(),
            card: None,
            groups: None,
            coming: Vec::new(),
            alone: None,
        }
    }

    /// What concerns one person alone, but for `known` and `badge`, which the room fills in.
    pub fn mine(&self, who: PersonId) -> Mine {
        let _ = who;
        Mine::default()
    }

    /// What the staff see.
    pub fn desk(&self, room: &RoomNow<'_>) -> Desk {
        let _ = room;
        Desk::default()
    }

    /// What somebody who waits sees.
    pub fn lobby(&self, who: PersonId) -> Lobby {
        let _ = who;
        Lobby::default()
    }

    /// What is to be counted of it up to now.
    pub fn count(&self, now: Millis) -> Tally {
        let _ = now;
        Tally::default()
    }
}
