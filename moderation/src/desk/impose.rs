//! Deciding about somebody, and taking it back.

use super::appeals::AppealOutcome;
use super::audit::{AuditAction, Who};
use super::cases::Matter;
use super::changes::{Changes, Effect, Event};
use super::codes::Reason;
use super::notices::Notice;
use super::permission::{may_impose, may_undo};
use super::sanctions::{Ended, How, Kind, MAX_NOTE, MAX_RULE_MINUTES, Sanction};
use super::settings::MINUTE;
use super::subject::{Actor, Scope, Subject, Target};
use super::{Desk, DeskRefusal};
use crate::roles::{Role, outranks};

/// What somebody wants to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// About whom.
    pub target: Target,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// How long, in minutes: see [`Kind::lasts`].
    pub minutes: u32,
    /// Why.
    pub reason: Reason,
    /// What staff note for each other; at most [`MAX_NOTE`] characters.
    pub note: String,
    /// The case it comes from.
    pub case: Option<u64>,
}

/// A sanction that is decided and checked.
pub(super) struct Draft {
    pub target: Target,
    pub kind: Kind,
    pub scope: Scope,
    pub reason: Reason,
    pub note: String,
    pub by: Option<u64>,
    pub approved_by: Option<u64>,
    pub until: Option<u64>,
    pub case: Option<u64>,
    pub appeal: Option<u64>,
}

/// The end of what begins now and lasts so many minutes.
pub(super) fn end_after(now: u64, minutes: u32) -> u64 {
    now.saturating_add(u64::from(minutes) * MINUTE)
}

pub(super) fn check_scope(kind: Kind, scope: &Scope) -> Result<(), DeskRefusal> {
    if kind.is_of_room() && scope.room().is_none() { Err(DeskRefusal::BadScope) } else { Ok(()) }
}

pub(super) fn check_note(note: &str) -> Result<(), DeskRefusal> {
    if note.chars().count() > MAX_NOTE { Err(DeskRefusal::NoteTooLong) } else { Ok(()) }
}

impl Desk {
    /// Decides something about somebody, by a person of the staff.
    ///
    /// # Errors
    /// What the role, its reach or the ranks do not allow; [`DeskRefusal::BadLength`], [`DeskRefusal::BadScope`],
    /// [`DeskRefusal::NoteTooLong`]; [`DeskRefusal::AlreadyInForce`] for what two people decide at the same time;
    /// [`DeskRefusal::NeverAnOffence`] when the case is a cry for help or worry.
    pub fn impose(&mut self, order: Order, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        may_impose(actor, order.kind, &order.scope, &order.target)?;
        self.lay(order, Some(actor.id), now)
    }

    /// Decides something about somebody, by a rule: a kind word, or a short pause.
    ///
    /// # Errors
    /// [`DeskRefusal::NotByRule`] for anything that lasts; [`DeskRefusal::NotInReach`] for staff; and as [`Desk::impose`].
    pub fn impose_by_rule(&mut self, order: Order, now: u64) -> Result<Changes, DeskRefusal> {
        if !matches!(order.kind, Kind::Nudge | Kind::Timeout) || order.minutes > MAX_RULE_MINUTES {
            return Err(DeskRefusal::NotByRule);
        }
        // A rule judges as the least of the staff would.
        if !outranks(Role::PeerStaff, order.target.role) {
            return Err(DeskRefusal::NotInReach);
        }
        self.lay(order, None, now)
    }

    /// Takes a sanction back, also when its time is over: then it counts no more. An appeal against it is won.
    ///
    /// # Errors
    /// What the role, its reach or the ranks do not allow; [`DeskRefusal::AlreadyHandled`] when it was taken back, or
    /// changed into a milder one.
    pub fn undo(&mut self, sanction: u64, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        let sanction = self.sanctions.get(&sanction).ok_or(DeskRefusal::Unknown)?.clone();
        may_undo(actor, &sanction)?;
        if let Some(Ended { how: How::Undone { by } | How::Changed { by, .. }, .. }) = sanction.ended {
            return Err(DeskRefusal::AlreadyHandled { by: Some(by) });
        }
        let mut changes = Changes::default();
        let appeal = sanction.appeal.and_then(|appeal| self.cases.get(&appeal)).filter(|case| case.closed.is_none());
        let appeal = appeal.cloned();
        self.take_back(sanction, actor.id, now, &mut changes);
        if let Some(case) = appeal {
            self.answer_appeal(case, actor.id, AppealOutcome::Undone, now, &mut changes);
        }
        Ok(changes)
    }

