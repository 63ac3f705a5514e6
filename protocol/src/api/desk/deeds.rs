//! What one does with a case: `POST desk/cases/{id}/…`, each answered by [`super::Made`] with the version it has then.
//! `claim` has no body: it never overtakes anybody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::case::KeepReason;
use crate::desk::codes::{DeclineReason, HelpOutcome, ReportOutcome};
use crate::desk::kind::Kind;

/// `put_back`: give it up for anybody; `approve`: show the held message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The version one has seen.
    pub version: u32,
}

/// `hand`: give it to a colleague.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hand {
    /// The version one has seen.
    pub version: u32,
    /// To whom, by their number.
    pub to: u64,
}

/// `decline`: do not show the held message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// The version one has seen.
    pub version: u32,
    /// Why, kindly.
    pub reason: DeclineReason,
}

/// `resolve`: a report was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// The version one has seen.
    pub version: u32,
    /// What was done.
    pub outcome: ReportOutcome,
}

/// `settle`: a cry for help was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The version one has seen.
    pub version: u32,
    /// How.
    pub outcome: HelpOutcome,
}

/// `appeal`: decide an appeal. Whoever decided what it is against does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct DecideAppeal {
    /// The version one has seen.
    pub version: u32,
    /// How.
    #[serde(flatten)]
    pub answer: AppealAnswer,
}

/// How an appeal is decided: never to the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum AppealAnswer {
    /// It stays as it was.
    Uphold,
    /// This milder one instead, from now on.
    Change {
        /// What.
        kind: Kind,
        /// How long, in minutes.
        minutes: u32,
    },
    /// It is taken back.
    Undo,
}

/// `proposal`: answer, as the second person, the proposal of a ban without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerProposal {
    /// The version one has seen.
    pub version: u32,
    /// Whether one agrees.
    pub agree: bool,
}

/// `keep`: keep the evidence of a case for longer than its time. Answered by 204.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Why; absent: no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<KeepReason>,
}
