//! What is counted of the office. Codes and times only: no person, no word, no room.

use std::time::Duration;

use ibasho_moderation::desk::audit::Audit;
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_moderation::rules::{Mode, RuleSet};
use ibasho_protocol::api::desk::rules::RuleFound;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::found::Found;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Action {
    action: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Judged {
    verdict: String,
    mode: String,
}

/// Upper bounds of the time from a command to its effect, in seconds: a disk that is quick, the promise of 200 ms, and a
/// disk in trouble.
const BUCKETS: [f64; 7] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 1.0];

/// What is counted of the office.
pub struct Counts {
    actions: Family<Action, Counter>,
    judged: Family<Judged, Counter>,
    calls: Counter,
    took: Histogram,
    missed: Counter,
    found: Found,
}

impl Counts {
    /// Registers all of it.
    pub fn register(registry: &mut Registry) -> Self {
        let counts = Self {
            actions: Family::default(),
            judged: Family::default(),
            calls: Counter::default(),
            took: Histogram::new(BUCKETS),
            missed: Counter::default(),
            found: Found::default(),
        };
        registry.register("desk_actions", "What was done at the desk, by action", counts.actions.clone());
        registry.register("rules_judged", "What rules said of messages, by verdict and mode", counts.judged.clone());
        registry.register("desk_calls", "Calls for staff", counts.calls.clone());
        registry.register("desk_effect_seconds", "From a command of the desk to its effect", counts.took.clone());
        registry.register("desk_live_missed", "Live events that a slow console was not told", counts.missed.clone());
        counts
    }

    /// A console was too slow for so many live events.
    pub fn missed(&self, events: u64) {
        self.missed.inc_by(events);
    }

    /// Something was decided and has taken effect.
    pub fn decided(&self, audit: &[Audit], took: Duration) {
        for entry in audit {
            self.actions.get_or_create(&Action { action: entry.action.code().to_owned() }).inc();
        }
        if !audit.is_empty() {
            self.took.observe(took.as_secs_f64());
        }
    }

    /// Staff were called.
    pub fn called(&self) {
        self.calls.inc();
    }

    /// Rules judged a message. What is only tried is counted beside it.
    pub fn judged(&self, decision: &Decision) {
        let verdict = match decision.verdict {
            Verdict::Allow => "allow",
            Verdict::Flag => "flag",
            Verdict::Hold => "hold",
            Verdict::Block(_) => "block",
        };
        self.count(verdict, "enforce");
        if decision.findings.iter().any(|finding| finding.mode == Mode::DryRun) {
            self.count("found", "dry_run");
        }
        self.found.note(&decision.findings);
    }

    /// What each rule found.
    pub fn found(&self) -> Vec<RuleFound> {
        self.found.all()
    }

    /// These are the rules from now on.
    pub fn rules(&self, set: &RuleSet) {
        self.found.keep(set);
    }

    fn count(&self, verdict: &str, mode: &str) {
        self.judged.get_or_create(&Judged { verdict: verdict.to_owned(), mode: mode.to_owned() }).inc();
    }
}
