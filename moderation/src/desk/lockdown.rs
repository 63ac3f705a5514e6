//! Lockdown of a raid: one tap, and newcomers wait in the lobby, everybody writes slowly, and what newcomers write is
//! looked at first. It ends by itself.

use serde::{Deserialize, Serialize};

use super::audit::{Audit, AuditAction, Who};
use super::changes::{Changes, Effect, Event};
use super::impose::end_after;
use super::permission::granted;
use super::subject::{Actor, Scope};
use super::{Desk, DeskRefusal};
use crate::roles::Action;

/// How long a lockdown is if nobody says otherwise, in minutes: raids tire of a closed door within a quarter of an hour.
pub const LOCKDOWN_MINUTES: u32 = 15;
/// How long one can be at once, in minutes: the length of a gathering. It can be renewed.
pub const MAX_LOCKDOWN_MINUTES: u32 = 120;
/// In slow mode, the time between two messages of a person, in milliseconds: enough to write to each other, too slow
/// to flood.
pub const SLOW: u64 = 15_000;

/// A lockdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lockdown {
    /// Its id.
    pub id: u64,
    /// It rises with every change.
    pub version: u32,
    /// Where.
    pub scope: Scope,
    /// Who began it.
    pub by: u64,
    /// Since when, in milliseconds since the Unix epoch.
    pub at: u64,
    /// What is in force.
    pub terms: Terms,
}

/// What is in force in a lockdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Until when, in milliseconds since the Unix epoch.
    pub until: u64,
    /// Whoever first came after this is a newcomer: waits in the lobby if they come now, and what they write is held.
    pub newcomers_since: u64,
    /// The time between two messages of a person, in milliseconds.
    pub slow: u64,
}

impl Terms {
    /// Whether somebody who first came to the place at `since` is a newcomer.
    pub const fn is_newcomer(&self, since: u64) -> bool {
        since >= self.newcomers_since
    }
}

impl Desk {
    /// Begins a lockdown, or lets the one that is there end `minutes` from now.
    ///
    /// # Errors
    /// What the role or its reach does not allow; [`DeskRefusal::BadLength`] outside 1 to [`MAX_LOCKDOWN_MINUTES`].
    pub fn lock_down(&mut self, scope: Scope, minutes: u32, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        granted(actor, &[Action::Lock], &scope)?;
        if !(1..=MAX_LOCKDOWN_MINUTES).contains(&minutes) {
            return Err(DeskRefusal::BadLength);
        }
        let mut changes = Changes::default();
        let until = end_after(now, minutes);
        let same = self.lockdowns.values().find(|have| have.scope == scope && now < have.terms.until).cloned();
        let action = if same.is_some() { AuditAction::LockdownRenew } else { AuditAction::LockdownBegin };
        let lockdown = if let Some(mut same) = same {
            same.terms.until = until;
            same
        } else {
            let newcomers_since = now.saturating_sub(self.settings.newcomer);
            let terms = Terms { until, newcomers_since, slow: SLOW };
            Lockdown { id: self.fresh(&mut changes), version: 0, scope, by: actor.id, at: now, terms }
        };
        changes.made = Some(lockdown.id);
        changes.audit.push(lockdown.audit(action, Who::Staff(actor.id)));
        let begun = if action == AuditAction::LockdownRenew { "renewed" } else { "begun" };
        changes.tell_of_lockdown(Event::LockdownBegun, &lockdown, begun);
        changes.effects.push(Effect::Lockdown { scope: lockdown.scope.clone(), terms: Some(lockdown.terms) });
        self.put_lockdown(lockdown, &mut changes);
        Ok(changes)
    }

    /// Lifts a lockdown before its end.
    ///
    /// # Errors
    /// What the role or its reach does not allow; [`DeskRefusal::Unknown`] when it is over.
    pub fn lift(&mut self, lockdown: u64, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        let lockdown = self.lockdowns.get(&lockdown).filter(|have| now < have.terms.until);
        let lockdown = lockdown.ok_or(DeskRefusal::Unknown)?.clone();
        granted(actor, &[Action::Lock], &lockdown.scope)?;
        let mut changes = Changes::default();
        self.end_lockdown(&lockdown, AuditAction::LockdownLift, Who::Staff(actor.id), &mut changes);
        Ok(changes)
    }

    /// What is in force in a room: of the room's own lockdown and the one of the whole site, the stricter of each term.
    pub fn lockdown(&self, room: &str, now: u64) -> Option<Terms> {
        let here = self.lockdowns.values().filter(|have| have.scope.covers(room) && now < have.terms.until);
        here.map(|have| have.terms).reduce(|a, b| Terms {
            until: a.until.max(b.until),
            newcomers_since: a.newcomers_since.min(b.newcomers_since),
            slow: a.slow.max(b.slow),
        })
    }

    /// The lockdowns that are in force.
    pub fn lockdowns(&self, now: u64) -> impl Iterator<Item = &Lockdown> {
        self.lockdowns.values().filter(move |have| now < have.terms.until)
    }

    pub(super) fn end_lockdown(&mut self, lockdown: &Lockdown, action: AuditAction, who: Who, changes: &mut Changes) {
        changes.audit.push(lockdown.audit(action, who));
        let ended = if who == Who::Time { "over" } else { "lifted" };
        changes.tell_of_lockdown(Event::LockdownEnded, lockdown, ended);
        changes.effects.push(Effect::Lockdown { scope: lockdown.scope.clone(), terms: None });
        self.drop_lockdown(lockdown.id, changes);
    }
}

impl Lockdown {
    fn audit(&self, action: AuditAction, who: Who) -> Audit {
        Audit { room: self.scope.room().map(str::to_owned), ..Audit::new(action, who) }
    }
}
