//! What the desk writes into the audit.

use super::codes::codes;

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody of the staff, by their pseudonym.
    Staff(u64),
    /// A person in the place.
    Person(u64),
    /// A rule.
    Rule,
    /// Time went by.
    Time,
}

codes! {
    /// What is written into the audit.
    AuditAction {
        /// A message waits for staff.
        HoldBegin = "hold.begin",
        /// It was shown.
        HoldApprove = "hold.approve",
        /// It was not shown.
        HoldDecline = "hold.decline",
        /// Its writer took it back.
        HoldRetract = "hold.retract",
        /// A message was taken away again.
        MessageDelete = "message.delete",
        /// Somebody reported.
        ReportMake = "report.make",
        /// Staff settled a report.
        ReportResolve = "report.resolve",
        /// Somebody cried for help.
        HelpCall = "help.call",
        /// Nobody came in time, or whoever came went away.
        HelpEscalate = "help.escalate",
        /// Staff settled it.
        HelpSettle = "help.settle",
        /// Staff took a case on.
        CaseClaim = "case.claim",
        /// Staff handed a case to a colleague.
        CaseHand = "case.hand",
        /// Staff put a case back.
        CasePutBack = "case.put_back",
        /// A sanction was given.
        SanctionImpose = "sanction.impose",
        /// A sanction came to its end.
        SanctionEnd = "sanction.end",
        /// A sanction was undone.
        SanctionUndo = "sanction.undo",
        /// A ban without an end was proposed.
        PermanentPropose = "permanent.propose",
        /// The second person agreed.
        PermanentApprove = "permanent.approve",
        /// The second person did not agree.
        PermanentDecline = "permanent.decline",
        /// Nobody answered the proposal.
        PermanentLapse = "permanent.lapse",
        /// Somebody appealed.
        AppealMake = "appeal.make",
        /// Nobody took the appeal on in time.
        AppealEscalate = "appeal.escalate",
        /// The appeal was decided.
        AppealDecide = "appeal.decide",
        /// A lockdown began.
        LockdownBegin = "lockdown.begin",
        /// A lockdown was made longer or shorter.
        LockdownRenew = "lockdown.renew",
        /// A lockdown was lifted.
        LockdownLift = "lockdown.lift",
        /// A lockdown ended by itself.
        LockdownEnd = "lockdown.end",
    }
}

/// An entry for the audit: no text, no nickname.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What was done.
    pub action: AuditAction,
    /// By whom.
    pub actor: Who,
    /// On whom, or about whom.
    pub person: Option<u64>,
    /// Where; `None` is the whole site.
    pub room: Option<String>,
    /// The code of the reason or of the outcome.
    pub reason: Option<&'static str>,
    /// Which case.
    pub case: Option<u64>,
    /// Which sanction.
    pub sanction: Option<u64>,
}

impl Audit {
    pub(super) fn new(action: AuditAction, actor: Who) -> Self {
        Self { action, actor, person: None, room: None, reason: None, case: None, sanction: None }
    }
}
