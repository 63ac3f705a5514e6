//! How fast phrases may be tried and made. Nobody is ever locked out: who is too fast is told when to try again, and a
//! phrase that is right costs nothing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::rate::{Bucket, Rate, network};

/// Wrong phrases from one address: a whole support office may mistype at once, then one every four seconds. (That is a
/// matter of the processor's time. Guessing 55 bits is hopeless at any rate a server can answer.)
const WRONG: Rate = Rate { per_second: 0.25, burst: 20.0 };
/// Wrong phrases from everywhere together: a quarter of what one small machine can hash, so that those who know theirs
/// still come in.
const WRONG_ANYWHERE: Rate = Rate { per_second: 5.0, burst: 60.0 };
/// New phrases, from all rooms together: everybody may want one when an afternoon ends.
const NEW: Rate = Rate { per_second: 2.0, burst: 60.0 };
/// Addresses remembered before those that have calmed down are forgotten.
const ADDRESSES: usize = 10_000;

/// The rates. Addresses stay in memory, for a minute, and go nowhere.
#[derive(Default)]
pub struct Rates(Mutex<State>);

#[derive(Default)]
struct State {
    addresses: HashMap<IpAddr, Bucket>,
    anywhere: Option<Bucket>,
    new: Option<Bucket>,
}

impl Rates {
    /// Before a phrase is tried: takes as if it was wrong.
    ///
    /// # Errors
    /// `too_fast`, with when to try again.
    pub fn attempt(&self, address: IpAddr, now: Millis) -> Result<(), Refusal> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.addresses.len() >= ADDRESSES {
            state.addresses.retain(|_, bucket| !bucket.is_full(now));
        }
        take(state.addresses.entry(network(address)).or_insert_with(|| Bucket::new(WRONG, now)), now)?;
        take(state.anywhere.get_or_insert_with(|| Bucket::new(WRONG_ANYWHERE, now)), now)
    }

    /// The phrase was right, or could not be tried: that attempt does not count.
    pub fn refund(&self, address: IpAddr) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        for bucket in state.addresses.get_mut(&network(address)).into_iter().chain(&mut state.anywhere) {
            bucket.put_back();
        }
    }

    /// Before a phrase is made.
    ///
    /// # Errors
    /// `too_fast`, with when to try again.
    pub fn keep(&self, now: Millis) -> Result<(), Refusal> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        take(state.new.get_or_insert_with(|| Bucket::new(NEW, now)), now)
    }
}

fn take(bucket: &mut Bucket, now: Millis) -> Result<(), Refusal> {
    bucket.take(now).map_err(|after| Refusal::new(RefusalCode::TooFast).after(after))
}
