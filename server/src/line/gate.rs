//! Who has connected and not yet said hello: bounded, and the oldest goes first, so that thousands of silent sockets
//! never keep an honest newcomer out.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::close;
use ibasho_protocol::ids::Millis;

use super::LineId;
use super::outbox::Outbox;
use crate::rate::{ADDRESS, Addresses};

/// The lines before `hello`, and how fast addresses connect. Addresses stay in memory, for seconds, and go nowhere.
pub struct Gate {
    most: usize,
    waiting: Mutex<BTreeMap<LineId, Outbox>>,
    addresses: Addresses,
}

impl Gate {
    /// A gate at which `most` lines may wait.
    pub fn new(most: usize) -> Self {
        Self { most, waiting: Mutex::default(), addresses: Addresses::new(ADDRESS) }
    }

    /// A line waits for its `hello`. If too many do, the one that has waited longest is closed.
    pub fn wait(&self, line: LineId, outbox: Outbox) -> Waiting<'_> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert(line, outbox);
        if waiting.len() > self.most
            && let Some((_, oldest)) = waiting.pop_first()
        {
            oldest.close(close::CROWDED, None);
        }
        Waiting { gate: self, line }
    }

    /// Whether an address may connect now.
    pub fn admits(&self, address: IpAddr, now: Millis) -> bool {
        self.addresses.take(address, now).is_ok()
    }
}

/// A line that waits, until this is dropped.
pub struct Waiting<'a> {
    gate: &'a Gate,
    line: LineId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.gate.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.line);
    }
}
