//! Wrong attempts slow down, and nobody is locked out for good. Two measures: after a few wrong attempts a name can be
//! tried only every so often, up to half a minute; and an address may knock only so fast, whatever it asks.
//!
//! Passkeys cannot be guessed and know no name, so somebody who is being attacked can always come in with theirs.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::rate::{Bucket, Rate};

/// Wrong attempts before it slows down: a slip, the other keyboard, the old passphrase.
const FREE: u32 = 3;
/// The first wait, in milliseconds; each further one is twice as long.
const FIRST_MS: Millis = 1_000;
/// The longest wait, in milliseconds: half a minute allows three thousand guesses a day, which is nothing against
/// twelve characters, and a person can bear it.
const LONGEST_MS: Millis = 30_000;
/// A name that was left alone for so long starts anew, in milliseconds.
const FORGOTTEN_MS: Millis = 15 * 60_000;
/// Names remembered at a time. Past it the one that was left alone longest is forgotten.
const NAMES: usize = 4_096;
/// How fast an address may ask for anything without a login. Staff of one office share one, and behind a proxy
/// everybody does; it bounds what guessing costs the server, not what a person does.
const KNOCK: Rate = Rate { per_second: 5.0, burst: 60.0 };
/// Addresses remembered before those that have calmed down are forgotten.
const ADDRESSES: usize = 10_000;

/// How fast may be tried. In memory only: a restart forgives.
#[derive(Default)]
pub(crate) struct Slow {
    names: Mutex<HashMap<String, Tries>>,
    addresses: Mutex<HashMap<IpAddr, Bucket>>,
}

struct Tries {
    wrong: u32,
    last: Millis,
}

impl Tries {
    fn wait(&self) -> Millis {
        match self.wrong.checked_sub(FREE) {
            None => 0,
            Some(steps) => (FIRST_MS << steps.min(16)).min(LONGEST_MS),
        }
    }
}

impl Slow {
    /// Somebody at this address asks for something without a login.
    ///
    /// # Errors
    /// `too_fast`, with when it is possible again.
    pub(crate) fn knock(&self, address: IpAddr, now: Millis) -> Result<(), Refusal> {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() >= ADDRESSES {
            addresses.retain(|_, bucket| !bucket.is_full(now));
        }
        let bucket = addresses.entry(crate::rate::network(address)).or_insert_with(|| Bucket::new(KNOCK, now));
        bucket.take(now).map_err(|after| Refusal::from(RefusalCode::TooFast).after(after))
    }

    /// A name is about to be tried. It counts as wrong until [`Slow::right`] or [`Slow::undo`] says otherwise, so that
    /// many attempts at the same moment gain nothing.
    ///
    /// # Errors
    /// `too_fast`, with when it is possible again; such an attempt does not count.
    pub(crate) fn attempt(&self, name: &str, now: Millis) -> Result<(), Refusal> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains_key(name) && names.len() >= NAMES {
            names.retain(|_, tries| now < tries.last + FORGOTTEN_MS);
            if names.len() >= NAMES
                && let Some(oldest) = names.iter().min_by_key(|(_, tries)| tries.last).map(|(name, _)| name.clone())
            {
                names.remove(&oldest);
            }
        }
        let tries = names.entry(name.to_owned()).or_insert(Tries { wrong: 0, last: now });
        if now >= tries.last + FORGOTTEN_MS {
            tries.wrong = 0;
        }
        let free = tries.last + tries.wait();
        if now < free {
            return Err(Refusal::from(RefusalCode::TooFast).after((free - now) as u32));
        }
        tries.wrong = tries.wrong.saturating_add(1);
        tries.last = now;
        Ok(())
    }

    /// The last attempt was right.
    pub(crate) fn right(&self, name: &str) {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    /// The last attempt was neither right nor wrong.
    pub(crate) fn undo(&self, name: &str) {
        if let Some(tries) = self.names.lock().unwrap_or_else(PoisonError::into_inner).get_mut(name) {
            tries.wrong = tries.wrong.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_remembered_up_to_a_bound_and_the_oldest_goes() {
        let slow = Slow::default();
        for number in 0..NAMES as u64 + 10 {
            slow.attempt(&number.to_string(), number).expect("the first attempt is free");
        }
        let names = slow.names.lock().expect("nobody panicked");
        assert!(names.len() == NAMES && !names.contains_key("0") && names.contains_key("10"));
    }
}
