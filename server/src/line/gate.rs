//! Who has connected and not yet said hello: bounded, and the oldest goes first, so that thousands of silent sockets
//! never keep an honest newcomer out.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::close;
use ibasho_protocol::ids::Millis;

use super::LineId;
use super::outbox::Outbox;
use crate::rate::{ADDRESS, Bucket};

/// Addresses remembered before those that have calmed down are forgotten.
const ADDRESSES: usize = 10_000;

/// The lines before `hello`, and how fast addresses connect. Addresses stay in memory, for seconds, and go nowhere.
pub struct Gate {
    most: usize,
    waiting: Mutex<BTreeMap<LineId, Outbox>>,
    addresses: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Gate {
    /// A gate at which `most` lines may wait.
    pub fn new(most: usize) -> Self {
        Self { most, waiting: Mutex::default(), addresses: Mutex::default() }
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
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() >= ADDRESSES {
            addresses.retain(|_, bucket| !bucket.is_full(now));
        }
        addresses.entry(network(address)).or_insert_with(|| Bucket::new(ADDRESS, now)).take(now).is_ok()
    }
}

/// An IPv6 customer has at least a /64 of addresses to choose from.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
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
