//! Cases: everything that waits for staff is one, whatever it is about, so that taking it on, handing it over and
//! settling it is the same everywhere.

use serde::{Deserialize, Serialize};

use super::appeals::{Appeal, AppealOutcome};
use super::audit::{Audit, AuditAction, Who};
use super::changes::{Changes, Event, Touched};
use super::codes::{DeclineReason, HelpOutcome, ReportOutcome};
use super::help::{HELP_CLAIM, Help};
use super::holds::Hold;
use super::notices::Notice;
use super::permanent::Proposal;
use super::reports::Report;
use super::settings::MINUTE;
use super::subject::{Actor, Scope, Subject, Target};
use super::{Desk, DeskRefusal, RecordKind};

/// How long a case stays with whoever took it on, in milliseconds. Consoles renew it while it is open there; whoever
/// lost their line blocks it no longer than this.
pub const CLAIM: u64 = 5 * MINUTE;
/// How many pieces of evidence a case names. What is beyond is counted: staff have seen enough by then.
pub const MAX_EVIDENCE: usize = 32;

/// Something that waits for staff, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: u64,
    /// It rises with every change.
    pub version: u32,
    /// Where.
    pub scope: Scope,
    /// Whom it is about: who wrote, is reported, cries for help, appeals, or is to be banned.
    pub about: Target,
    /// Since when, in milliseconds since the Unix epoch.
    pub at: u64,
    /// Who handles it.
    pub claim: Option<Claim>,
    /// What it is.
    pub matter: Matter,
    /// How it was settled.
    pub closed: Option<Closed>,
}

/// Who handles a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// This member of staff.
    pub by: u64,
    /// Until then, in milliseconds since the Unix epoch, unless they renew it.
    pub until: u64,
}

/// What a case is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "matter", rename_all = "snake_case")]
pub enum Matter {
    /// A message that is held.
    Hold(Hold),
    /// A report.
    Report(Report),
    /// A cry for help.
    Help(Help),
    /// An appeal.
    Appeal(Appeal),
    /// A ban without an end that needs a second person.
    Proposal(Proposal),
}

/// How a case was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When, in milliseconds since the Unix epoch.
    pub at: u64,
    /// By this member of staff; `None` is by time or by the person.
    pub by: Option<u64>,
    /// How.
    pub outcome: Outcome,
}

/// What came of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The message was shown.
    Approved,
    /// The message was not shown.
    Declined(DeclineReason),
    /// Its writer took it back.
    Retracted,
    /// The report was looked at.
    Resolved(ReportOutcome),
    /// The cry for help was answered.
    Helped(HelpOutcome),
    /// The appeal was decided.
    Appeal(AppealOutcome),
    /// The second person agreed to a ban without an end.
    Agreed,
    /// The second person did not agree.
    NotAgreed,
    /// Nobody answered the proposal in time.
    Lapsed,
}

/// Snapshots that the server keeps, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The first [`MAX_EVIDENCE`].
    pub ids: Vec<u64>,
    /// How many came after.
    pub more: u32,
}

impl Evidence {
    pub(super) fn add(&mut self, id: Option<u64>) {
        let Some(id) = id.filter(|id| !self.ids.contains(id)) else { return };
        if self.ids.len() < MAX_EVIDENCE { self.ids.push(id) } else { self.more = self.more.saturating_add(1) }
    }
}

impl Case {
    /// Who handles it at this moment.
    pub fn handled_by(&self, now: u64) -> Option<u64> {
        self.claim.filter(|claim| now < claim.until).map(|claim| claim.by)
    }

    /// When its time is over by itself, if nobody settles it.
    pub fn deadline(&self) -> Option<u64> {
        match &self.matter {
            Matter::Hold(hold) => hold.deadline(self.claim),
            Matter::Proposal(proposal) => Some(proposal.lapses),
            Matter::Report(_) | Matter::Help(_) | Matter::Appeal(_) => None,
        }
    }

    /// The same without somebody who asked to be forgotten, if they stand in it beside whom it is about.
    pub(super) fn without(&self, subject: &Subject) -> Option<Self> {
        let mut case = self.clone();
        let theirs = case.about.subject.is_surely(subject);
        match &mut case.matter {
            Matter::Report(report) if report.by.is_surely(subject) => report.by = Subject::NOBODY,
            Matter::Proposal(proposal) if theirs && !proposal.note.is_empty() => proposal.note.clear(),
            _ => return None,
        }
        Some(case)
    }

    pub(super) fn audit(&self, action: AuditAction, actor: Who) -> Audit {
        Audit {
            person: Some(self.about.subject.person),
            room: self.scope.room().map(str::to_owned),
            case: Some(self.id),
            ..Audit::new(action, actor)
        }
    }
}

