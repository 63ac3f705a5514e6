//! A gathering: the state of a session while it runs. Pure: what time it is, who is here and what chance decides is
//! passed in; what shall happen to people comes out as [`Effect`]s, which the room applies before it asks again.
//!
//! It is stored as one row after each change, so that a restart goes on where it was; every part has a default, so
//! that a row of an older version can be read.

mod around;
mod commands;
mod course;
mod door;
mod groups;
mod propose;
mod round;
mod shown;
mod staff;
mod tally;
mod themes;

use ibasho_moderation::roles::{Action, Role, permits};
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Can, Card, Note};
use serde::{Deserialize, Serialize};

pub use self::around::{Effect, Entry, Present, RoomNow, Tally};
use self::course::Course;
use self::door::Foyer;
use self::groups::SmallGroups;
use self::round::Turns;
use self::staff::{Watch, left_alone};
use self::tally::Visits;
use self::themes::Topics;
use super::pass::DoorPass;
use super::planned::{OVERTIME_MS, Planned};

/// An announcement that is not pinned is taken away after this many milliseconds: long enough to read 500 characters
/// slowly, and whoever comes later is not told what is over.
pub const CARD_MS: Millis = 120_000;

/// A session while it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gathering {
    planned: Planned,
    #[serde(default)]
    course: Course,
    #[serde(default)]
    topics: Topics,
    #[serde(default)]
    round: Option<Turns>,
    #[serde(default)]
    hands: Vec<PersonId>,
    #[serde(default)]
    card: Option<Card>,
    #[serde(default)]
    groups: SmallGroups,
    #[serde(default)]
    foyer: Foyer,
    #[serde(default)]
    watch: Watch,
    #[serde(default)]
    notes: Vec<Note>,
    #[serde(default)]
    boxed: u16,
    #[serde(default)]
    visits: Visits,
    #[serde(default)]
    over: bool,
}

impl Gathering {
    /// A session begins: its doors open, or the server was started in the middle of it.
    pub fn begin(planned: Planned, now: Millis) -> Self {
        let mut topics = Topics::default();
        topics.theme.clone_from(&planned.theme);
        topics.take_in(&planned.themes);
        let course = Course::begin(&planned.programme, planned.doors, now);
        let mut gathering = Self {
            planned,
            course,
            topics,
            round: None,
            hands: Vec::new(),
            card: None,
            groups: SmallGroups::default(),
            foyer: Foyer::default(),
            watch: Watch::default(),
            notes: Vec::new(),
            boxed: 0,
            visits: Visits::default(),
            over: false,
        };
        gathering.topics.open = gathering.phase_can(Can::Suggest);
        gathering
    }

    /// The session was edited by staff, or the number of its bookings changed. What happened so far stays.
    pub fn replan(&mut self, planned: Planned) {
        self.course.replan(&self.planned.programme, &planned.programme);
        if planned.theme != self.planned.theme {
            self.topics.theme.clone_from(&planned.theme);
        }
        self.topics.take_in(&planned.themes);
        self.planned = planned;
    }

    /// Whether and how a newcomer comes in. The room takes them in and tells [`Gathering::came`] before it asks for
    /// the next.
    ///
    /// # Errors
    /// The reason why not.
    pub fn door(&self, pass: &DoorPass, room: &RoomNow<'_>) -> Result<Entry, RefusalCode> {
        if self.over {
            return Err(RefusalCode::Over);
        }
        self.foyer.door(&self.planned, pass, room)
    }

    /// A newcomer came through the door, into the room or into the lobby. That people leave is seen by
    /// [`Gathering::look`].
    pub fn came(&mut self, who: PersonId, pass: &DoorPass, entry: Entry) {
        self.foyer.came(who, pass, entry);
    }

    /// Whether there is a seat for somebody who was put aside and comes back in this role. If not they wait for one, as
    /// whoever comes late does.
    pub fn seats(&self, who: PersonId, role: Role, room: &RoomNow<'_>) -> bool {
        role.is_staff() || self.foyer.seats(&self.planned, who, room)
    }

    /// Looks round: to be called after each tick in which somebody came, left, lost or found their line, changed
    /// role, way or zone, and when [`Gathering::due`] has come. After a restart not before the kept seats are back.
    pub fn look(&mut self, room: &RoomNow<'_>) -> Vec<Effect> {
        let now = room.now;
        let here = |who: PersonId| room.people.iter().any(|person| person.who == who);
        self.visits.look(room.people, &self.foyer.guests, now);
        if self.over {
            return Vec::new();
        }
        if now >= self.planned.programme.ends + OVERTIME_MS {
            self.over = true;
            return vec![Effect::Over];
        }
        self.watch.look(self.planned.staff_needed, room.people, now);
        self.topics.keep(here);
        self.hands.retain(|who| here(*who));
        if let Some(round) = &mut self.round {
            round.follow(&in_rounds(room));
        }
        if self.card.as_ref().is_some_and(|card| now >= card_ends(card)) {
            self.card = None;
        }
        let mut effects = self.foyer.look(&self.planned, room);
        effects.extend(self.groups.look(room));
        effects
    }

    /// When something happens by itself: then [`Gathering::look`] is needed.
    pub fn due(&self) -> Option<Millis> {
        if self.over {
            return None;
        }
        let card = self.card.as_ref().map(card_ends);
        let overtime = Some(self.planned.programme.ends + OVERTIME_MS);
        let due = [overtime, self.watch.due(), self.foyer.due(), self.groups.due(), card];
        due.into_iter().flatten().min()
    }

    /// Whether the session makes something possible now for somebody in this role. Whether the role and the chosen way
    /// include it is another matter (`moderation`).
    pub fn can(&self, can: Can, role: Role) -> bool {
        // Without staff of the place only those are left to whom the role was lent: the quieter mode is for them too.
        if self.watch.quiet {
            return left_alone(self.planned.alone, can) && self.possible(can);
        }
        role.is_staff() || self.possible(can)
    }

    /// Whether somebody may speak with their voice now: the phase has it, and in a round in which only one speaks it is
    /// their turn, or theirs to lead or to assist.
    pub fn lets_speak(&self, who: PersonId, role: Role) -> bool {
        let guides = || permits(role, Action::Phases) || permits(role, Action::Assist);
        self.can(Can::Speak, role) && self.round.as_ref().is_none_or(|round| round.leaves_voice(who) || guides())
    }

    /// Whose turn it is in a round.
    pub fn turn(&self) -> Option<PersonId> {
        self.round.as_ref().and_then(Turns::turn)
    }

    /// What is to be counted of it up to now.
    pub fn count(&self, now: Millis) -> Tally {
        self.visits.count(now)
    }

    /// What the phase allows, and what the hosts opened besides.
    fn possible(&self, can: Can) -> bool {
        match can {
            Can::Suggest => self.topics.open,
            Can::Tables => self.phase_can(can) || self.groups.is_running(),
            _ => self.phase_can(can),
        }
    }

    fn phase_can(&self, can: Can) -> bool {
        self.course.phase(&self.planned.programme).is_some_and(|phase| phase.can.contains(&can))
    }
}

fn in_rounds(room: &RoomNow<'_>) -> Vec<PersonId> {
    room.people.iter().filter(|person| person.in_rounds()).map(|person| person.who).collect()
}

fn card_ends(card: &Card) -> Millis {
    if card.pinned { Millis::MAX } else { card.at + CARD_MS }
}

#[cfg(test)]
mod tests;
