//! What is wrong with a file of rules.

/// Faults that are told of one file: whoever mends these finds the next ones.
pub const FAULTS: usize = 100;

/// Something wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {place}: {what}")]
pub struct RuleFault {
    /// The id of the rule, or `#3` if it has none that can be used; empty for the file.
    pub rule: String,
    /// Where in the rule: `when.all[1].words.any[3]`.
    pub place: String,
    /// What is wrong, in English, for those who look after the rules.
    pub what: String,
}

/// Collects faults.
#[derive(Debug, Default)]
pub(super) struct Faults {
    rule: String,
    all: Vec<RuleFault>,
}

impl Faults {
    /// From here on faults are of this rule.
    pub(super) fn of(&mut self, rule: &str) {
        rule.clone_into(&mut self.rule);
    }

    pub(super) fn add(&mut self, place: &str, what: impl Into<String>) {
        if self.all.len() < FAULTS {
            self.all.push(RuleFault { rule: self.rule.clone(), place: place.to_owned(), what: what.into() });
        }
    }

    /// The faults, if any.
    pub(super) fn into_result<T>(self, fine: T) -> Result<T, Vec<RuleFault>> {
        if self.all.is_empty() { Ok(fine) } else { Err(self.all) }
    }
}