impl Desk {
    /// Takes a case on, or renews that one has it. For a cry for help this is the acknowledgement: nobody else is
    /// called while one has it.
    ///
    /// # Errors
    /// [`DeskRefusal::AlreadyHandled`] when somebody else has it, or it is settled; and what the role does not include.
    pub fn claim(&mut self, case: u64, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        let mut case = self.to_handle(case, None, actor, now)?;
        let mut changes = Changes::default();
        let renews = case.handled_by(now) == Some(actor.id);
        self.give(&mut case, actor.id, now, &mut changes);
        if !renews {
            changes.audit.push(case.audit(AuditAction::CaseClaim, Who::Staff(actor.id)));
        }
        self.put_case(case, &mut changes);
        Ok(changes)
    }

    /// Hands a case to a colleague, who must be somebody who may handle it.
    ///
    /// # Errors
    /// As [`Desk::claim`], for both; [`DeskRefusal::Stale`] when it has changed since `version`.
    pub fn hand(
        &mut self,
        case: u64,
        version: u32,
        to: &Actor,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let mut case = self.to_handle(case, Some(version), actor, now)?;
        self.may_handle(&case, to)?;
        let mut changes = Changes::default();
        self.give(&mut case, to.id, now, &mut changes);
        changes.audit.push(case.audit(AuditAction::CaseHand, Who::Staff(actor.id)));
        self.put_case(case, &mut changes);
        Ok(changes)
    }

    /// Puts back what one took on, for anybody. A cry for help is called out again from the beginning.
    ///
    /// # Errors
    /// As [`Desk::hand`].
    pub fn put_back(&mut self, case: u64, version: u32, actor: &Actor, now: u64) -> Result<Changes, DeskRefusal> {
        let mut case = self.to_handle(case, Some(version), actor, now)?;
        let mut changes = Changes::default();
        if case.claim.is_some() {
            case.loosen(now);
            changes.audit.push(case.audit(AuditAction::CasePutBack, Who::Staff(actor.id)));
            self.put_case(case, &mut changes);
            // Who put a cry for help back must not leave it without anybody for even a moment.
            changes.and(self.tick(now));
        }
        Ok(changes)
    }

    /// The case, if `actor` may settle it now.
    pub(super) fn to_handle(
        &self,
        case: u64,
        version: Option<u32>,
        actor: &Actor,
        now: u64,
    ) -> Result<Case, DeskRefusal> {
        let case = self.cases.get(&case).ok_or(DeskRefusal::Unknown)?;
        self.may_handle(case, actor)?;
        if let Some(closed) = case.closed {
            return Err(DeskRefusal::AlreadyHandled { by: closed.by });
        }
        if let Some(by) = case.handled_by(now).filter(|by| *by != actor.id) {
            return Err(DeskRefusal::AlreadyHandled { by: Some(by) });
        }
        if version.is_some_and(|version| version != case.version) {
            return Err(DeskRefusal::Stale { version: case.version });
        }
        // What time has settled is settled, even if the clock was not looked at yet.
        if case.deadline().is_some_and(|deadline| deadline <= now) { Err(DeskRefusal::Over) } else { Ok(case.clone()) }
    }

    fn give(&mut self, case: &mut Case, to: u64, now: u64, changes: &mut Changes) {
        let long = if matches!(case.matter, Matter::Help(_)) { HELP_CLAIM } else { CLAIM };
        // Whoever was called from outside hears each time that somebody is there now: nobody may have been for a while.
        if matches!(case.matter, Matter::Help(_)) && case.handled_by(now).is_none() {
            changes.tell_of_case(Event::HelpAcknowledged, case, None);
        }
        case.claim = Some(Claim { by: to, until: now.saturating_add(long) });
        if let Matter::Help(help) = &mut case.matter
            && help.acknowledged.is_none()
        {
            help.acknowledged = Some((to, now));
            self.notify(case.about.subject, Notice::HelpIsThere { case: case.id }, now, changes);
        }
    }

    pub(super) fn close(&mut self, mut case: Case, by: Option<u64>, outcome: Outcome, now: u64, changes: &mut Changes) {
        case.claim = None;
        case.closed = Some(Closed { at: now, by, outcome });
        self.put_case(case, changes);
    }
}

impl Case {
    /// Nobody handles it any more.
    pub(super) fn loosen(&mut self, at: u64) {
        self.claim = None;
        if let Matter::Help(help) = &mut self.matter {
            help.call_again(at);
        }
    }

    pub(super) fn touched(&self) -> Touched {
        Touched { kind: RecordKind::Case, id: self.id, version: Some(self.version) }
    }
}
