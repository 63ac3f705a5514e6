//! How somebody stands in the room.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::standing::Standing;
use ibasho_moderation::rules::Recent;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;

/// How somebody stands in the room. Never kept: the office knows it, and tells it when the room opens.
#[derive(Component, Default)]
pub struct Conduct {
    /// Everything that is in force for them, in every room.
    pub in_force: Vec<InForce>,
    /// The office has told it to this room, and tells whatever changes: it is newer than anything that was asked.
    pub told: bool,
    /// Their last words here, for rules that look at several messages.
    pub recent: Recent,
    /// When they wrote last.
    pub wrote: Option<Millis>,
    /// What was done about them a moment ago and is not done again at once: at most [`MOST_LATELY`].
    lately: Vec<(String, Millis)>,
}

/// Most things that are remembered of somebody so that they are not done again: more rules than anybody breaks in five
/// minutes.
const MOST_LATELY: usize = 32;

impl Conduct {
    /// What of it holds here and now. An end counts at its moment, also before anybody has told.
    pub fn standing(&self, room: &str, now: Millis) -> Standing {
        if self.in_force.is_empty() { Standing::default() } else { Standing::of(&self.in_force, room, now) }
    }

    /// Whether words that nobody can look at first, because they appear at once or not at all (a theme, an
    /// announcement, a nickname), may go out. `newcomer` says that a lockdown lets theirs be looked at first.
    ///
    /// # Errors
    /// Why not.
    pub fn lets_out(&self, room: &str, now: Millis, newcomer: bool) -> Result<(), RefusalCode> {
        let standing = self.standing(room, now);
        match () {
            () if !standing.may_write() || standing.is_held_first() => Err(RefusalCode::Silenced),
            () if newcomer => Err(RefusalCode::NotNow),
            () => Ok(()),
        }
    }

    /// Whether something is to be done now that shall not be done again within `every` milliseconds.
    pub fn once(&mut self, what: String, now: Millis, every: Millis) -> bool {
        self.lately.retain(|(_, at)| at.saturating_add(every) > now);
        let fresh = self.lately.len() < MOST_LATELY && !self.lately.iter().any(|(known, _)| *known == what);
        if fresh {
            self.lately.push((what, now));
        }
        fresh
    }

    /// When they may write again in slow mode, in milliseconds from now.
    pub fn slowed(&self, slow: Millis, now: Millis) -> Option<u32> {
        let next = self.wrote?.saturating_add(slow);
        next.checked_sub(now).filter(|wait| *wait > 0).map(|wait| wait as u32)
    }
}
