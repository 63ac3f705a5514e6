//! Reports: always kept, always acknowledged, and answered when they were looked at.

use serde::{Deserialize, Serialize};

use super::audit::{AuditAction, Who};
use super::cases::{Case, Evidence, Matter, Outcome};
use super::changes::{Changes, Effect, Event};
use super::codes::{Category, ReportOutcome};
use super::notices::Notice;
use super::settings::Reach;
use super::subject::{Actor, Scope, Subject, Target};
use super::{Desk, DeskRefusal};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Who reported; [`Subject::NOBODY`] when a rule did.
    pub by: Subject,
    /// The id of the rule that found something first, if it was one and no person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What it is about; when they reported again meanwhile, the more urgent.
    pub category: Category,
    /// The number of the message, if it is about one.
    pub message: Option<u64>,
    /// Whether it is about what was said aloud.
    pub voice: bool,
    /// What the server kept of the moment.
    pub evidence: Evidence,
    /// How often they reported this person since it is open.
    pub times: u32,
}

/// What somebody reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// Who reports; [`Subject::NOBODY`] when a rule does.
    pub by: Subject,
    /// The id of the rule that found something, if it is one and no person.
    pub rule: Option<String>,
    /// Whether staff are called at once.
    pub calls: bool,
    /// Whom.
    pub about: Target,
    /// Where.
    pub scope: Scope,
    /// What it is about.
    pub category: Category,
    /// The number of the message, if it is about one.
    pub message: Option<u64>,
    /// Whether it is about what was said aloud.
    pub voice: bool,
    /// What the server kept of the moment.
    pub evidence: Option<u64>,
}

impl Desk {
    /// Keeps a report. It never fails and never depends on a role. What the same person reports about the same person
    /// while it is open joins it, so that nobody can fill the desk: there are at most a few for each
    /// pair of people. What rules find about a person is one report, whichever rules they are.
    pub fn report(&mut self, new: NewReport, now: u64) -> Changes {
        let mut changes = Changes::default();
        let joined = self.open_cases().find(|case| case.is_joined_by(&new)).cloned();
        let case = if let Some(mut case) = joined {
            if let Matter::Report(report) = &mut case.matter {
                if new.category.is_urgent() && !report.category.is_urgent() {
                    report.category = new.category;
                }
                report.message = report.message.or(new.message);
                report.voice |= new.voice;
                report.evidence.add(new.evidence);
                report.times = report.times.saturating_add(1);
            }
            self.put_case(case, &mut changes)
        } else {
            let mut evidence = Evidence::default();
            evidence.add(new.evidence);
            let NewReport { category, message, voice, .. } = new;
            let report = Report { by: new.by, rule: new.rule.clone(), category, message, voice, evidence, times: 1 };
            self.open(new.scope, new.about, Matter::Report(report), now, &mut changes)
        };
        changes.made = Some(case.id);
        let who = if new.rule.is_some() { Who::Rule } else { Who::Person(new.by.person) };
        let mut audit = case.audit(AuditAction::ReportMake, who);
        audit.reason = Some(new.category.code());
        changes.audit.push(audit);
        changes.tell_of_case(Event::ReportMade, &case, Some(new.category.code()));
        if new.calls {
            let (room, person) = (case.scope.room().map(str::to_owned), case.about.subject.person);
            changes.effects.push(Effect::Alert { case: case.id, room, person, to: Reach::OnDuty });
        }
        self.notify(new.by, Notice::ReportReceived { case: case.id }, now, &mut changes);
        changes
    }

    /// Settles a report. Whoever reported is told that it was looked at, not what was done.
    ///
    /// # Errors
    /// As [`Desk::hand`].
    pub fn resolve(
        &mut self,
        case: u64,
        version: u32,
        outcome: ReportOutcome,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let case = self.to_handle(case, Some(version), actor, now)?;
        let Matter::Report(Report { by, .. }) = case.matter else { return Err(DeskRefusal::OtherKind) };
        let mut changes = Changes::default();
        let mut audit = case.audit(AuditAction::ReportResolve, Who::Staff(actor.id));
        audit.reason = Some(outcome.code());
        changes.audit.push(audit);
        changes.tell_of_case(Event::ReportResolved, &case, Some(outcome.code()));
        let id = case.id;
        self.close(case, Some(actor.id), Outcome::Resolved(outcome), now, &mut changes);
        self.notify(by, Notice::ReportLookedAt { case: id }, now, &mut changes);
        Ok(changes)
    }
}

impl Case {
    /// Whether the same person reported the same person, and in the same sense: worry is no complaint, and hides none.
    fn is_joined_by(&self, new: &NewReport) -> bool {
        let Matter::Report(report) = &self.matter else { return false };
        report.by.person == new.by.person
            // Who was forgotten is nobody, as a rule is.
            && report.rule.is_some() == new.rule.is_some()
            && self.about.subject.person == new.about.subject.person
            && self.scope == new.scope
            && report.category.is_complaint() == new.category.is_complaint()
    }
}
