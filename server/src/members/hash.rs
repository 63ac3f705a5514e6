//! What is kept of a phrase or a code: a slow hash with a secret of this installation.

use argon2::{Algorithm, Argon2, Params, Version};
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::Semaphore;

/// What one hash costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Hashes that may wait; past it the answer is `busy`.
    pub waiting: usize,
}

/// OWASP's least for argon2id, about 40 ms. More would buy nothing: a phrase has 55 random bits, so even with the store
/// and its secret in hand, finding one of ten thousand phrases takes 2^41 hashes. Less would make a stolen store cheap.
/// And a whole afternoon that comes back at once must not wait for minutes: two seconds' worth on a small machine may.
pub const PHRASE: Cost = Cost { memory_kib: 19 * 1024, passes: 2, waiting: 100 };
const LANES: u32 = 1;
/// Hashes at a time: rooms need the processors too. They take 38 MiB together.
const AT_A_TIME: usize = 2;
/// What is kept of a phrase or a code.
pub type Kept = [u8; 32];

/// Makes hashes, a few at a time.
pub struct Hasher {
    /// A secret of this installation. It is the salt of every phrase: with one of its own each, finding a phrase would
    /// need a hash for every member.
    secret: [u8; 32],
    cost: Cost,
    running: Semaphore,
    waiting: Semaphore,
}

impl Hasher {
    /// With a secret of this installation.
    pub fn new(secret: [u8; 32], cost: Cost) -> Self {
        Self { secret, cost, running: Semaphore::new(AT_A_TIME), waiting: Semaphore::new(cost.waiting) }
    }

    /// The hash of the core of a phrase, or of a code.
    ///
    /// # Errors
    /// [`RefusalCode::Busy`]: too many wait.
    pub async fn hash(&self, core: String) -> Result<Kept, RefusalCode> {
        let busy = |_| RefusalCode::Busy;
        let _waits = self.waiting.try_acquire().map_err(busy)?;
        let _runs = self.running.acquire().await.map_err(|_| RefusalCode::Busy)?;
        let (secret, cost) = (self.secret, self.cost);
        tokio::task::spawn_blocking(move || slow(&core, &secret, cost)).await.ok().flatten().ok_or(RefusalCode::Busy)
    }
}

fn slow(core: &str, secret: &[u8; 32], cost: Cost) -> Option<Kept> {
    let params = Params::new(cost.memory_kib, cost.passes, LANES, None).ok()?;
    let mut out = Kept::default();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(core.as_bytes(), secret, &mut out).ok()?;
    Some(out)
}
