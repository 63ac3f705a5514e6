//! What came of trying rules out: the verdict with everything that led to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::{Effect, Level, Mode, Reason, ViewKind};

/// What came of a trial. Holds what was written: for the eyes of those who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Tried {
    /// As in the trial.
    pub id: String,
    /// What shall happen.
    pub verdict: Level,
    /// The rule that decided.
    pub rule: Option<String>,
    /// What was found, in the order of its weight.
    pub findings: Vec<Found>,
    /// What shall be done besides.
    pub effects: Vec<Effect>,
    /// What the rules saw of the last message.
    pub views: Views,
}

/// A finding with the words it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Found {
    /// The rule.
    pub rule: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub reason: Reason,
    /// Its verdict.
    pub verdict: Level,
    /// Whether it is enforced or only tried.
    pub mode: Mode,
    /// What it saw.
    pub why: String,
    /// Whether it does not count because it stands in a cry for help.
    pub excused: bool,
    /// In which form of the text.
    pub view: ViewKind,
    /// The message with the end of it; none if it is not about words.
    pub message: Option<usize>,
    /// Bytes of that message in UTF-8, from and to.
    pub span: Option<[usize; 2]>,
    /// All its parts, if it goes over several messages: message, from, to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<[usize; 3]>>", optional)]
    pub pieces: Vec<[usize; 3]>,
    /// The words, as they were written; parts of several messages with a line break between.
    pub matched: String,
}

/// Forms of the last message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[ts(rename = "TriedViews")]
#[schema(as = TriedViews)]
pub struct Views {
    /// One form for the same words.
    pub folded: String,
    /// Without anything between the letters.
    pub joined: String,
    /// The numbers in it.
    pub digits: String,
}
