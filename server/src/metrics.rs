//! What the operator can measure (Prometheus). Counts of machinery only: no person, no word, no address is in here.

use std::sync::Arc;
use std::time::Duration;

use ibasho_protocol::refusal::RefusalCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::desk::count::Counts as DeskCounts;
use crate::hooks::count::Counts as HookCounts;
use crate::voice::count::Counts;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: String,
}

/// Upper bounds of the tick histogram, in seconds: from a quiet room to one that is in trouble.
const TICK_BUCKETS: [f64; 7] = [0.000_01, 0.000_03, 0.000_1, 0.000_3, 0.001, 0.01, 0.1];

/// All metrics.
pub struct Metrics {
    registry: Registry,
    /// Connected lines.
    pub lines: Gauge,
    /// WebSocket frames sent.
    pub frames_out: Counter,
    /// Bytes sent on lines.
    pub bytes_out: Counter,
    /// Walks, and who speaks, left out for slow readers, who got a newer one later.
    pub walks_left_out: Counter,
    /// Rooms that failed and opened again.
    pub rooms_failed: Counter,
    /// Passphrases stretched: each costs a core for a moment, also a wrong one.
    pub passphrases: Counter,
    /// What the media engine counts.
    pub voice: Arc<Counts>,
    /// What is counted of hooks and webhooks.
    pub hooks: Arc<HookCounts>,
    /// What is counted of the office.
    pub desk: DeskCounts,
    ticks: Histogram,
    closes: Family<Code, Counter>,
    refusals: Family<Reason, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("ibasho");
        let metrics = Self {
            lines: Gauge::default(),
            frames_out: Counter::default(),
            bytes_out: Counter::default(),
            walks_left_out: Counter::default(),
            rooms_failed: Counter::default(),
            passphrases: Counter::default(),
            voice: Arc::new(Counts::register(&mut registry)),
            hooks: Arc::new(HookCounts::register(&mut registry)),
            desk: DeskCounts::register(&mut registry),
            ticks: Histogram::new(TICK_BUCKETS),
            closes: Family::default(),
            refusals: Family::default(),
            registry: Registry::default(),
        };
        registry.register("lines", "Connected lines", metrics.lines.clone());
        registry.register("frames_out", "WebSocket frames sent", metrics.frames_out.clone());
        registry.register("bytes_out", "Bytes sent on lines", metrics.bytes_out.clone());
        registry.register(
            "walks_left_out",
            "Walks, and who speaks, left out for slow readers",
            metrics.walks_left_out.clone(),
        );
        registry.register("rooms_failed", "Rooms that failed and opened again", metrics.rooms_failed.clone());
        registry.register("passphrases", "Passphrases stretched, right or wrong", metrics.passphrases.clone());
        registry.register("tick_seconds", "Time of a room's tick", metrics.ticks.clone());
        registry.register("closes", "Lines closed by the server, by close code", metrics.closes.clone());
        registry.register("refusals", "Messages refused before a room, by reason", metrics.refusals.clone());
        Self { registry, ..metrics }
    }
}

impl Metrics {
    /// A tick took so long.
    pub fn tick(&self, took: Duration) {
        self.ticks.observe(took.as_secs_f64());
    }

    /// The server closed a line.
    pub fn closed(&self, code: u16) {
        self.closes.get_or_create(&Code { code: u32::from(code) }).inc();
    }

    /// A message was refused.
    pub fn refused(&self, code: RefusalCode) {
        self.refusals.get_or_create(&Reason { reason: format!("{code:?}") }).inc();
    }

    /// The Prometheus text format.
    pub fn render(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
