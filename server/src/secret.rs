//! Resume tokens as a type that cannot be printed: what a log may hold is decided here, once.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::dice::Dice;

/// A resume token on its way to or from a client.
pub struct Token(String);

/// What is kept of a token: its SHA-256. The token has 256 random bits, so a plain hash suffices (no salt, no
/// stretching: there is nothing to guess).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl Token {
    /// A fresh token.
    pub fn draw(dice: &Dice) -> Self {
        let mut text = String::with_capacity(64);
        for byte in dice.bytes() {
            use fmt::Write as _;
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The token a client sent.
    pub fn received(text: String) -> Self {
        Self(text)
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_bytes()).into())
    }

    /// The text, to be sent to its owner and to nobody else.
    pub fn reveal(self) -> String {
        self.0
    }
}

impl TokenHash {
    /// The bytes, for the store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The hash that the store kept; `None` if it is not 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}
