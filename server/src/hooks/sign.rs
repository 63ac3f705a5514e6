//! Signatures of Standard Webhooks 1.0 (<https://www.standardwebhooks.com>): HMAC-SHA256 over `id.seconds.body`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has; the bounds are those of the standard.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Most secrets at a time: the one in use, and the next or the last one while a receiver changes over.
const MOST: usize = 2;

/// The secrets of a webhook, ready to be used. They cannot be printed.
pub struct Signer(Vec<Hmac<Sha256>>);

/// What is wrong with a secret; never the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one or two lines of `whsec_` and 24 to 64 bytes in Base64 (openssl rand -base64 32)")]
pub struct BadSecret;

impl Signer {
    /// Secrets, one a line.
    ///
    /// # Errors
    /// There is none, there are more than two, or one is not as the standard wants it.
    pub fn new(text: &str) -> Result<Self, BadSecret> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys = lines.map(key).collect::<Result<Vec<_>, _>>()?;
        if (1..=MOST).contains(&keys.len()) { Ok(Self(keys)) } else { Err(BadSecret) }
    }

    /// The `webhook-signature` of a message: one for each secret.
    pub fn sign(&self, id: &str, seconds: u64, body: &[u8]) -> String {
        let sign = |key: &Hmac<Sha256>| {
            let mut mac = key.clone();
            mac.update(format!("{id}.{seconds}.").as_bytes());
            mac.update(body);
            format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
        };
        self.0.iter().map(sign).collect::<Vec<_>>().join(" ")
    }
}

fn key(line: &str) -> Result<Hmac<Sha256>, BadSecret> {
    let bytes = line.strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok()).ok_or(BadSecret)?;
    if !BYTES.contains(&bytes.len()) {
        return Err(BadSecret);
    }
    Hmac::new_from_slice(&bytes).map_err(|_| BadSecret)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn it_signs_as_the_standard_does() {
        let signer = Signer::new(SECRET).expect("a secret");
        let signed = signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let two = Signer::new(&format!("{SECRET}\n\nwhsec_{}\n", STANDARD.encode([7; 24]))).expect("two secrets");
        let both = two.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert!(both.starts_with(&format!("{signed} v1,")) && both.len() == 2 * signed.len() + 1, "{both}");
    }

    #[test]
    fn a_weak_secret_is_refused() {
        let short = format!("whsec_{}", STANDARD.encode([7; 23]));
        let three = [SECRET; 3].join("\n");
        for bad in ["", "\n", "secret", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%", &short, &three] {
            assert!(Signer::new(bad).is_err(), "{bad}");
        }
    }
}
