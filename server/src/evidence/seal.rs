//! Sealing what was said, and opening it again: AES-256-GCM.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, RandomizedNonceKey};
use aws_lc_rs::aead::{NONCE_LEN, Nonce};

use crate::dice::Dice;

/// What a seal is about, so that none can be taken for that of something else.
const WHAT: &str = "ibasho-evidence-v1";

/// The key of one piece. It cannot be printed; without it the piece is gone.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// Nonce, what was sealed, tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// It cannot be opened: another key, another case, or damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the evidence cannot be opened")]
pub struct Closed;

impl Key {
    /// A fresh key.
    pub fn draw(dice: &Dice) -> Self {
        Self(dice.bytes())
    }

    /// The key that the store kept; `None` if it is not 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes, for the store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seals a piece. It opens only as this piece of this case: nobody can put one in the place of another.
    ///
    /// # Errors
    /// The machine has no randomness left, or the piece has more bytes than AES-GCM takes (64 GiB).
    pub fn seal(&self, case: u64, piece: u64, mut content: Vec<u8>) -> Result<Sealed, Closed> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| Closed)?;
        let nonce = key.seal_in_place_append_tag(about(case, piece), &mut content).map_err(|_| Closed)?;
        Ok(Sealed([nonce.as_ref(), content.as_slice()].concat()))
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`Closed`].
    pub fn open(&self, case: u64, piece: u64, sealed: &Sealed) -> Result<Vec<u8>, Closed> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| Closed)?;
        let (nonce, rest) = sealed.0.split_at_checked(NONCE_LEN).ok_or(Closed)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Closed)?;
        let mut rest = rest.to_vec();
        let length = key.open_in_place(nonce, about(case, piece), &mut rest).map_err(|_| Closed)?.len();
        rest.truncate(length);
        Ok(rest)
    }
}

impl Sealed {
    /// What the store kept.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The bytes, for the store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

fn about(case: u64, piece: u64) -> Aad<String> {
    Aad::from(format!("{WHAT}\n{case}\n{piece}\n"))
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_opens_with_its_key_as_what_it_is_and_in_no_other_way() {
        let dice = Dice::seeded(1);
        let (key, other) = (Key::draw(&dice), Key::draw(&dice));
        let said = "ひみつの みなと".as_bytes().to_vec();
        let sealed = key.seal(7, 1, said.clone()).expect("sealed");
        assert_eq!(key.open(7, 1, &sealed), Ok(said.clone()));
        assert_eq!(other.open(7, 1, &sealed), Err(Closed));
        assert_eq!(key.open(8, 1, &sealed), Err(Closed), "another case");
        assert_eq!(key.open(7, 2, &sealed), Err(Closed), "another piece");
        for at in 0..sealed.as_bytes().len() {
            let mut bytes = sealed.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert_eq!(key.open(7, 1, &Sealed::from_bytes(&bytes)), Err(Closed), "byte {at}");
            assert_eq!(key.open(7, 1, &Sealed::from_bytes(&bytes[..at])), Err(Closed), "cut at {at}");
        }
        assert_ne!(key.seal(7, 1, said).expect("sealed"), sealed, "no nonce twice");
        assert_eq!(format!("{key:?} {sealed:?}"), format!("Key(…) Sealed({} bytes)", sealed.as_bytes().len()));
    }
}
