//! What the place signs.

use serde::{Deserialize, Serialize};

use super::{Chain, Digest, PublicKey, Signature};

/// What a signature is about, so that none can be taken for that of something else.
const WHAT: &str = "ibasho-audit-head-v1";

/// A signed end of the chain. Whoever has one, from an export for instance, can show later that nothing up to it was
/// changed, even if the key itself was stolen meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// When it was signed, in milliseconds since the Unix epoch.
    pub at: u64,
    /// The hash of that entry.
    pub hash: Digest,
    /// Who signed.
    pub key: PublicKey,
    /// The number of the last entry it covers.
    pub seq: u64,
    /// Ed25519 over [`Head::message`].
    pub signature: Signature,
}

impl Head {
    /// Signs the end of a chain.
    pub fn sign(chain: Chain, at: u64, key: PublicKey, sign: impl FnOnce(&[u8]) -> Signature) -> Self {
        let signature = sign(&message(chain.seq, chain.hash, at));
        Self { at, hash: chain.hash, key, seq: chain.seq, signature }
    }

    /// What is signed: `ibasho-audit-head-v1`, the number, the hash in hexadecimal, the time, each with a line feed.
    pub fn message(&self) -> Vec<u8> {
        message(self.seq, self.hash, self.at)
    }
}

fn message(seq: u64, hash: Digest, at: u64) -> Vec<u8> {
    format!("{WHAT}\n{seq}\n{hash}\n{at}\n").into_bytes()
}
