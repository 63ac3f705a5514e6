//! Randomness, passed in: identities, tokens and suggestions come from here, and tests can seed it.

use std::sync::{Arc, Mutex, PoisonError};

use ibasho_protocol::ids::{MAX_ID, PersonId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A source of randomness. Cheap to clone; all clones draw from the same stream.
#[derive(Clone)]
pub struct Dice(Arc<Mutex<StdRng>>);

impl Dice {
    /// Seeded by the operating system: fit for secrets.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(rand::make_rng())))
    }

    /// Always the same: for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// A fresh identity. With 2^53 of them, two of a million people coincide with a chance of 1 in 18,000; the
    /// room draws again if it happens.
    pub fn person(&self) -> PersonId {
        PersonId(self.draw(|rng| rng.random_range(1..=MAX_ID)))
    }

    /// 32 random bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.draw(RngExt::random)
    }

    /// A random number.
    pub fn number(&self) -> u64 {
        self.draw(RngExt::random)
    }

    fn draw<T>(&self, with: impl FnOnce(&mut StdRng) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
