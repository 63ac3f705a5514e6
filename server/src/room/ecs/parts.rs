//! Components and resources of a room's world.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::hook::Hooks;
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::{Millis, Nonce, PersonId, SeatIndex, Seq, ZoneIndex};
use ibasho_protocol::limits::REMEMBERED_ANSWERS;
use ibasho_protocol::person::{Look, Person, Point, Walk, Way, Wish};
use ibasho_protocol::plan::RoomPlan;
use ibasho_protocol::server::{Event, Line};
use ibasho_protocol::session::{Desk, Lobby, Mine};
use serde::{Deserialize, Deserializer, Serialize};

use super::safety::known_by;
use crate::dice::Dice;
use crate::hosting::pass::DoorPass;
use crate::line::LineId;
use crate::rate::{self, Bucket};
use crate::room::floor::{self, Floor};
use crate::secret::{Token, TokenHash};

/// Who this is.
#[derive(Component, Clone, Copy)]
pub struct Who(pub PersonId);

/// What others see of a person, apart from the place.
#[derive(Component)]
pub struct Profile {
    pub nick: String,
    /// The nickname as it looks ([`ibasho_moderation::nickname::nickname_skeleton`]).
    pub skeleton: String,
    pub look: Look,
    pub wish: Option<Wish>,
    pub away: bool,
}

/// What a person may do.
#[derive(Component)]
pub struct Part {
    pub role: Role,
    pub way: Way,
}

/// What ties a person to something outside of the room, and what the staff gave them inside. Kept with their seat.
#[derive(Component, Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ties {
    /// What the door knows.
    pub pass: DoorPass,
    /// Staff show what they are.
    pub badge: bool,
    /// The role was lent by the staff of this session.
    pub lent: bool,
    /// Who came before whom: the order of rounds and of the lobby. Grows with each arrival, also across a restart.
    pub arrival: u64,
    /// The staff let their voice rest.
    pub muted: bool,
    /// Whom they neither hear nor read, and who neither hears nor reads them, also when these leave and come back. At
    /// most [`ibasho_protocol::voice::MOST_BLOCKED`].
    #[serde(deserialize_with = "blocked")]
    pub blocked: Vec<Subject>,
    /// They are in a place of their own, and were this before.
    pub aside: Option<Role>,
}

/// Also as seats were kept before: by the number of a stay alone.
fn blocked<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Subject>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Known(Subject),
        Number(PersonId),
    }
    let all = Vec::<Kept>::deserialize(from)?;
    let known = all.into_iter().map(|kept| match kept {
        Kept::Known(subject) => subject,
        Kept::Number(who) => Subject::of(who.0),
    });
    Ok(known.collect())
}

/// Whether one of two has blocked the other.
pub fn apart(a: (PersonId, &Ties), b: (PersonId, &Ties)) -> bool {
    a.1.blocks(a.0, b) || b.1.blocks(b.0, a)
}

impl Ties {
    /// Whether these are the ties of somebody (`own`) who has blocked the other. Two may share a machine: nobody has
    /// blocked themselves.
    pub fn blocks(&self, own: PersonId, (who, ties): (PersonId, &Self)) -> bool {
        !self.blocked.is_empty() && own != who && {
            let other = known_by(who, ties);
            self.blocked.iter().any(|blocked| blocked.is(&other))
        }
    }
}

/// What a person was last told about the session, so that only news is told.
#[derive(Component, Default)]
pub struct LastTold {
    pub mine: Mine,
    pub desk: Option<Desk>,
    pub lobby: Option<Lobby>,
}

/// The badge that others see: staff choose, observers always show it.
pub fn badge(part: &Part, ties: &Ties) -> Option<Role> {
    (part.role == Role::Observer || (ties.badge && part.role.is_staff())).then_some(part.role)
}

/// Where a person is or walks to, and which zone that is at the moment.
#[derive(Component)]
pub struct Whereabouts {
    pub walk: Walk,
    /// The zone now: the hall on the way, unless the walk stays in its zone.
    pub zone: ZoneIndex,
    /// The walk is not over yet.
    pub walking: bool,
}

/// The line of a person.
#[derive(Component)]
pub enum Presence {
    /// Admitted next, as soon as it is on disk; a newcomer is not seen by others until then.
    Entering { on: LineId, token: Token, line: Line, seen: Seq, newcomer: bool, then_lost: Option<Millis> },
    /// Connected.
    Here { on: LineId },
    /// The line is lost; the seat is kept until then.
    Lost { until: Millis },
}

impl Presence {
    /// The line, if it holds and its owner was let in.
    pub fn line(&self) -> Option<LineId> {
        if let Self::Here { on } = self { Some(*on) } else { None }
    }

    /// Whether this person enters on this line.
    pub fn enters(&self, line: LineId) -> bool {
        matches!(self, Self::Entering { on, .. } if *on == line)
    }

