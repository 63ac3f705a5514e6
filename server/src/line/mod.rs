//! A line: one WebSocket connection of one person.

pub mod frame;
pub mod gate;
mod guard;
mod knock;
pub mod outbox;
mod pass;
pub mod session;
pub mod watch;
pub mod wire;

use std::sync::atomic::{AtomicU64, Ordering};

/// A connection, for as long as the process runs. Tells nothing about who is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineId(u64);

impl LineId {
    /// The next one.
    pub fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl std::fmt::Display for LineId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
