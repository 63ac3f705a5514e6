//! Cries for help: staff are called until somebody comes. It is never an offence, and nobody is cut off.

use serde::{Deserialize, Serialize};

use super::audit::{AuditAction, Who};
use super::cases::{Evidence, Matter, Outcome};
use super::changes::{Changes, Effect, Event};
use super::codes::HelpOutcome;
use super::ladder::Ladder;
use super::notices::Notice;
use super::settings::{MINUTE, Reach};
use super::subject::{Actor, Scope, Target};
use super::{Desk, DeskRefusal};

/// How long whoever came is taken to be there, in milliseconds: a talk is not disturbed by alarms for a quarter of an
/// hour, and who lost their line leaves nobody alone for longer. Consoles renew it while the case is open there.
pub const HELP_CLAIM: u64 = 15 * MINUTE;

/// A cry for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// What the server kept of the moment.
    pub evidence: Evidence,
    /// How often the person cried since it is open.
    pub times: u32,
    /// Who came first, and when, in milliseconds since the Unix epoch.
    pub acknowledged: Option<(u64, u64)>,
    /// Whom has been called.
    pub ladder: Ladder,
}

impl Help {
    pub(super) fn call_again(&mut self, at: u64) {
        self.ladder = Ladder::from(at);
    }
}

impl Desk {
    /// Somebody cries for help: they are shown where to turn to, and staff are called at once. What they write while
    /// it is open joins it. It never fails.
    pub fn help(&mut self, person: Target, room: &str, evidence: Option<u64>, now: u64) -> Changes {
        self.help_in(person, Scope::Room(room.to_owned()), evidence, now)
    }

    /// The same for somebody who is in no room: what they wrote is about the whole place.
    pub fn help_in(&mut self, person: Target, scope: Scope, evidence: Option<u64>, now: u64) -> Changes {
        let mut changes = Changes::default();
        let joined = self.open_cases().find(|case| {
            matches!(case.matter, Matter::Help(_))
                && case.about.subject.person == person.subject.person
                && (case.scope == scope || scope.room().is_some_and(|room| case.scope.covers(room)))
        });
        let case = if let Some(mut case) = joined.cloned() {
            if let Matter::Help(help) = &mut case.matter {
                help.evidence.add(evidence);
                help.times = help.times.saturating_add(1);
            }
            self.put_case(case, &mut changes)
        } else {
            let mut first = Evidence::default();
            first.add(evidence);
            let help = Help { evidence: first, times: 1, acknowledged: None, ladder: Ladder::from(now) };
            self.open(scope, person, Matter::Help(help), now, &mut changes)
        };
        changes.made = Some(case.id);
        changes.audit.push(case.audit(AuditAction::HelpCall, Who::Person(person.subject.person)));
        changes.tell_of_case(Event::HelpCalled, &case, None);
        self.notify(person.subject, Notice::HelpCard { case: case.id }, now, &mut changes);
        // The first step is due at once.
        changes.and(self.tick(now));
        changes
    }

    /// Settles a cry for help.
    ///
    /// # Errors
    /// As [`Desk::hand`].
    pub fn settle(
        &mut self,
        case: u64,
        version: u32,
        outcome: HelpOutcome,
        actor: &Actor,
        now: u64,
    ) -> Result<Changes, DeskRefusal> {
        let case = self.to_handle(case, Some(version), actor, now)?;
        if !matches!(case.matter, Matter::Help(_)) {
            return Err(DeskRefusal::OtherKind);
        }
        let mut changes = Changes::default();
        let mut audit = case.audit(AuditAction::HelpSettle, Who::Staff(actor.id));
        audit.reason = Some(outcome.code());
        changes.audit.push(audit);
        changes.tell_of_case(Event::HelpSettled, &case, Some(outcome.code()));
        self.close(case, Some(actor.id), Outcome::Helped(outcome), now, &mut changes);
        Ok(changes)
    }

    /// Calls the next one. Only what is for somebody outside leaves the place.
    pub(super) fn call_further(&mut self, id: u64, changes: &mut Changes) {
        let Some(mut case) = self.cases.get(&id).cloned() else { return };
        let (ladder, steps, action, event) = match &mut case.matter {
            Matter::Help(help) => {
                (&mut help.ladder, &self.settings.help, AuditAction::HelpEscalate, Event::HelpEscalated)
            }
            Matter::Appeal(appeal) => {
                (&mut appeal.ladder, &self.settings.appeal, AuditAction::AppealEscalate, Event::AppealEscalated)
            }
            Matter::Hold(_) | Matter::Report(_) | Matter::Proposal(_) => return,
        };
        let Some((step, to)) = ladder.climb(steps) else { return };
        let (room, person) = (case.scope.room().map(str::to_owned), case.about.subject.person);
        if to == Reach::Outside {
            changes.tell_of_case(event, &case, None);
        }
        if step == 0 && matches!(case.matter, Matter::Help(_)) {
            changes.effects.push(Effect::Alert { case: id, room, person, to });
        } else {
            changes.audit.push(case.audit(action, Who::Time));
            changes.effects.push(Effect::Escalate { case: id, room, person, step, to });
        }
        self.put_case(case, changes);
    }
}