    /// Checks the rest of an order, and lets it be.
    fn lay(&mut self, order: Order, by: Option<u64>, now: u64) -> Result<Changes, DeskRefusal> {
        let Order { target, kind, scope, minutes, reason, note, case } = order;
        if !kind.lasts(minutes) {
            return Err(DeskRefusal::BadLength);
        }
        check_scope(kind, &scope)?;
        check_note(&note)?;
        if let Some(case) = case {
            let matter = &self.cases.get(&case).ok_or(DeskRefusal::Unknown)?.matter;
            let harmless = match matter {
                Matter::Help(_) => true,
                Matter::Report(report) => !report.category.is_complaint(),
                Matter::Hold(_) | Matter::Appeal(_) | Matter::Proposal(_) => false,
            };
            if harmless {
                return Err(DeskRefusal::NeverAnOffence);
            }
        }
        let until = end_after(now, minutes);
        if let Some(same) = self.same_in_force(&target.subject, kind, &scope, Some(until), now) {
            return Err(DeskRefusal::AlreadyInForce { sanction: same });
        }
        let mut changes = Changes::default();
        let draft =
            Draft { target, kind, scope, reason, note, by, approved_by: None, until: Some(until), case, appeal: None };
        self.begin(draft, now, &mut changes);
        Ok(changes)
    }

    /// One that is in force already, for at least as long.
    pub(super) fn same_in_force(
        &self,
        subject: &Subject,
        kind: Kind,
        scope: &Scope,
        until: Option<u64>,
        now: u64,
    ) -> Option<u64> {
        let as_long = |have: Option<u64>| match (have, until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(have), Some(until)) => have >= until,
        };
        self.sanctions_of(subject)
            .find(|have| have.is_in_force(now) && have.kind == kind && have.scope == *scope && as_long(have.until))
            .map(|have| have.id)
    }

    /// Lets a sanction be in force, says so, and turns down what waits of somebody who may not write any more.
    pub(super) fn begin(&mut self, draft: Draft, now: u64, changes: &mut Changes) -> u64 {
        let id = self.fresh(changes);
        let Draft { target, kind, scope, reason, note, by, approved_by, until, case, appeal } = draft;
        let over = until.is_some_and(|until| until <= now);
        let ended = over.then_some(Ended { at: now, how: How::Expired });
        let at = now;
        #[rustfmt::skip]
        let sanction = Sanction { id, version: 0, target, kind, scope, reason, note, by, approved_by, at, until, case, ended, appeal };
        let who = by.map_or(Who::Rule, Who::Staff);
        changes.made = Some(id);
        changes.audit.push(sanction.audit(AuditAction::SanctionImpose, who));
        changes.tell_of_sanction(Event::SanctionImposed, &sanction, reason.code());
        let sanction = self.put_sanction(sanction, changes);
        changes.effects.push(self.enforce(&target.subject, now));
        let scope = sanction.scope.clone();
        let notice = Notice::Sanctioned { sanction: id, kind, scope, reason, until, appealable: appeal.is_none() };
        self.notify(target.subject, notice, now, changes);
        if kind.silences() {
            self.turn_down_all_of(&target.subject, &sanction.scope, who, now, changes);
        }
        id
    }

    /// Ends a sanction as if it had not been.
    pub(super) fn take_back(&mut self, mut sanction: Sanction, by: u64, now: u64, changes: &mut Changes) {
        let (id, kind, subject) = (sanction.id, sanction.kind, sanction.target.subject);
        sanction.ended = Some(Ended { at: now, how: How::Undone { by } });
        changes.audit.push(sanction.audit(AuditAction::SanctionUndo, Who::Staff(by)));
        changes.tell_of_sanction(Event::SanctionEnded, &sanction, "undone");
        self.put_sanction(sanction, changes);
        changes.effects.push(self.enforce(&subject, now));
        self.notify(subject, Notice::SanctionUndone { sanction: id, kind }, now, changes);
    }

    /// The time of a sanction is over.
    pub(super) fn expire(&mut self, mut sanction: Sanction, at: u64, changes: &mut Changes) {
        let (id, kind, subject) = (sanction.id, sanction.kind, sanction.target.subject);
        sanction.ended = Some(Ended { at, how: How::Expired });
        changes.audit.push(sanction.audit(AuditAction::SanctionEnd, Who::Time));
        changes.tell_of_sanction(Event::SanctionEnded, &sanction, "expired");
        self.put_sanction(sanction, changes);
        changes.effects.push(self.enforce(&subject, at));
        self.notify(subject, Notice::SanctionEnded { sanction: id, kind }, at, changes);
    }

    fn enforce(&self, subject: &Subject, now: u64) -> Effect {
        Effect::Enforce { subject: *subject, in_force: self.in_force(subject, now) }
    }
}
