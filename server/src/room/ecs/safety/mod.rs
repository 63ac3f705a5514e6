//! Keeping the room safe: how each person stands ([`conduct`]), words that wait ([`waiting`]), what happened a moment ago
//! ([`ring`]), what the office decided ([`news`]), what people ask the office for ([`deeds`]), and what else follows from what
//! rules find ([`heed`]).
//!
//! What is decided is decided by the office; in here stands what follows from it for the room.

pub mod conduct;
pub mod deeds;
pub mod heed;
pub mod news;
pub mod ring;
pub mod waiting;

use std::collections::{BTreeSet, VecDeque};

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::subject::{Actor, Subject, Target};
use ibasho_moderation::roles::Role;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::ids::{Millis, PersonId};

use super::hosting::with_gathering;
use super::parts::{Part, Ties};
use crate::desk::news::{Lockdown, OnDuty};
use crate::secret::TokenHash;
use crate::staff::pseudonym;

use ring::Ring;
use waiting::Waiting;

/// Most resume tokens of people who were sent away that are remembered: a raid of a hundred, and as many again. Who
/// comes with an older one is a newcomer, and stopped as such.
const MOST_AWAY: usize = 256;

/// Most lists of whom somebody has blocked that are remembered until they are back: a full room, several times over.
const MOST_LISTS: usize = 128;

/// What a room has to keep itself safe.
#[derive(Resource, Default)]
pub struct Safety {
    /// What of lockdowns is in force.
    pub lockdown: Lockdown,
    /// Who looks after the room from outside.
    pub on_duty: OnDuty,
    /// Hooks that need time are asked about words.
    pub asks: bool,
    /// Words that wait.
    pub waiting: Waiting,
    /// What happened a moment ago.
    pub ring: Ring,
    /// A rule slowed the room down until then.
    pub slow_until: Millis,
    /// Who was sent away, by the tokens they would come back with.
    away: VecDeque<(TokenHash, Subject, Vec<InForce>)>,
    /// Whom people have blocked who went. In memory only, and for those with a return phrase: a machine alone may be
    /// somebody else's by then.
    lists: VecDeque<(Subject, Vec<Subject>)>,
}

impl Safety {
    /// The least time between two messages of a person, in milliseconds, if the room is slow now.
    pub fn slow(&self, now: Millis) -> Option<Millis> {
        let by_rule = (now < self.slow_until).then_some(heed::SLOW_MS);
        self.lockdown.terms.map(|terms| terms.slow).max(by_rule)
    }

    /// Somebody is sent away: they do not come back with these tokens.
    pub fn send_away(&mut self, tokens: impl Iterator<Item = TokenHash>, subject: Subject, in_force: &[InForce]) {
        for token in tokens {
            if self.away.len() == MOST_AWAY {
                self.away.pop_front();
            }
            self.away.push_back((token, subject, in_force.to_vec()));
        }
    }

    /// Remembers whom somebody has blocked who goes.
    pub fn keep_list(&mut self, own: Subject, blocked: Vec<Subject>) {
        self.lists.retain(|(known, _)| !known.is_surely(&own));
        if self.lists.len() == MOST_LISTS {
            self.lists.pop_front();
        }
        self.lists.push_back((own, blocked));
    }

    /// Whom somebody had blocked when they went.
    pub fn list(&mut self, own: &Subject) -> Vec<Subject> {
        let known = self.lists.iter().position(|(known, _)| known.is_surely(own));
        known.and_then(|at| self.lists.remove(at)).map(|(_, blocked)| blocked).unwrap_or_default()
    }

    /// Who was sent away with this token.
    pub fn away(&self, token: &TokenHash) -> Option<(Subject, Vec<InForce>)> {
        let found = self.away.iter().find(|(known, ..)| known == token);
        found.map(|(_, subject, in_force)| (*subject, in_force.clone()))
    }
}

/// Who somebody is for the desk. Staff are known by their account, so that nobody handles what is about themselves.
pub fn subject(who: PersonId, ties: &Ties) -> Subject {
    let staff = ties.pass.staff.as_ref().map(|staff| pseudonym(&staff.account));
    let member = staff.or(ties.pass.member.map(|member| member.0.cast_unsigned()));
    Subject { person: who.0, device: ties.pass.device, member }
}

/// By what the office knows what is in force for somebody. Staff are not looked up by their device: a visitor who was
/// sent away may have sat at the same machine.
pub fn known_by(who: PersonId, ties: &Ties) -> Subject {
    let own = subject(who, ties);
    if ties.pass.staff.is_some() { Subject { device: None, ..own } } else { own }
}

/// Somebody on whom something is done.
pub fn target(who: PersonId, part: &Part, ties: &Ties) -> Target {
    Target { subject: subject(who, ties), role: ties.aside.unwrap_or(part.role) }
}

/// Somebody who acts: staff by their account, who was lent the role by their seat.
pub fn actor(who: PersonId, part: &Part, ties: &Ties, room: &str) -> Actor {
    let id = ties.pass.staff.as_ref().map_or(who.0, |staff| pseudonym(&staff.account));
    Actor { id, role: part.role, rooms: vec![room.to_owned()], own: Some(subject(who, ties)) }
}

/// Whether somebody came after the lockdown looked back. Staff and who was met before are no newcomers.
pub fn is_newcomer(lockdown: &Lockdown, role: Role, ties: &Ties) -> bool {
    let fresh = |terms: &ibasho_moderation::desk::lockdown::Terms| terms.is_newcomer(ties.arrival / 1000);
    !role.is_staff() && !ties.pass.attended && lockdown.terms.as_ref().is_some_and(fresh)
}

/// Whether fewer staff look after the room, inside or at the console, than should.
pub fn is_short_of_staff(world: &mut World) -> bool {
    if let Some(short) = with_gathering(world, |gathering, room| gathering.is_short(room)) {
        return short;
    }
    let needed = world.resource::<Safety>().on_duty.needed;
    if needed == 0 {
        return false;
    }
    let accounts = |ties: &Ties| ties.pass.staff.as_ref().map(|staff| pseudonym(&staff.account));
    let inside: Vec<u64> = world.query::<&Ties>().iter(world).filter_map(accounts).collect();
    let consoles = &world.resource::<Safety>().on_duty.consoles;
    consoles.iter().chain(&inside).collect::<BTreeSet<_>>().len() < needed
}

/// Whether somebody sees the lockdowns in force: everybody in the room, because all write slowly meanwhile and shall know
/// why. Who waits at the door is told of the lobby only.
pub fn sees_lockdowns(role: Role) -> bool {
    role != Role::Lobby
}
