//! Passphrases: which are strong enough, and how they are kept (argon2id).

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use ibasho_moderation::nickname::nickname_skeleton;
use ibasho_protocol::refusal::RefusalCode;
use prometheus_client::metrics::counter::Counter;
use tokio::sync::{Semaphore, TryAcquireError};
use unicode_normalization::UnicodeNormalization as _;

use crate::dice::Dice;

/// Fewest characters. Length is what makes a passphrase strong (NIST SP 800-63B).
const SHORTEST: usize = 12;
/// Most bytes: a long sentence in Japanese. Stretching takes no longer for more, but reading does.
const LONGEST: usize = 1024;
/// Fewest different characters: less is a pattern.
const DIFFERENT: usize = 5;
/// Passphrases that attackers try first and that are long enough to pass otherwise, one a line, folded.
const COMMON: &str = include_str!("common.txt");

/// OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many are stretched at a time: 19 MiB and a core each.
const AT_A_TIME: usize = 2;
/// How many may wait for that. A slot takes about 30 ms, so that nobody waits a second.
const WAITING: usize = 32;
/// Stands in for the passphrase of an account that is not there: comparing with it takes as long, and never succeeds.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$aWJhc2hvLW5vYm9keS4u$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Stretches passphrases, a few at a time, away from the threads that serve people.
pub(crate) struct Stretcher {
    slots: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// How many were stretched.
    done: Counter,
}

impl Stretcher {
    /// Counts here what it does.
    pub(crate) fn new(done: Counter) -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_A_TIME)), queue: Arc::new(Semaphore::new(WAITING)), done }
    }

    /// What is kept of a passphrase.
    ///
    /// # Errors
    /// `busy` if too many wait.
    pub(crate) async fn stretch(&self, passphrase: &str, dice: &Dice) -> Result<String, RefusalCode> {
        let (text, salt) = (folded(passphrase), dice.bytes());
        let made = self.run(move || {
            let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
            let hashed = argon2().hash_password_customized(text.as_bytes(), &salt[..16], None, None, params);
            hashed.ok().map(|hash| hash.to_string())
        });
        made.await?.ok_or(RefusalCode::Busy)
    }

    /// Whether a passphrase is the one that was kept. One is stretched also if none was, so that it takes as long.
    ///
    /// # Errors
    /// `busy` if too many wait.
    pub(crate) async fn is_right(&self, kept: Option<&str>, passphrase: &str) -> Result<bool, RefusalCode> {
        let kept = kept.unwrap_or(NOBODY).to_owned();
        // What is longer than any passphrase is compared like the rest: as nothing.
        let text = if passphrase.len() > LONGEST { String::new() } else { folded(passphrase) };
        self.run(move || {
            let kept = PasswordHash::new(&kept);
            kept.is_ok_and(|kept| argon2().verify_password(text.as_bytes(), &kept).is_ok())
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, RefusalCode> {
        let _waiting = self.queue.clone().try_acquire_owned().map_err(|_: TryAcquireError| RefusalCode::Busy)?;
        let slot = self.slots.clone().acquire_owned().await.map_err(|_| RefusalCode::Busy)?;
        let count = self.done.clone();
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            count.inc();
            // Held until here even if nobody waits any more: what runs counts.
            drop(slot);
            result
        });
        done.await.map_err(|_| RefusalCode::Busy)
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The same passphrase typed on another keyboard has the same form (NFKC, as SP 800-63B asks).
fn folded(passphrase: &str) -> String {
    passphrase.nfkc().collect()
}

/// Whether a passphrase is good enough for somebody of this name.
///
/// # Errors
/// `weak` if it is short, common, a pattern or the name; `too_big` past 1 KiB.
pub(crate) fn check(passphrase: &str, name: &str) -> Result<(), RefusalCode> {
    if passphrase.len() > LONGEST {
        return Err(RefusalCode::TooBig);
    }
    let plain = folded(passphrase).to_lowercase();
    let letters: Vec<char> = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    // 123456789012, abcdefghijkl, あいうえお…: each one more, or one less, than the one before.
    let steps = letters.windows(2).filter(|pair| u32::from(pair[0]).abs_diff(u32::from(pair[1])) == 1).count();
    let name = nickname_skeleton(name);
    let without_name = nickname_skeleton(&plain).replace(&name, "");
    let common = COMMON.lines().any(|known| letters.iter().copied().eq(known.chars()));
    let strong = letters.len() >= SHORTEST
        && different.len() >= DIFFERENT
        && steps * 4 < letters.len() * 3
        && without_name.chars().count() * 2 >= SHORTEST
        && !common;
    if strong { Ok(()) } else { Err(RefusalCode::Weak) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_common_and_patterned_ones_are_weak() {
        for weak in [
            "みじかい",
            "elevenchars",
            "            ",
            "aaaaaaaaaaaaaaa",
            "abababababababab",
            "1234567890123456",
            "abcdefghijklmnop",
            "PasswordPassword",
            "qwertyuiop123",
            "はるかはるかはるかはるか",
            "haruka-haruka-12",
        ] {
            let name = if weak.starts_with('h') { "haruka" } else { "はるか" };
            assert_eq!(check(weak, name), Err(RefusalCode::Weak), "{weak}");
        }
        for strong in ["うみべの ちいさな ねこが ねむる", "a quiet lantern beside the sea", "x8!kPq-2Lm_9zR"]
        {
            assert_eq!(check(strong, "はるか"), Ok(()), "{strong}");
        }
        assert_eq!(check(&"あ".repeat(400), "はるか"), Err(RefusalCode::TooBig));
    }

    #[test]
    fn the_listed_ones_could_pass_otherwise() {
        let mut seen = std::collections::HashSet::new();
        for line in COMMON.lines() {
            assert!(line.chars().count() >= SHORTEST && folded(line).to_lowercase() == line, "{line}");
            assert!(seen.insert(line), "{line} is there twice");
        }
    }

    #[tokio::test]
    async fn nobody_never_succeeds() {
        let stretcher = Stretcher::new(Counter::default());
        let kept = stretcher.stretch("うみべの ちいさな ねこ", &Dice::seeded(1)).await.expect("stretched");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        // Full width and half width are the same passphrase.
        let full = stretcher.stretch("ＡＢＣ ｘｙｚ", &Dice::seeded(1)).await.expect("stretched");
        assert_eq!(stretcher.is_right(Some(&full), "ABC xyz").await, Ok(true));
        assert_eq!(stretcher.is_right(Some(&kept), "うみべの ちいさな いぬ").await, Ok(false));
        assert_eq!(stretcher.is_right(None, "").await, Ok(false));
        assert!(PasswordHash::new(NOBODY).is_ok(), "it is compared with, not skipped");
    }
}
