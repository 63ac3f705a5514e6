//! The end of the chain, to which entries are appended.

use sha2::{Digest as _, Sha256};

use super::{Digest, Entry, Hex, Note, Unfit};

/// The end of a chain: all that is needed to append to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The number of the last entry; 0 before the first.
    pub seq: u64,
    /// Its hash; zero before the first.
    pub hash: Digest,
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The place in which it is kept. It is in the text as well; one who moves it would have to change both.
    pub seq: u64,
    /// Its canonical form.
    pub entry: String,
    /// `SHA-256(hash of the entry before ‖ canonical form)`.
    pub hash: Digest,
}

impl Chain {
    /// Before the first entry.
    pub const EMPTY: Self = Self { seq: 0, hash: Hex([0; 32]) };

    /// Gives a note its place at the end.
    ///
    /// # Errors
    /// Something in it cannot stand in the chain ([`Note::check`]); the chain is as it was.
    pub fn append(&mut self, note: &Note) -> Result<Link, Unfit> {
        note.check()?;
        let entry = Entry::new(self.seq + 1, note).canonical();
        let hash = hash(self.hash, &entry);
        *self = Self { seq: self.seq + 1, hash };
        Ok(Link { seq: self.seq, entry, hash })
    }
}

/// The hash of an entry after another.
pub(super) fn hash(before: Digest, entry: &str) -> Digest {
    let mut hash = Sha256::new();
    hash.update(before.0);
    hash.update(entry.as_bytes());
    Hex(hash.finalize().into())
}
