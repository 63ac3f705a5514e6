//! Personal data is kept beside the chain, not in it.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Digest;

/// Bytes of a salt: as many as the hash has, so that nobody finds a short value (a nickname, a telephone number) by
/// trying all of them.
pub const SALT: usize = 32;

/// What an entry holds in place of personal data: `SHA-256(salt ‖ value)`.
pub type Commitment = Digest;

/// A piece of personal data that an entry commits to. It must never be logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal {
    /// What it is (`nickname`, `words`): a code, not a text.
    pub kind: String,
    /// Whose it is, by the number they have in this place; absent if it is nobody's.
    pub person: Option<u64>,
    /// Random bytes, drawn for this value alone.
    pub salt: [u8; SALT],
    /// The data.
    pub value: String,
    /// When it is erased at the latest, in milliseconds since the Unix epoch.
    pub keep_until: u64,
}

impl Personal {
    /// What an entry holds in its place.
    pub fn commitment(&self) -> Commitment {
        commit(&self.salt, &self.value)
    }
}

/// The commitment to a value. Whoever shows a salt and a value that lead to a commitment in the chain has proved that
/// the value is what was recorded.
pub fn commit(salt: &[u8; SALT], value: &str) -> Commitment {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(value.as_bytes());
    super::Hex(hash.finalize().into())
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Personal").field("kind", &self.kind).finish_non_exhaustive()
    }
}
