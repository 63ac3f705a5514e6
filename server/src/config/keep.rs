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
    /// What was said around a message that somebody reported. 1 to 3650 days.
    pub evidence_days: u16,
    /// What the record of staff's decisions is about (nicknames, words), apart from the record itself. 1 to 3650 days.
    pub audit_days: u16,
    /// What staff decided about somebody and the cases it came from, after they were settled. 1 to 3650 days.
    pub cases_days: u16,
}

impl Default for Keep {
    fn default() -> Self {
        // Who is ill or in hospital for a year still comes back as the same person; hosts read their box within a
        // quarter; a ward office compares seven years. Reports and appeals are settled within a quarter; whatever takes
        // longer (police, a court) has a reason, and is kept by that.
        Self {
            members_months: 24,
            box_days: 90,
            statistics_months: 84,
            evidence_days: 90,
            audit_days: 90,
            cases_days: 90,
        }
    }
}

impl Keep {
    /// A text in which each key in braces has become its number.
    pub(super) fn filled(&self, text: &str) -> String {
        let Self { members_months, box_days, statistics_months, evidence_days, audit_days, cases_days } = self;
        [
            ("{members_months}", members_months),
            ("{box_days}", box_days),
            ("{statistics_months}", statistics_months),
            ("{evidence_days}", evidence_days),
            ("{audit_days}", audit_days),
            ("{cases_days}", cases_days),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (key, number)| text.replace(key, &number.to_string()))
    }

    /// The key of the first setting out of its bounds, and what they are.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let (months, days) = (1..=120, 1..=3650);
        if !months.contains(&self.members_months) {
            return Some(("members_months", "must be 1 to 120"));
        }
        for (key, value) in [
            ("box_days", self.box_days),
            ("evidence_days", self.evidence_days),
            ("audit_days", self.audit_days),
            ("cases_days", self.cases_days),
        ] {
            if !days.contains(&value) {
                return Some((key, "must be 1 to 3650"));
            }
        }
        (!months.contains(&self.statistics_months)).then_some(("statistics_months", "must be 1 to 120"))
    }
}
