//! A case as the console shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::sanctions::{Past, SanctionLine};
use crate::codes;
use crate::desk::Scope;
use crate::desk::codes::{AppealOutcome, Category, DeclineReason, HelpOutcome, HoldCause, Reason, ReportOutcome};
use crate::ids::{Millis, ZoneIndex};
use crate::role::Role;

codes! {
    #[derive(TS, ToSchema)]
    /// How urgent a case is; the first is the most urgent.
    Urgency {
        /// Somebody cries for help.
        Help = "help",
        /// Somebody is in danger, or somebody worries.
        Danger = "danger",
        /// Somebody waits for their message to be shown.
        Held = "held",
        /// Another report.
        Report = "report",
        /// An appeal.
        Appeal = "appeal",
        /// A ban without an end that needs a second person.
        Proposal = "proposal",
    }
}

codes! {
    #[derive(TS, ToSchema)]
    /// Why evidence is kept for longer than its time.
    KeepReason {
        /// The police asked for it.
        Police = "police",
        /// A court asked for it.
        Court = "court",
        /// Somebody was harmed, and it is not settled yet.
        Harm = "harm",
        /// The municipality looks into it.
        Inquiry = "inquiry",
        /// The person whom it is about asked for it.
        Asked = "asked",
    }
}

/// A line of the queue, and the head of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct CaseLine {
    /// Its id.
    pub id: u64,
    /// It rises with every change.
    pub version: u32,
    /// How urgent.
    pub urgency: Urgency,
    /// Where.
    pub scope: Scope,
    /// Whom it is about: who wrote, is reported, cries for help, appeals, or is to be banned.
    pub about: Somebody,
    /// Since when.
    pub at: Millis,
    /// When its time is over by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Millis>,
    /// What it is.
    pub matter: Matter,
    /// Who handles it at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub handled: Option<Handled>,
    /// Whether one may take it on oneself; else it is shown, and waits for somebody else.
    pub may_handle: bool,
}

/// A person, as staff at the desk see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Somebody {
    /// The number under which they stand in this place.
    pub person: u64,
    /// What they were when it happened.
    pub role: Role,
}

/// Who handles a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Handled {
    /// This member of staff.
    pub by: u64,
    /// Until then, unless they claim it again. A console does so every minute while the case is open in it.
    pub until: Millis,
}

/// What a case is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "matter", rename_all = "snake_case")]
#[ts(rename = "CaseMatter")]
#[schema(as = CaseMatter)]
pub enum Matter {
    /// A message waits: `approve`, `decline`.
    Hold {
        /// Why.
        cause: HoldCause,
        /// The id of the rule that said so, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        rule: Option<String>,
        /// How long it waits at most while somebody handles it.
        latest: Millis,
    },
    /// A report: `resolve`.
    Report {
        /// Who reported; 0 when a rule did, and when they asked to be forgotten.
        by: u64,
        /// The id of the rule that found something, if it was one and no person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        rule: Option<String>,
        /// What it is about.
        category: Category,
        /// Whether it is about what was said aloud.
        voice: bool,
        /// How often they reported this person since it is open.
        times: u32,
    },
    /// A cry for help: `settle`.
    Help {
        /// How often the person cried since it is open.
        times: u32,
        /// Who came first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        came: Option<u64>,
    },
    /// An appeal: `appeal`.
    Appeal {
        /// Against this sanction.
        sanction: u64,
    },
    /// A ban without an end: `proposal`.
    Proposal {
        /// Who proposed it.
        by: u64,
        /// Why.
        reason: Reason,
        /// What they noted.
        note: String,
    },
}

/// `GET desk/cases/{id}`: a case with all that one needs to decide. That one looked is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct CaseView {
    /// Its head.
    pub line: CaseLine,
    /// The message that waits, as long as it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub held: Option<HeldMessage>,
    /// What happened around it, the oldest first; empty when its time is over.
    pub around: Vec<Snapshot>,
    /// How many snapshots there were beyond those that are kept.
    pub more: u32,
    /// The person's past in this place, for those who may know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub history: Option<PersonHistory>,
    /// The sanction that an appeal is against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sanction: Option<SanctionLine>,
    /// How it was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closed: Option<Closed>,
    /// Why its evidence is kept for longer than its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kept: Option<KeepReason>,
}

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct HeldMessage {
    /// The nickname of who wrote it.
    pub nick: String,
    /// The words.
    pub text: String,
    /// When.
    pub at: Millis,
    /// In which zone of the room.
    pub zone: ZoneIndex,
    /// Where in the words the rule found something: bytes in UTF-8, from and to.
    pub spans: Vec<(usize, usize)>,
    /// What the rule found, in English.
    pub why: String,
}

/// What the server kept of a moment in a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Snapshot {
    /// When it was kept.
    pub at: Millis,
    /// In this room; empty for the whole place.
    pub room: String,
    /// What whoever reported or appealed had to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
    /// What was written, the oldest first, also what was taken back or away since.
    pub messages: Vec<KeptMessage>,
    /// Who spoke when; never what.
    pub spoke: Vec<KeptSpeech>,
}

/// Something that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct KeptMessage {
    /// Its number.
    #[schema(value_type = u64)]
    pub seq: crate::ids::Seq,
    /// Who wrote it.
    pub who: u64,
    /// What they were called.
    pub nick: String,
    /// In which zone of the room.
    pub zone: ZoneIndex,
    /// When.
    pub at: Millis,
    /// The words.
    pub text: String,
    /// What became of it since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub gone: Option<Gone>,
    /// Whether it is what the case is about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub meant: bool,
}

codes! {
    #[derive(TS, ToSchema)]
    /// Why a message is not to be seen any more.
    Gone {
        /// Whoever wrote it took it back.
        TakenBack = "taken_back",
        /// Staff took it away.
        Deleted = "deleted",
        /// It waited and was never shown.
        NeverShown = "never_shown",
    }
}

/// That somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct KeptSpeech {
    /// Who; what they were called stands beside what they wrote, if they did.
    pub who: u64,
    /// In which zone of the room.
    pub zone: ZoneIndex,
    /// From then.
    pub from: Millis,
    /// Until then; absent: they still spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Millis>,
}

/// Somebody's past in this place. A cry for help, worry about them, and what was taken back are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PersonHistory {
    /// How many reports about them led to something.
    pub reports: u32,
    /// How many of their messages staff showed.
    pub shown: u32,
    /// How many of their messages staff did not show.
    pub not_shown: u32,
    /// How many appeals they made.
    pub appeals: u32,
    /// How many sanctions.
    pub sanctions: u32,
    /// The last ten of these, the newest first.
    pub last: Vec<Past>,
}

/// How a case was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[ts(rename = "CaseClosed")]
#[schema(as = CaseClosed)]
pub struct Closed {
    /// When.
    pub at: Millis,
    /// By this member of staff; absent: by time, or by the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<u64>,
    /// How.
    pub outcome: Outcome,
}

/// What came of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CaseOutcome")]
#[schema(as = CaseOutcome)]
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
