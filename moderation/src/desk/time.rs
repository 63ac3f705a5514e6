//! What happens because time goes by: ends, deadlines, calls, and forgetting.

use super::Desk;
use super::audit::{AuditAction, Who};
use super::cases::{Case, Matter};
use super::changes::{Changes, RecordKind};
use super::codes::DeclineReason;
use super::ladder::TIMES_AGAIN;
use super::sanctions::Sanction;
use super::subject::Subject;

impl Desk {
    /// The next moment at which [`Desk::tick`] has something to do, in milliseconds since the Unix epoch.
    pub fn due(&self) -> Option<u64> {
        self.agenda.first().map(|(at, _)| at)
    }

    /// Does what is due, each thing as at its own moment and in their order, so that it does not matter how often or how
    /// late this is called.
    pub fn tick(&mut self, now: u64) -> Changes {
        let mut changes = Changes::default();
        while let Some((at, (kind, id))) = self.agenda.first().filter(|(at, _)| *at <= now) {
            match kind {
                RecordKind::Case => self.case_is_due(id, at, &mut changes),
                RecordKind::Sanction => self.sanction_is_due(id, at, &mut changes),
                RecordKind::Lockdown => {
                    if let Some(lockdown) = self.lockdowns.get(&id).cloned() {
                        self.end_lockdown(&lockdown, AuditAction::LockdownEnd, Who::Time, &mut changes);
                    }
                }
                RecordKind::Notice => self.drop_notice(id, &mut changes),
                RecordKind::Counter => {}
            }
        }
        changes
    }

    fn case_is_due(&mut self, id: u64, at: u64, changes: &mut Changes) {
        let Some(case) = self.cases.get(&id).cloned() else { return };
        if case.closed.is_some() {
            self.drop_case(id, changes);
        } else if case.deadline().is_some_and(|deadline| deadline <= at) {
            match case.matter {
                Matter::Proposal(_) => self.lapse(case, at, changes),
                _ => self.turn_down(case, Who::Time, DeclineReason::NobodyInTime, at, changes),
            }
        } else if case.claim.is_some_and(|claim| claim.until <= at) {
            let mut case = case;
            case.loosen(at);
            self.put_case(case, changes);
        } else {
            self.call_further(id, changes);
        }
    }

    fn sanction_is_due(&mut self, id: u64, at: u64, changes: &mut Changes) {
        match self.sanctions.get(&id).cloned() {
            Some(sanction) if sanction.ended.is_none() => self.expire(sanction, at, changes),
            _ => self.drop_sanction(id, changes),
        }
    }

    /// When time has something to do with a case.
    pub(super) fn case_waits_for(&self, case: &Case) -> Option<u64> {
        if let Some(until) = self.case_kept_until(case) {
            return Some(until);
        }
        let call = match &case.matter {
            // Nobody else is called while somebody is there.
            Matter::Help(help) if case.claim.is_none() => help.ladder.next(&self.settings.help, TIMES_AGAIN),
            Matter::Appeal(appeal) => appeal.ladder.next(&self.settings.appeal, 0),
            _ => None,
        };
        [case.deadline(), case.claim.map(|claim| claim.until), call].into_iter().flatten().min()
    }

    /// When time has something to do with a sanction.
    pub(super) fn sanction_waits_for(&self, sanction: &Sanction) -> Option<u64> {
        if sanction.ended.is_some() { self.sanction_kept_until(sanction) } else { sanction.until }
    }

    pub(super) fn case_kept_until(&self, case: &Case) -> Option<u64> {
        case.closed.map(|closed| closed.at.saturating_add(self.settings.keep))
    }

    /// A sanction is kept for as long as it is in force or appealed against, and then for the time set.
    pub(super) fn sanction_kept_until(&self, sanction: &Sanction) -> Option<u64> {
        let appeal = sanction.appeal.and_then(|appeal| self.cases.get(&appeal));
        let appealed = appeal.is_some_and(|case| case.closed.is_none());
        sanction.ended.filter(|_| !appealed).map(|ended| ended.at.saturating_add(self.settings.keep))
    }

    /// Deletes at a person's request what is settled about them, what they have not heard yet, that it was them who
    /// reported somebody, and what staff noted about them. What is in force or open stays until it is not, because it
    /// protects others or is still to be answered to them; it goes by itself after the time set.
    pub fn forget(&mut self, subject: &Subject) -> Changes {
        let mut changes = Changes::default();
        let cases = self.cases.values().filter(|case| case.closed.is_some() && case.about.subject.is_surely(subject));
        for case in cases.map(|case| case.id).collect::<Vec<_>>() {
            self.drop_case(case, &mut changes);
        }
        let rest = self.cases.values().filter_map(|case| case.without(subject)).collect::<Vec<_>>();
        for case in rest {
            self.put_case(case, &mut changes);
        }
        let sanctions = self.sanctions.values().filter(|have| have.target.subject.is_surely(subject)).cloned();
        for sanction in sanctions.collect::<Vec<_>>() {
            if self.sanction_kept_until(&sanction).is_some() {
                self.drop_sanction(sanction.id, &mut changes);
            } else if !sanction.note.is_empty() {
                self.put_sanction(Sanction { note: String::new(), ..sanction }, &mut changes);
            }
        }
        for notice in self.untold(subject).map(|untold| untold.id).collect::<Vec<_>>() {
            self.drop_notice(notice, &mut changes);
        }
        changes
    }
}
