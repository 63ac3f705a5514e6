//! How often each rule found something since the server started: so one sees what a rule that is only tried would have
//! done before it is enforced. Numbers only: not whose words, not which.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ibasho_moderation::rules::{Finding, RuleSet};
use ibasho_protocol::api::desk::rules::RuleFound;

/// Which rule, in which version: a rule that was changed counts anew.
type Key = (String, u32);

/// What was found, by rule. There are never more than the rules in force, because each change forgets the others.
#[derive(Debug, Default)]
pub(super) struct Found(Mutex<BTreeMap<Key, Times>>);

#[derive(Debug, Default, Clone, Copy)]
struct Times {
    counted: u64,
    tried: u64,
    excused: u64,
}

impl Found {
    /// These were found in one message.
    pub(super) fn note(&self, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen: Vec<(&str, u32)> = Vec::new();
        for finding in findings {
            let key = (finding.rule.as_str(), finding.version);
            // A rule may find several things in one message; it would have stopped it once.
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let times = all.entry((finding.rule.clone(), finding.version)).or_default();
            if finding.excused {
                times.excused += 1;
            } else if finding.counts() {
                times.counted += 1;
            } else {
                times.tried += 1;
            }
        }
    }

    /// Only these rules are there from now on.
    pub(super) fn keep(&self, set: &RuleSet) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(id, version), _| set.rules.iter().any(|rule| rule.id == *id && rule.version == *version));
    }

    /// All of it.
    pub(super) fn all(&self) -> Vec<RuleFound> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = |((rule, version), times): (&Key, &Times)| RuleFound {
            rule: rule.clone(),
            version: *version,
            counted: times.counted,
            tried: times.tried,
            excused: times.excused,
        };
        all.iter().map(one).collect()
    }
}
