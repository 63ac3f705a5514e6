//! What staff may know of somebody's past in this place: counts and the last decisions, under a pseudonym.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cases::{Matter, Outcome};
use super::codes::{DeclineReason, Reason, ReportOutcome};
use super::permission::granted;
use super::sanctions::{Kind, Sanction};
use super::subject::{Actor, Scope, Subject};
use super::{Desk, DeskRefusal};
use crate::roles::{Action, permits};

/// How many of the last decisions are shown: what fits on a phone beside the case.
pub const LAST: usize = 10;

/// Somebody's past in this place, as far as it is kept and `actor` may know it. A cry for help, worry about them, and
/// what was taken back are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct History {
    /// How many sanctions of each kind, by the code of the kind.
    pub sanctions: BTreeMap<&'static str, u32>,
    /// How many reports about them led to something.
    pub reports: u32,
    /// How many of their messages staff showed.
    pub shown: u32,
    /// How many of their messages staff did not show. What nobody looked at in time does not count.
    pub not_shown: u32,
    /// How many appeals they made.
    pub appeals: u32,
    /// The last [`LAST`] sanctions, the newest first.
    pub last: Vec<Past>,
}

/// A sanction of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Past {
    /// Which.
    pub sanction: u64,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// When, in milliseconds since the Unix epoch.
    pub at: u64,
    /// Its end; `None` for a ban without an end.
    pub until: Option<u64>,
    /// Whether it is in force.
    pub in_force: bool,
}

const KNOW: [Action; 3] = [Action::EvidenceRoom, Action::EvidenceCase, Action::EvidenceAudit];

impl Desk {
    /// What `actor` may know of somebody's past: those who see cases of the whole site all of it, those of one room
    /// what happened there or holds there.
    ///
    /// # Errors
    /// [`DeskRefusal::NotAllowed`]; [`DeskRefusal::Involved`] for oneself.
    pub fn history(&self, subject: &Subject, actor: &Actor, now: u64) -> Result<History, DeskRefusal> {
        if !KNOW.iter().any(|action| permits(actor.role, *action)) {
            return Err(DeskRefusal::NotAllowed);
        }
        if actor.is_involved(subject) {
            return Err(DeskRefusal::Involved);
        }
        let mut history = History::default();
        let mut sanctions: Vec<&Sanction> = self
            .sanctions_of(subject)
            .filter(|sanction| !sanction.is_undone() && concerns(actor, &sanction.scope))
            .collect();
        sanctions.sort_by_key(|sanction| std::cmp::Reverse((sanction.at, sanction.id)));
        for sanction in &sanctions {
            *history.sanctions.entry(sanction.kind.code()).or_default() += 1;
        }
        history.last = sanctions.iter().take(LAST).map(|sanction| past(sanction, now)).collect();
        let about = self.cases.values().filter(|case| case.about.subject.is(subject) && concerns(actor, &case.scope));
        for case in about {
            match (&case.matter, case.closed.map(|closed| closed.outcome)) {
                (Matter::Report(report), Some(Outcome::Resolved(outcome))) => {
                    let counts = report.category.is_complaint() && outcome != ReportOutcome::NothingFound;
                    history.reports += u32::from(counts);
                }
                (Matter::Hold(_), Some(Outcome::Approved)) => history.shown += 1,
                (Matter::Hold(_), Some(Outcome::Declined(reason))) => history.not_shown += u32::from(is_judged(reason)),
                (Matter::Appeal(_), _) => history.appeals += 1,
                _ => {}
            }
        }
        Ok(history)
    }

    /// The sanctions that are kept and `actor` may see, the newest first: the console's list to search, and to undo
    /// from.
    pub fn sanctions(&self, actor: &Actor) -> impl Iterator<Item = &Sanction> {
        let visible = |sanction: &&Sanction| {
            granted(actor, &KNOW, &sanction.scope).is_ok() && !actor.is_involved(&sanction.target.subject)
        };
        self.sanctions.values().rev().filter(visible)
    }
}

/// Whether staff looked at it and found something.
const fn is_judged(reason: DeclineReason) -> bool {
    !matches!(
        reason,
        DeclineReason::NobodyInTime | DeclineReason::NoLongerHere | DeclineReason::Lost | DeclineReason::NotNow
    )
}

/// What holds everywhere holds in one's own room as well.
fn concerns(actor: &Actor, scope: &Scope) -> bool {
    scope.room().is_none() || actor.reaches(scope.room())
}

fn past(sanction: &Sanction, now: u64) -> Past {
    let Sanction { id, kind, ref scope, reason, at, until, .. } = *sanction;
    Past { sanction: id, kind, scope: scope.clone(), reason, at, until, in_force: sanction.is_in_force(now) }
}
