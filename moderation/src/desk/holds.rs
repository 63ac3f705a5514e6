//! Messages that wait until staff have looked at them. Their words stay with the server; the desk knows ids only.

use serde::{Deserialize, Serialize};

use super::audit::{AuditAction, Who};
use super::cases::{Case, Claim, Matter, Outcome};
use super::changes::{Changes, Effect, Event};
use super::codes::{DeclineReason, HoldCause};
use super::notices::Notice;
use super::subject::{Actor, Scope, Subject, Target};
use super::{Desk, DeskRefusal};
use crate::roles::outranks;

/// The most messages of one person that wait at the same time. Who has five unanswered ones waits for an answer first.
pub const MAX_HELD_PERSON: usize = 5;
/// The most messages of one room that wait at the same time: twenty people in a raid with their five each, and as many
/// again. Staff could not read more in time.
pub const MAX_HELD_ROOM: usize = 200;
/// How many times its time a message waits at most while somebody handles it: they shall not be cut off while they
/// read, and its writer shall not wait for ever.
pub const STRETCH: u64 = 3;

/// Where a message belongs in the order of its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The number of the event that it would have been.
    pub seq: u64,
    /// When it was written, in milliseconds since the Unix epoch.
    pub at: u64,
}

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub cause: HoldCause,
    /// The id of the rule that said so, if it was one.
    pub rule: Option<String>,
    /// Where it belongs.
    pub place: Place,
    /// How long it waits, in milliseconds since the Unix epoch.
    pub until: u64,
    /// How long it waits at most while somebody handles it.
    pub latest: u64,
    /// It is a cry for help that also holds what must not be shown unseen (a telephone number): it waits for a person,
    /// however long that takes. Staff were called, and its writer sees the card.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cry: bool,
}

/// A message to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// Who wrote it.
    pub writer: Target,
    /// The room it was written in.
    pub room: String,
    /// Why it is held.
    pub cause: HoldCause,
    /// The id of the rule that said so, if it was one.
    pub rule: Option<String>,
    /// Where it belongs.
    pub place: Place,
    /// Whether somebody cries for help in it.
    pub cry: bool,
}

impl Hold {
    /// When time turns it down. A cry for help is never turned down by time.
    pub(super) fn deadline(&self, claim: Option<Claim>) -> Option<u64> {
        let deadline = claim.map_or(self.until, |claim| claim.until.clamp(self.until, self.latest));
        (!self.cry).then_some(deadline)
    }
}

impl Desk {
    /// Lets a message wait for staff. Its writer is told.
    ///
    /// # Errors
    /// [`DeskRefusal::TooManyHeld`] at [`MAX_HELD_PERSON`] and [`MAX_HELD_ROOM`]; [`DeskRefusal::Silenced`] when the
    /// person may not write there anyway.
    pub fn hold(&mut self, new: NewHold, now: u64) -> Result<Changes, DeskRefusal> {
        let NewHold { writer, room, cause, rule, place, cry } = new;
        if !self.standing(&writer.subject, &room, now).may_write() {
            return Err(DeskRefusal::Silenced);
        }
        let waiting = |own: bool| {
            let counts =
                |case: &&Case| if own { case.about.subject.is(&writer.subject) } else { case.scope.covers(&room) };
            self.open_holds().filter(counts).count()
        };
        if waiting(true) >= MAX_HELD_PERSON || waiting(false) >= MAX_HELD_ROOM {
            return Err(DeskRefusal::TooManyHeld);
        }
        let until = now.saturating_add(self.settings.hold);
        let latest = now.saturating_add(self.settings.hold.saturating_mul(STRETCH));
        let mut changes = Changes::default();
        let matter = Matter::Hold(Hold { cause, rule, place, until, latest, cry });
        let case = self.open(Scope::Room(room), writer, matter, now, &mut changes);
        changes.audit.push(case.audit(AuditAction::HoldBegin, Who::Rule));
        changes.tell_of_case(Event::MessageHeld, &case, Some(cause.code()));
        self.notify(writer.subject, Notice::BeingLookedAt { hold: case.id }, now, &mut changes);
        Ok(changes)
    }

    /// Lets a held message appear, at its place.
    ///
    /// # Errors
    /// As [`Desk::hand`]; [`DeskRefusal::Over`] when its time has run out.
    pub fn approve(&mut self, hold: u64, version: u32, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        let (case, place) = self.held(hold, version, actor, now)?;
        let mut changes = Changes::default();
        let writer = case.about.subject;
        let room = case.scope.room().unwrap_or_default().to_owned();
        changes.audit.push(case.audit(AuditAction::HoldApprove, Who::Staff(actor.id)));
        changes.effects.push(Effect::Release { hold, room: room.clone(), writer, place });
        changes.tell_of_case(Event::MessageSettled, &case, Some("approved"));
        self.close(case, Some(actor.id), Outcome::Approved, now, &mut changes);
        self.notify(writer, Notice::Shown { hold }, now, &mut changes);
        Ok(changes)
    }

