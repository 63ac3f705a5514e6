//! Presence is a guard: no way out forgets anybody.

use std::sync::Arc;

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;

use super::LineId;
use crate::metrics::Metrics;
use crate::room::handle::{RoomHandle, ToRoom};

/// A line that is counted until this is dropped.
pub(super) struct Counted(Arc<Metrics>);

impl Counted {
    pub(super) fn new(metrics: Arc<Metrics>) -> Self {
        metrics.lines.inc();
        Self(metrics)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.lines.dec();
    }
}

/// Somebody whose line this is. However the line ends, a panic included, the room is told.
pub(super) struct Inside {
    pub(super) room: RoomHandle,
    pub(super) line: LineId,
    pub(super) who: PersonId,
}

impl Drop for Inside {
    fn drop(&mut self) {
        let lost = || ToRoom::Lost { line: self.line, who: self.who };
        if self.room.try_send(lost()) == Err(RefusalCode::Busy) {
            // The inbox is full: wait for a place, elsewhere. Outside of a runtime everything is over anyway.
            let (room, lost) = (self.room.clone(), lost());
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(async move { room.send(lost).await });
            }
        }
    }
}
