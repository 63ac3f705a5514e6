//! The record of what staff did: append-only, each entry bound to the one before, the end signed.
//!
//! * An [`Entry`] has one canonical form: JSON as RFC 8785 wants it (keys in order, no spaces, UTF-8), so that whoever
//!   audits a place can check the record with any language's JSON library and SHA-256.
//! * `hash = SHA-256(hash of the entry before ‖ canonical form)`; before the first entry there are 32 zero bytes.
//! * A [`Head`] is what the place signs: number and hash of an entry, and when. The key that signs is named in the chain
//!   itself ([`KEY`]), and each new key by the one before.
//! * Nothing personal is in an entry, only a [`Commitment`] to it: `SHA-256(salt ‖ value)`. Salt and value are kept
//!   elsewhere and can be erased; the chain stays whole, and whoever has both can still prove what was said.
//!
//! [`verify`](mod@verify) finds whatever was changed, taken out, put in, moved, doubled or cut off, and says where.
//!
//! Signatures are made and checked by whoever uses this: the functions here are handed what checks one.

mod chain;
mod commitment;
mod entry;
mod head;
mod hex;
pub mod verify;

pub use chain::{Chain, Link};
pub use commitment::{Commitment, Personal, SALT};
pub use entry::{Entry, MOST_COMMITMENTS, MOST_TEXT, Note, Unfit, Unreadable};
pub use head::Head;
pub use hex::{Digest, Hex, NotHex, PublicKey, Signature};

/// The action of an entry that names the key by which heads are signed from then on. Its target is the key.
pub const KEY: &str = "audit.key";
