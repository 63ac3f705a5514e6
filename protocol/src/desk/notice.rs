//! What people are told about decisions, also when they come back later.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::Scope;
use super::codes::{AppealOutcome, DeclineReason, Reason};
use super::kind::Kind;

/// What a person is told. The words for it are in the page's catalogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// A message of yours is being looked at.
    BeingLookedAt {
        /// The hold.
        hold: u64,
    },
    /// It was shown.
    Shown {
        /// The hold.
        hold: u64,
    },
    /// It was not shown.
    NotShown {
        /// The hold.
        hold: u64,
        /// Why, kindly.
        reason: DeclineReason,
        /// Whether nobody looked at it in time.
        by_time: bool,
    },
    /// It was taken back, as you wished.
    TakenBack {
        /// The hold.
        hold: u64,
    },
    /// A message of yours was taken away again.
    Deleted {
        /// Its number.
        message: u64,
        /// Why, kindly.
        reason: DeclineReason,
    },
    /// Something was decided about you.
    Sanctioned {
        /// The sanction.
        sanction: u64,
        /// What.
        kind: Kind,
        /// Where.
        scope: Scope,
        /// Why.
        reason: Reason,
        /// Its end, in milliseconds since the Unix epoch; `None` for a ban without an end.
        until: Option<u64>,
        /// Whether one can appeal. Only what an appeal itself decided is final.
        appealable: bool,
    },
    /// It has come to its end.
    SanctionEnded {
        /// The sanction.
        sanction: u64,
        /// What it was.
        kind: Kind,
    },
    /// It was taken back.
    SanctionUndone {
        /// The sanction.
        sanction: u64,
        /// What it was.
        kind: Kind,
    },
    /// Your appeal is here; somebody else will look at it.
    AppealReceived {
        /// The sanction.
        sanction: u64,
        /// The case.
        case: u64,
    },
    /// There is nobody else to look at it at the moment: it waits, and help was called from outside.
    AppealWaits {
        /// The sanction.
        sanction: u64,
        /// The case.
        case: u64,
    },
    /// Your appeal was decided.
    AppealDecided {
        /// The sanction.
        sanction: u64,
        /// The case.
        case: u64,
        /// How.
        outcome: AppealOutcome,
    },
    /// A rule asks you kindly to mind something. Nothing is in force because of it.
    Warned {
        /// What.
        reason: Reason,
    },
    /// Your report is here.
    ReportReceived {
        /// The case.
        case: u64,
    },
    /// Staff have looked at your report. What they did is not told.
    ReportLookedAt {
        /// The case.
        case: u64,
    },
    /// The card with places to turn to.
    HelpCard {
        /// The case.
        case: u64,
    },
    /// Somebody of the staff is there for you.
    HelpIsThere {
        /// The case.
        case: u64,
    },
}

impl Notice {
    /// Whether it is kept for somebody who is not here to hear it now. The others answer something that the person
    /// does at the moment, or are plain to see when they come back.
    pub const fn lasts(&self) -> bool {
        matches!(
            self,
            Self::NotShown { .. }
                | Self::Deleted { .. }
                | Self::Sanctioned { .. }
                | Self::SanctionUndone { .. }
                | Self::AppealWaits { .. }
                | Self::AppealDecided { .. }
                | Self::ReportLookedAt { .. }
        )
    }
}
