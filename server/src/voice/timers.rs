//! Who is to be woken when.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::book::Key;

/// Moments at which something is due for a peer. A peer that is gone is recognised by its serial number.
#[derive(Debug)]
pub struct Timers<T>(BinaryHeap<Reverse<(T, Key, u32)>>);

impl<T: Ord> Default for Timers<T> {
    fn default() -> Self {
        Self(BinaryHeap::new())
    }
}

impl<T: Ord + Copy> Timers<T> {
    /// Something is due for a peer.
    pub fn set(&mut self, at: T, key: Key, serial: u32) {
        self.0.push(Reverse((at, key, serial)));
    }

    /// The next moment.
    pub fn next(&self) -> Option<T> {
        self.0.peek().map(|Reverse((at, ..))| *at)
    }

    /// A peer for which the moment has come.
    pub fn due(&mut self, now: T) -> Option<(Key, u32)> {
        self.next().filter(|at| *at <= now)?;
        self.0.pop().map(|Reverse((_, key, serial))| (key, serial))
    }
}
