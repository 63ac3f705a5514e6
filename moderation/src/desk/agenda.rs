//! When time has something to do: the next moment is found at once, however many things wait.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::RecordKind;

/// Something that waits for a moment.
pub(super) type Waiting = (RecordKind, u64);

/// What waits, by moment. At the same moment the order is fixed, so that a desk always does the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Agenda {
    by_time: BTreeSet<(u64, Waiting)>,
    by_what: BTreeMap<Waiting, u64>,
}

impl Agenda {
    /// Lets `what` wait for the moment, or for nothing.
    pub(super) fn set(&mut self, what: Waiting, at: Option<u64>) {
        if let Some(before) = self.by_what.remove(&what) {
            self.by_time.remove(&(before, what));
        }
        if let Some(at) = at {
            self.by_what.insert(what, at);
            self.by_time.insert((at, what));
        }
    }

    /// What comes next, and when.
    pub(super) fn first(&self) -> Option<(u64, Waiting)> {
        self.by_time.first().copied()
    }
}
