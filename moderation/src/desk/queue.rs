//! What waits, the most urgent first.

pub use ibasho_protocol::api::desk::case::Urgency;

use super::Desk;
use super::cases::{Case, Matter};
use super::subject::Actor;

/// How urgent a case is.
pub fn urgency(case: &Case) -> Urgency {
    match &case.matter {
        Matter::Help(_) => Urgency::Help,
        Matter::Report(report) if report.category.is_urgent() => Urgency::Danger,
        Matter::Hold(_) => Urgency::Held,
        Matter::Report(_) => Urgency::Report,
        Matter::Appeal(_) => Urgency::Appeal,
        Matter::Proposal(_) => Urgency::Proposal,
    }
}

/// What cases are sorted by: urgency, then who waits longest. Not by who handles it, so that nothing jumps away under a
/// finger.
pub fn rank(case: &Case) -> (Urgency, u64, u64) {
    (urgency(case), case.at, case.id)
}

/// A line of the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'a> {
    /// What.
    pub case: &'a Case,
    /// How urgent.
    pub urgency: Urgency,
    /// Who handles it at this moment.
    pub handled_by: Option<u64>,
    /// Whether one may take it on oneself; else it is shown, and waits for somebody else.
    pub may_handle: bool,
}

impl Desk {
    /// What waits and `actor` may see, the most urgent first.
    pub fn queue(&self, actor: &Actor, now: u64) -> Vec<Line<'_>> {
        let mut cases: Vec<&Case> = self.open_cases().filter(|case| self.may_see(case, actor)).collect();
        cases.sort_by_key(|case| rank(case));
        let line = |case| Line {
            case,
            urgency: urgency(case),
            handled_by: case.handled_by(now),
            may_handle: self.may_handle(case, actor).is_ok(),
        };
        cases.into_iter().map(line).collect()
    }
}