    /// Does not let a held message appear, with a kind reason.
    ///
    /// # Errors
    /// As [`Desk::approve`]; [`DeskRefusal::NotInReach`] for the message of an equal or higher rank.
    pub fn decline(
        &mut self,
        hold: u64,
        version: u32,
        reason: DeclineReason,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let (case, _) = self.held(hold, version, actor, now)?;
        if !outranks(actor.role, case.about.role) {
            return Err(DeskRefusal::NotInReach);
        }
        let mut changes = Changes::default();
        self.turn_down(case, Who::Staff(actor.id), reason, now, &mut changes);
        Ok(changes)
    }

    /// The writer takes a message back that still waits.
    ///
    /// # Errors
    /// [`DeskRefusal::NotYours`]; [`DeskRefusal::AlreadyHandled`] when it does not wait any more.
    pub fn retract(&mut self, hold: u64, writer: &Subject, now: u64) -> Result<Changes, DeskRefusal> {
        let case = self.cases.get(&hold).ok_or(DeskRefusal::Unknown)?.clone();
        if !matches!(case.matter, Matter::Hold(_)) || !case.about.subject.is_surely(writer) {
            return Err(DeskRefusal::NotYours);
        }
        if let Some(closed) = case.closed {
            return Err(DeskRefusal::AlreadyHandled { by: closed.by });
        }
        let mut changes = Changes::default();
        let room = case.scope.room().unwrap_or_default().to_owned();
        changes.audit.push(case.audit(AuditAction::HoldRetract, Who::Person(writer.person)));
        changes.tell_of_case(Event::MessageSettled, &case, Some("retracted"));
        changes.effects.push(Effect::Discard { hold, room });
        self.close(case, None, Outcome::Retracted, now, &mut changes);
        self.notify(*writer, Notice::TakenBack { hold }, now, &mut changes);
        Ok(changes)
    }

    /// To be called after a restart: the words of held messages were in memory only, so their writers are told that
    /// they may write them once more.
    pub fn restarted(&mut self, now: u64) -> Changes {
        let mut changes = Changes::default();
        for case in self.open_holds().cloned().collect::<Vec<_>>() {
            self.turn_down(case, Who::Time, DeclineReason::Lost, now, &mut changes);
        }
        changes
    }

    /// To be called when one room opened again after a fault: as [`Self::restarted`], for that room.
    pub fn lost_in(&mut self, room: &str, now: u64) -> Changes {
        let mut changes = Changes::default();
        let lost = self.open_holds().filter(|case| case.scope.room() == Some(room));
        for case in lost.cloned().collect::<Vec<_>>() {
            self.turn_down(case, Who::Time, DeclineReason::Lost, now, &mut changes);
        }
        changes
    }

    pub(super) fn open_holds(&self) -> impl Iterator<Item = &Case> {
        self.open_cases().filter(|case| matches!(case.matter, Matter::Hold(_)))
    }

    /// Turns down what waits of somebody who may not write any more, so that nothing of them appears later.
    pub(super) fn turn_down_all_of(
        &mut self,
        subject: &Subject,
        scope: &Scope,
        who: Who,
        now: u64,
        changes: &mut Changes,
    ) {
        let reached = |case: &Case| case.scope.room().is_some_and(|room| scope.covers(room));
        let theirs = self.open_holds().filter(|case| case.about.subject.is(subject) && reached(case));
        for case in theirs.cloned().collect::<Vec<_>>() {
            self.turn_down(case, who, DeclineReason::NoLongerHere, now, changes);
        }
    }

    pub(super) fn turn_down(&mut self, case: Case, who: Who, reason: DeclineReason, now: u64, changes: &mut Changes) {
        let (hold, writer) = (case.id, case.about.subject);
        let room = case.scope.room().unwrap_or_default().to_owned();
        let by = if let Who::Staff(by) = who { Some(by) } else { None };
        let mut audit = case.audit(AuditAction::HoldDecline, who);
        audit.reason = Some(reason.code());
        changes.audit.push(audit);
        changes.tell_of_case(Event::MessageSettled, &case, Some(reason.code()));
        changes.effects.push(Effect::Discard { hold, room });
        self.close(case, by, Outcome::Declined(reason), now, changes);
        let by_time = reason == DeclineReason::NobodyInTime;
        self.notify(writer, Notice::NotShown { hold, reason, by_time }, now, changes);
    }

    fn held(&self, hold: u64, version: u32, actor: &Actor, now: u64) -> Result<(Case, Place), DeskRefusal> {
        let case = self.to_handle(hold, Some(version), actor, now)?;
        match &case.matter {
            Matter::Hold(hold) => Ok((case.clone(), hold.place)),
            _ => Err(DeskRefusal::OtherKind),
        }
    }
}
