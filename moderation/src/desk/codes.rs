//! Codes: what is said with one word in records, in the audit and to people. Those that travel are the protocol's.

pub(crate) use ibasho_protocol::codes;
pub use ibasho_protocol::desk::codes::{
    AppealOutcome, Category, DeclineReason, HelpOutcome, HoldCause, Reason, ReportOutcome,
};
