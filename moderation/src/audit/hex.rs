//! Bytes that people may have to compare: written in hexadecimal, in lower case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

/// A SHA-256.
pub type Digest = Hex<32>;
/// An Ed25519 public key.
pub type PublicKey = Hex<32>;
/// An Ed25519 signature.
pub type Signature = Hex<64>;

/// It is not that many bytes in hexadecimal of lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {0} bytes in hexadecimal")]
pub struct NotHex(pub usize);

impl<const N: usize> Hex<N> {
    /// These bytes, if they are that many.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&::hex::encode(self.0))
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let mut bytes = [0; N];
        ::hex::decode_to_slice(text, &mut bytes).map_err(|_| NotHex(N))?;
        // One form only: else the same bytes could stand in two different entries.
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) { Err(NotHex(N)) } else { Ok(Self(bytes)) }
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_form() {
        let digest = Digest::from_slice(&[0xab; 32]).expect("32 bytes");
        let text = digest.to_string();
        assert_eq!((text.len(), text.parse()), (64, Ok(digest)));
        for other in [text.to_uppercase(), text[1..].into(), format!("{text}00"), "ｇ".repeat(32)] {
            assert_eq!(other.parse::<Digest>(), Err(NotHex(32)), "{other}");
        }
        assert!(Digest::from_slice(&[0; 31]).is_none());
    }
}
