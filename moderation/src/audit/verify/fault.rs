//! What can be wrong with a chain, in words.

use crate::audit::PublicKey;

/// Most faults that are told. Who sees a thousand looks at the first.
pub const MOST_FAULTS: usize = 1000;

/// What is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Fault {
    /// The text of an entry, or its hash, is not what it was.
    #[error("entry {seq} was changed")]
    Changed {
        /// Which.
        seq: u64,
    },
    /// An entry fits its neighbours, but not what was signed: it was written anew with its hash.
    #[error("entry {seq} is not the one that was signed: it, or one before it, was written anew")]
    Rewritten {
        /// Which.
        seq: u64,
    },
    /// Entries are not there.
    #[error("entries {from} to {to} are missing")]
    Missing {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// An entry comes later than it should.
    #[error("entry {seq} is not in its place")]
    Reordered {
        /// Which.
        seq: u64,
    },
    /// In one place there is the entry of another.
    #[error("in place {seq} there is entry {says}")]
    Misplaced {
        /// The place.
        seq: u64,
        /// The number of the entry that is there.
        says: u64,
    },
    /// An entry is there twice.
    #[error("entry {seq} is there more than once")]
    Doubled {
        /// Which.
        seq: u64,
    },
    /// The end is gone.
    #[error("the end is missing: the last entry is {last}, but {signed} was signed")]
    Truncated {
        /// The last that is there.
        last: u64,
        /// The last that was signed.
        signed: u64,
    },
    /// Entries were added by somebody without the key.
    #[error("entries {from} to {to} were added without a signature")]
    Unsigned {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// A signature is wrong.
    #[error("the signature of entry {seq} is wrong")]
    Forged {
        /// What it should cover.
        seq: u64,
    },
    /// A signature is by a key that the chain does not name.
    #[error("entry {seq} is signed by a key that was not in use")]
    Stranger {
        /// What it covers.
        seq: u64,
    },
    /// A new key begins, and the one before did not sign that.
    #[error(
        "at entry {seq} a new key begins without the word of the one before: somebody wrote it, or the file with the \
         key was lost (then: --lost-key {seq})"
    )]
    Unvouched {
        /// The entry that names the new key.
        seq: u64,
    },
    /// The chain ends with another key than the place has.
    #[error("the key of this place ({now}) is not the one that the last entries name")]
    AnotherKey {
        /// The key that the place has.
        now: PublicKey,
    },
    /// There are more faults than are told.
    #[error("and {count} more")]
    More {
        /// How many.
        count: usize,
    },
}

impl Fault {
    /// Where it is; what concerns the whole chain comes last.
    fn place(&self) -> u64 {
        match *self {
            Self::Changed { seq }
            | Self::Rewritten { seq }
            | Self::Reordered { seq }
            | Self::Misplaced { seq, .. }
            | Self::Doubled { seq }
            | Self::Forged { seq }
            | Self::Stranger { seq }
            | Self::Unvouched { seq } => seq,
            Self::Missing { from, .. } | Self::Unsigned { from, .. } => from,
            Self::Truncated { last, .. } => last.saturating_add(1),
            Self::AnotherKey { .. } | Self::More { .. } => u64::MAX,
        }
    }
}

/// By where they are, each once, not too many.
pub(super) fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| (fault.place(), *fault));
    faults.dedup();
    if faults.len() > MOST_FAULTS {
        let count = faults.len() - MOST_FAULTS;
        faults.truncate(MOST_FAULTS);
        faults.push(Fault::More { count });
    }
    faults
}
