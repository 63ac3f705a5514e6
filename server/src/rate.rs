//! Token buckets: how much is too fast.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::ids::Millis;

/// A rate: so many a second, and so many at once.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Tokens that come back each second.
    pub per_second: f32,
    /// Tokens the full bucket holds.
    pub burst: f32,
}

/// Steering with the arrow keys sends up to four walks a second; a little more is haste, not a flood.
pub const WALK: Rate = Rate { per_second: 6.0, burst: 12.0 };
/// Faster than one can type, slow enough that others can read.
pub const SAY: Rate = Rate { per_second: 1.0, burst: 5.0 };
/// A reaction is shown for four seconds.
pub const REACT: Rate = Rate { per_second: 1.0, burst: 4.0 };
/// Taking back is rare.
pub const TAKE_BACK: Rate = Rate { per_second: 1.0, burst: 4.0 };
/// Trying out how one wants to be here.
pub const SETTINGS: Rate = Rate { per_second: 1.0, burst: 6.0 };
/// Taking part in a session: hands, votes, turns.
pub const TAKE: Rate = Rate { per_second: 1.0, burst: 8.0 };
/// Hosting: somebody who admits ten people one by one must not be slowed down.
pub const HOST: Rate = Rate { per_second: 4.0, burst: 20.0 };
/// Offers of a voice connection: each costs the server a handshake with keys. One for each time a network changes.
pub const OFFER: Rate = Rate { per_second: 0.5, burst: 6.0 };
/// Reports, appeals and taking back what waits together: each is written to disk. Five tables of a raid one after the
/// other.
pub const PLEA: Rate = Rate { per_second: 0.5, burst: 5.0 };
/// Turning the microphone on: push-to-talk, as fast as one can press.
pub const MIC: Rate = Rate { per_second: 4.0, burst: 20.0 };
/// Everything a connection sends together: above the sum of what a person does at once.
pub const LINE: Rate = Rate { per_second: 20.0, burst: 40.0 };
/// New connections from one address (IPv4) or network (IPv6 /64). A welfare office or a school shares one, and all
/// of them come back at once after a restart.
pub const ADDRESS: Rate = Rate { per_second: 200.0, burst: 2000.0 };

/// Bookings, themes and codes from one address. An office books for a whole group, and behind a web server everybody
/// has its address; who guesses codes gets nowhere at this rate (`calendar::code`).
pub const BOOKING: Rate = Rate { per_second: 2.0, burst: 60.0 };

/// Practising alone, from one address. Each try costs a WebRTC connection; an office or a school tries with a whole group.
pub const PRACTICE: Rate = Rate { per_second: 0.5, burst: 30.0 };

/// Wrong codes at the doors of all rooms together: a quarter of what one small machine can hash, so that those who have
/// a right one still come in.
pub const DOOR_CODES: Rate = Rate { per_second: 5.0, burst: 60.0 };

/// Appeals at the door from one address. A pass is good for one appeal and cannot be guessed; this keeps a flood of guesses
/// from costing anything.
pub const APPEAL: Rate = Rate { per_second: 0.5, burst: 30.0 };

/// Buckets remembered before those that have calmed down are forgotten.
const REMEMBERED: usize = 10_000;

/// A bucket for each of many.
pub struct Buckets<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Full buckets of this rate.
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Takes a token of this one.
    ///
    /// # Errors
    /// The milliseconds until there is one.
    pub fn take(&self, key: K, now: Millis) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| !bucket.is_full(now));
        }
        buckets.entry(key).or_insert_with(|| Bucket::new(self.rate, now)).take(now)
    }
}

/// A bucket for each address (IPv4) or network (IPv6 /64). Addresses stay in memory, for seconds, and go nowhere.
pub struct Addresses(Buckets<IpAddr>);

impl Addresses {
    /// Full buckets of this rate.
    pub fn new(rate: Rate) -> Self {
        Self(Buckets::new(rate))
    }

    /// Takes a token of an address.
    ///
    /// # Errors
    /// The milliseconds until there is one.
    pub fn take(&self, address: IpAddr, now: Millis) -> Result<(), u32> {
        self.0.take(network(address), now)
    }
}

/// An IPv6 customer has at least a /64 of addresses to choose from.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// A bucket of tokens.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    rate: Rate,
    tokens: f32,
    at: Millis,
}

impl Bucket {
    /// A full bucket.
    pub fn new(rate: Rate, now: Millis) -> Self {
        Self { rate, tokens: rate.burst, at: now }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// The milliseconds until there is one.
    pub fn take(&mut self, now: Millis) -> Result<(), u32> {
        self.refill(now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        Err(((1.0 - self.tokens) / self.rate.per_second * 1000.0).ceil() as u32)
    }

    /// Puts a token back that was not needed.
    pub fn put_back(&mut self) {
        self.tokens = (self.tokens + 1.0).min(self.rate.burst);
    }

    /// Whether nothing has been taken for so long that it is as good as new.
    pub fn is_full(&mut self, now: Millis) -> bool {
        self.refill(now);
        self.tokens >= self.rate.burst
    }

    fn refill(&mut self, now: Millis) {
        let elapsed = now.saturating_sub(self.at) as f32 / 1000.0;
        self.tokens = (self.tokens + elapsed * self.rate.per_second).min(self.rate.burst);
        self.at = self.at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_and_then_the_rate() {
        let mut bucket = Bucket::new(Rate { per_second: 2.0, burst: 3.0 }, 1000);
        for _ in 0..3 {
            assert_eq!(bucket.take(1000), Ok(()));
        }
        assert_eq!(bucket.take(1000), Err(500));
        assert_eq!(bucket.take(1499), Err(1));
        assert_eq!(bucket.take(1500), Ok(()));
        assert!(!bucket.is_full(2999));
        assert!(bucket.is_full(3000));
    }
}