    /// Whether this person is or enters on this line.
    pub fn is_on(&self, line: LineId) -> bool {
        matches!(self, Self::Entering { on, .. } | Self::Here { on } if *on == line)
    }
}

/// The resume tokens of a person.
#[derive(Component)]
pub struct Tokens {
    pub current: TokenHash,
    /// The one before, until its owner has confirmed the current one.
    pub previous: Option<TokenHash>,
}

/// The answers a person was given, so that a command that comes again is not done again.
#[derive(Component, Default)]
pub struct Answers {
    pub highest: Nonce,
    given: VecDeque<(Nonce, Given)>,
}

/// An answer. Nearly all say that something is done, and need a tenth of the memory of an event.
enum Given {
    Done(Option<Seq>),
    Other(Box<Event>),
}

impl Answers {
    /// Those of a person who comes back after a restart: what was answered then is over.
    pub fn up_to(highest: Nonce) -> Self {
        Self { highest, given: VecDeque::new() }
    }

    pub fn given(&self, n: Nonce) -> Option<Event> {
        // Nonces only grow: nearly always this one is new.
        if self.given.back().is_none_or(|(newest, _)| *newest < n) {
            return None;
        }
        let (_, given) = self.given.iter().find(|(given, _)| *given == n)?;
        Some(match given {
            Given::Done(id) => Event::Done { n, id: *id },
            Given::Other(event) => Event::clone(event),
        })
    }

    pub fn remember(&mut self, n: Nonce, event: Event) {
        if self.given.len() == REMEMBERED_ANSWERS {
            self.given.pop_front();
        }
        let given = match event {
            Event::Done { id, .. } => Given::Done(id),
            event => Given::Other(Box::new(event)),
        };
        self.given.push_back((n, given));
    }
}

/// How fast a person may do things. Kept here and not at the connection, so that a reconnect changes nothing.
#[derive(Component)]
pub struct Pace {
    pub walk: Bucket,
    pub say: Bucket,
    pub react: Bucket,
    pub take_back: Bucket,
    pub settings: Bucket,
    pub take: Bucket,
    pub host: Bucket,
    pub offer: Bucket,
    pub mic: Bucket,
    pub plea: Bucket,
}

impl Pace {
    pub fn new(now: Millis) -> Self {
        let bucket = |rate| Bucket::new(rate, now);
        Self {
            walk: bucket(rate::WALK),
            say: bucket(rate::SAY),
            react: bucket(rate::REACT),
            take_back: bucket(rate::TAKE_BACK),
            settings: bucket(rate::SETTINGS),
            take: bucket(rate::TAKE),
            host: bucket(rate::HOST),
            offer: bucket(rate::OFFER),
            mic: bucket(rate::MIC),
            plea: bucket(rate::PLEA),
        }
    }
}

/// The person was admitted: others see them.
#[derive(Component)]
pub struct Seen;

/// The room that this is.
#[derive(Resource)]
pub struct Place {
    pub plan: Arc<RoomPlan>,
    pub floor: Floor,
}

/// The rules of the place.
#[derive(Resource)]
pub struct Rules(pub Arc<Hooks>);

/// Randomness.
#[derive(Resource)]
pub struct Chance(pub Dice);

/// Who is which entity.
#[derive(Resource, Default)]
pub struct Book(pub HashMap<PersonId, Entity>);

/// The number of the last arrival.
#[derive(Resource, Default)]
pub struct Arrivals(u64);

impl Arrivals {
    /// The next number: microseconds since the epoch, or one more than the last, so that it grows across a restart.
    pub fn next(&mut self, now: Millis) -> u64 {
        self.0 = (self.0 + 1).max(now * 1000);
        self.0
    }
}

impl Whereabouts {
    /// Standing or sitting there.
    pub fn settled(at: Point, zone: ZoneIndex, seat: Option<SeatIndex>, now: Millis) -> Self {
        let walk = Walk { path: vec![at], at: now, until: now, zone, seat, stays: false };
        Self { walk, zone, walking: false }
    }

    /// Where exactly.
    pub fn point(&self, now: Millis) -> Point {
        let walk = &self.walk;
        floor::along(&walk.path, now.saturating_sub(walk.at), walk.until - walk.at)
    }

    /// Where the walk ends.
    pub fn goal(&self) -> Point {
        self.walk.path[self.walk.path.len() - 1]
    }
}

/// A person as others see them.
pub fn person(who: Who, profile: &Profile, place: &Whereabouts, badge: Option<Role>) -> Person {
    Person {
        who: who.0,
        nick: profile.nick.clone(),
        look: profile.look,
        wish: profile.wish,
        away: profile.away,
        badge,
        walk: place.walk.clone(),
    }
}
