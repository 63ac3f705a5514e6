//! How somebody stands: what is in force for them, looked up at the door and on every command.

pub use ibasho_protocol::desk::InForce;
use serde::Serialize;

use super::Desk;
use super::codes::Reason;
use super::sanctions::{Kind, Sanction};
use super::subject::Subject;

/// What is in force, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Which sanction: the one that lasts longest.
    pub sanction: u64,
    /// Why.
    pub reason: Reason,
    /// Until when, in milliseconds since the Unix epoch; `None` for a ban without an end.
    pub until: Option<u64>,
}

/// How somebody stands in a room at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Everything they write is looked at first.
    pub restricted: Option<Term>,
    /// They pause.
    pub timeout: Option<Term>,
    /// They do not write.
    pub text_mute: Option<Term>,
    /// They do not speak.
    pub voice_mute: Option<Term>,
    /// They are in a place of their own.
    pub set_aside: Option<Term>,
    /// They are out of the room.
    pub removed: Option<Term>,
    /// They stay away.
    pub banned: Option<Term>,
}

impl Standing {
    /// Whether they may come in, and stay.
    pub const fn may_enter(&self) -> bool {
        self.removed.is_none() && self.banned.is_none()
    }

    /// Whether they may write.
    pub const fn may_write(&self) -> bool {
        self.may_react() && self.text_mute.is_none()
    }

    /// Whether they may speak.
    pub const fn may_speak(&self) -> bool {
        self.may_react() && self.voice_mute.is_none()
    }

    /// Whether they may react, and change how they appear.
    pub const fn may_react(&self) -> bool {
        self.may_enter() && self.timeout.is_none()
    }

    /// Whether everything they write is to be held.
    pub const fn is_held_first(&self) -> bool {
        self.restricted.is_some()
    }

    /// What of all this is in force in a room at a moment.
    pub fn of<'a>(in_force: impl IntoIterator<Item = &'a InForce>, room: &str, now: u64) -> Self {
        let mut standing = Self::default();
        let here = |have: &&InForce| have.scope.covers(room) && have.until.is_none_or(|until| now < until);
        for have in in_force.into_iter().filter(here) {
            standing.add(have.kind, Term { sanction: have.sanction, reason: have.reason, until: have.until });
        }
        standing
    }

    fn add(&mut self, kind: Kind, term: Term) {
        let place = match kind {
            Kind::Nudge => return,
            Kind::Restricted => &mut self.restricted,
            Kind::Timeout => &mut self.timeout,
            Kind::MuteText => &mut self.text_mute,
            Kind::MuteVoice => &mut self.voice_mute,
            Kind::SetAside => &mut self.set_aside,
            Kind::Remove => &mut self.removed,
            Kind::Ban => &mut self.banned,
        };
        let end = |until: Option<u64>| until.unwrap_or(u64::MAX);
        if place.is_none_or(|have| end(have.until) < end(term.until)) {
            *place = Some(term);
        }
    }
}

impl Desk {
    /// How somebody stands in a room. Whoever shares an id, a device or a membership with somebody is that one,
    /// whatever the tab, the token or the phrase they come back with; an address is never looked at.
    pub fn standing(&self, subject: &Subject, room: &str, now: u64) -> Standing {
        let mut standing = Standing::default();
        for sanction in self.sanctions_of(subject).filter(|have| have.is_in_force(now) && have.scope.covers(room)) {
            let term = Term { sanction: sanction.id, reason: sanction.reason, until: sanction.until };
            standing.add(sanction.kind, term);
        }
        standing
    }

    /// Everything that is in force for somebody, in every room, by id.
    pub fn in_force(&self, subject: &Subject, now: u64) -> Vec<InForce> {
        let in_force = self.sanctions_of(subject).filter(|have| have.is_in_force(now));
        in_force
            .map(|have| InForce {
                sanction: have.id,
                kind: have.kind,
                scope: have.scope.clone(),
                reason: have.reason,
                until: have.until,
                appealable: have.appeal.is_none(),
            })
            .collect()
    }

    /// Everything that is kept about somebody, by id: at the door they see what is in force, why, until when, and
    /// whether they can still appeal ([`Sanction::appeal`]).
    pub fn sanctions_of(&self, subject: &Subject) -> impl Iterator<Item = &Sanction> {
        let ids: std::collections::BTreeSet<u64> =
            subject.keys().filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        ids.into_iter().filter_map(|id| self.sanctions.get(&id))
    }
}
