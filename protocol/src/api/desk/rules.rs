//! The rules of the place: reading, changing and trying them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::rules::{Occasion, RuleSet};

/// Most messages in one try: as many as rules look back.
pub const TRY_MESSAGES: usize = 8;

/// `GET desk/rules`: all rules, as they are in force. `PUT desk/rules` takes the same: `version` is the one that one has seen;
/// answered by [`RulesKept`], by 409 `stale`, or by 422 [`RuleFaults`], and then nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Counts the changes; 0 are those that the program came with.
    pub version: u64,
    /// The rules.
    pub set: RuleSet,
}

/// The rules are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesKept {
    /// Their version.
    pub version: u64,
}

/// `GET desk/rules/found`: what each rule found since the server started. A rule that found nothing is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesFound {
    /// By id and version: a rule that was changed counts anew.
    pub rules: Vec<RuleFound>,
}

/// How often a rule found something, in messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RuleFound {
    /// Its id.
    pub rule: String,
    /// Its version.
    pub version: u32,
    /// So often what it said counted.
    #[ts(type = "number")]
    pub counted: u64,
    /// So often it would have counted, but the rule is only tried.
    #[ts(type = "number")]
    pub tried: u64,
    /// So often it did not count, because somebody cried for help with these words.
    #[ts(type = "number")]
    pub excused: u64,
}

/// The rules cannot be used: what is wrong, at most 100 faults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RuleFaults {
    /// All that was found.
    pub faults: Vec<RuleFault>,
}

/// Something wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct RuleFault {
    /// The id of the rule, or `#3` if it has none that can be used; empty for the whole.
    pub rule: String,
    /// Where in the rule: `when.all[1].words.any[3]`.
    pub place: String,
    /// What is wrong, in English, for those who look after the rules.
    pub what: String,
}

/// `POST desk/rules/try`: what would be said of a message. Nothing of it is kept. Answered by
/// [`crate::rules::trial::Tried`], or by 422 [`RuleFaults`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryRules {
    /// Consecutive messages of one newcomer, 1 to 8; the last is judged.
    pub texts: Vec<String>,
    /// What it is; absent: a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub on: Option<Occasion>,
    /// Rules that are not in force yet; absent: those that are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub set: Option<RuleSet>,
}
