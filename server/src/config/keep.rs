//! How long things are kept.

use serde::{Deserialize, Serialize};

/// The `[keep]` part of the configuration. Nothing here is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// A return phrase, after the month in which its owner was last seen. 1 to 120 months.
    pub members_months: u16,
    /// A note in the suggestion box. 1 to 3650 days.
    pub box_days: u16,
    /// The numbers of a session. 1 to 120 months.
    pub statistics_months: u16,
}

impl Default for Keep {
    fn default() -> Self {
        // Who is ill or in hospital for a year still comes back as the same person; hosts read their box within a
        // quarter; a ward office compares seven years.
        Self { members_months: 24, box_days: 90, statistics_months: 84 }
    }
}

impl Keep {
    /// The key of the first setting out of its bounds, and what they are.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let (months, days) = (1..=120, 1..=3650);
        if !months.contains(&self.members_months) {
            return Some(("members_months", "must be 1 to 120"));
        }
        if !days.contains(&self.box_days) {
            return Some(("box_days", "must be 1 to 3650"));
        }
        (!months.contains(&self.statistics_months)).then_some(("statistics_months", "must be 1 to 120"))
    }
}
