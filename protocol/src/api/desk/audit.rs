//! The record of what staff did. `GET desk/audit/export` is all of it as JSON lines with the signed heads, for
//! `ibasho audit verify`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::Millis;

/// Most entries in one answer.
pub const AUDIT_PAGE: usize = 100;

/// `GET desk/audit?after=&before=`: a part of the record. Without either the newest entries; the oldest of a part comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AuditPage {
    /// At most 100.
    pub entries: Vec<AuditEntry>,
    /// The number of the newest entry of all.
    pub last: u64,
}

/// An entry: who did what, never what somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AuditEntry {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Millis,
    /// Who: `staff:` with their number, `person:` with theirs, `server` (also for what time did), `operator` or `rule`.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub target: Option<String>,
    /// Where; absent: the whole site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub room: Option<String>,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub case: Option<String>,
    /// Why, or how: a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}
