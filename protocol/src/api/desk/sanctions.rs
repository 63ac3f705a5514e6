//! What was decided about people: the list to search and to undo from, and deciding.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::case::Somebody;
use crate::desk::Scope;
use crate::desk::codes::Reason;
use crate::desk::kind::Kind;
use crate::ids::Millis;

/// Most sanctions in one answer: what one scrolls through before one searches.
pub const PAGE: usize = 50;

/// `POST desk/sanctions`: decide about whom a case is about. Answered by [`super::Made`]: the sanction, or for a ban without
/// an end the case in which a second person is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Impose {
    /// The case; a cry for help, or worry, is none for this.
    pub case: u64,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// How long, in minutes: 0 for a nudge, 1, 5, 60 or 1440 for a timeout.
    pub minutes: u32,
    /// Why.
    pub reason: Reason,
    /// What staff note for each other, at most 400 characters.
    #[serde(default)]
    pub note: String,
    /// A ban without an end: `minutes` is 0 then, and nothing is in force until a second person agrees.
    #[serde(default)]
    pub permanent: bool,
}

/// `GET desk/sanctions?q=&in_force=&before=`: the newest first. `q` looks at the numbers of sanction and person, the codes of
/// kind and reason, the room and the note; `in_force=true` leaves out what is over; `before` is the last id one has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Sanctions {
    /// At most 50.
    pub sanctions: Vec<SanctionLine>,
    /// Whether there are more.
    pub more: bool,
}

/// A sanction. `POST desk/sanctions/{id}/undo` takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SanctionLine {
    /// Its id.
    pub id: u64,
    /// About whom.
    pub about: Somebody,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// What staff noted for each other.
    pub note: String,
    /// Who decided; absent: a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<u64>,
    /// The second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub approved_by: Option<u64>,
    /// Since when.
    pub at: Millis,
    /// Until when; absent: without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Millis>,
    /// The case it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub case: Option<u64>,
    /// The appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub appeal: Option<u64>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ended: Option<Ended>,
    /// Whether it is in force.
    pub in_force: bool,
    /// Whether one may take it back.
    pub may_undo: bool,
}

/// The end of a sanction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[ts(rename = "SanctionEnded")]
#[schema(as = SanctionEnded)]
pub struct Ended {
    /// When.
    pub at: Millis,
    /// How.
    pub how: EndedHow,
    /// By whom; absent: by time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<u64>,
    /// The milder one that an appeal made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub into: Option<u64>,
}

/// How a sanction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndedHow {
    /// Its time was over.
    Expired,
    /// Somebody took it back: then it was never one.
    Undone,
    /// An appeal made a milder one of it.
    Changed,
}

/// A sanction of the past, beside a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[ts(rename = "PastSanction")]
#[schema(as = PastSanction)]
pub struct Past {
    /// Which.
    pub sanction: u64,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: Millis,
    /// Its end; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Millis>,
    /// Whether it is in force.
    pub in_force: bool,
}
