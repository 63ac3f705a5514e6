//! What is kept of a phrase: a slow hash with the secret of this installation.

use argon2::{Algorithm, Argon2, Params, Version};
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::Semaphore;

/// Memory, passes and lanes of one hash: OWASP's least for argon2id, about 40 ms. More would buy nothing: a phrase has
/// 55 random bits, so even with the store and its secret in hand, finding one of ten thousand phrases takes 2^41 hashes.
/// Less would make a stolen store cheap. And a whole afternoon that comes back at once must not wait for minutes.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at a time: rooms need the processors too. They take 38 MiB together.
const AT_A_TIME: usize = 2;
/// Hashes that may wait, about two seconds' worth on a small machine; past it the answer is `busy`.
const WAITING: usize = 100;

/// What is kept of a phrase.
pub type Kept = [u8; 32];

/// Makes hashes, a few at a time.
pub struct Hasher {
    /// The secret of this installation. It is the salt of every phrase: with one of its own each, finding a phrase would
    /// need a hash for every member.
    secret: [u8; 32],
    running: Semaphore,
    waiting: Semaphore,
}

impl Hasher {
    /// With the secret of this installation.
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret, running: Semaphore::new(AT_A_TIME), waiting: Semaphore::new(WAITING) }
    }

    /// The hash of the core of a phrase.
    ///
    /// # Errors
    /// [`RefusalCode::Busy`]: too many wait.
    pub async fn hash(&self, core: String) -> Result<Kept, RefusalCode> {
        let busy = |_| RefusalCode::Busy;
        let _waits = self.waiting.try_acquire().map_err(busy)?;
        let _runs = self.running.acquire().await.map_err(|_| RefusalCode::Busy)?;
        let secret = self.secret;
        tokio::task::spawn_blocking(move || slow(&core, &secret)).await.ok().flatten().ok_or(RefusalCode::Busy)
    }
}

fn slow(core: &str, secret: &[u8; 32]) -> Option<Kept> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    let mut out = Kept::default();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(core.as_bytes(), secret, &mut out).ok()?;
    Some(out)
}
