//! Sanctions: graded, with a reason, an end, a notice and a way back.

use serde::{Deserialize, Serialize};

use super::RecordKind;
use super::audit::{Audit, AuditAction, Who};
use super::changes::Touched;
use super::codes::Reason;
use super::subject::{Scope, Target};
pub use ibasho_protocol::desk::kind::{Kind, TIMEOUT_MINUTES};

/// The longest pause that a rule may give by itself, in minutes. What lasts longer is a person's decision.
pub const MAX_RULE_MINUTES: u32 = 5;
/// The longest note of staff to a sanction, in characters.
pub const MAX_NOTE: usize = ibasho_protocol::desk::NOTE_CHARS;

/// Something that was decided about somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanction {
    /// Its id.
    pub id: u64,
    /// It rises with every change.
    pub version: u32,
    /// About whom.
    pub target: Target,
    /// What.
    pub kind: Kind,
    /// Where.
    pub scope: Scope,
    /// Why.
    pub reason: Reason,
    /// What staff noted for each other.
    pub note: String,
    /// Who decided; `None` is a rule.
    pub by: Option<u64>,
    /// The second person, for a ban without an end.
    pub approved_by: Option<u64>,
    /// Since when, in milliseconds since the Unix epoch.
    pub at: u64,
    /// Until when; `None` only for a ban that a second person approved.
    pub until: Option<u64>,
    /// The case it came from.
    pub case: Option<u64>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// The appeal: against it, or the one that made it. There is one only.
    pub appeal: Option<u64>,
}

/// The end of a sanction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When, in milliseconds since the Unix epoch.
    pub at: u64,
    /// How.
    pub how: How,
}

/// How a sanction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Its time was over.
    Expired,
    /// Somebody took it back: then it was never one.
    Undone {
        /// This member of staff.
        by: u64,
    },
    /// An appeal made a milder one of it.
    Changed {
        /// This member of staff.
        by: u64,
        /// The milder one.
        into: u64,
    },
}

impl Sanction {
    /// Whether it is in force at this moment, whether or not somebody has noticed its end yet.
    pub fn is_in_force(&self, now: u64) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| now < until)
    }

    /// Whether it was taken back.
    pub fn is_undone(&self) -> bool {
        matches!(self.ended, Some(Ended { how: How::Undone { .. }, .. }))
    }

    /// Whether this member of staff decided it, alone or with another.
    pub fn was_decided_by(&self, staff: u64) -> bool {
        self.by == Some(staff) || self.approved_by == Some(staff)
    }

    /// Whether that would be milder: less grave, or the same for a shorter time, and in no case for longer.
    pub(super) fn would_be_milder(&self, kind: Kind, until: u64) -> bool {
        let (before, after) = (self.kind.gravity(), kind.gravity());
        let longer = self.until.is_some_and(|end| until > end);
        let shorter = self.until.is_none_or(|end| until < end);
        !longer && (after < before || (kind == self.kind && shorter))
    }

    pub(super) fn audit(&self, action: AuditAction, actor: Who) -> Audit {
        Audit {
            person: Some(self.target.subject.person),
            room: self.scope.room().map(str::to_owned),
            reason: Some(self.reason.code()),
            case: self.case,
            sanction: Some(self.id),
            ..Audit::new(action, actor)
        }
    }

    pub(super) fn touched(&self) -> Touched {
        Touched { kind: RecordKind::Sanction, id: self.id, version: Some(self.version) }
    }
}
