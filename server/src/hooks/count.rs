//! What is counted of hooks and webhooks: by their configured names, never by what was judged or told.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    hook: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Name {
    hook: String,
}

/// The counts.
#[derive(Default)]
pub struct Counts {
    answers: Family<Outcome, Counter>,
    open: Family<Name, Gauge>,
    sent: Family<Outcome, Counter>,
    waiting: Family<Name, Gauge>,
    dead: Family<Name, Gauge>,
    dropped: Family<Name, Counter>,
}

impl Counts {
    /// All zero.
    pub fn register(registry: &mut Registry) -> Self {
        let counts = Self::default();
        registry.register("hook_answers", "Answers of hooks, or why there was none", counts.answers.clone());
        registry.register("hook_open", "1: the hook is not asked, it failed too often", counts.open.clone());
        registry.register("webhook_sent", "Attempts to tell, by what came of them", counts.sent.clone());
        registry.register("webhook_waiting", "Events that wait to be told", counts.waiting.clone());
        registry.register("webhook_dead", "Events that could not be told", counts.dead.clone());
        registry.register("webhook_dropped", "Events dropped: too many could not be told", counts.dropped.clone());
        counts
    }

    /// A hook answered, or gave no answer for this reason.
    pub(super) fn answered(&self, hook: &str, outcome: &'static str) {
        self.answers.get_or_create(&Outcome { hook: hook.to_owned(), outcome }).inc();
    }

    /// Whether a hook is left alone.
    pub(super) fn open(&self, hook: &str, open: bool) {
        self.open.get_or_create(&Name { hook: hook.to_owned() }).set(i64::from(open));
    }

    /// A webhook was told, or not for this reason.
    pub(super) fn sent(&self, hook: &str, outcome: &'static str) {
        self.sent.get_or_create(&Outcome { hook: hook.to_owned(), outcome }).inc();
    }

    /// How many events of a webhook wait, and how many could not be told.
    pub(super) fn queue(&self, hook: &str, waiting: u32, dead: u32) {
        let name = Name { hook: hook.to_owned() };
        self.waiting.get_or_create(&name).set(waiting.into());
        self.dead.get_or_create(&name).set(dead.into());
    }

    /// So many events of a webhook were dropped.
    pub(super) fn dropped(&self, hook: &str, events: u64) {
        self.dropped.get_or_create(&Name { hook: hook.to_owned() }).inc_by(events);
    }
}
