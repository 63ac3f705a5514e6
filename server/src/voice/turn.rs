//! Credentials for a TURN server that shares a secret with this one and knows nobody ("A REST API for access to TURN
//! services", draft-uberti-behave-turn-rest-00; coturn's `use-auth-secret`): they end by themselves.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::voice::IceServer;
use sha1::Sha1;

use crate::clock::Clock;
use crate::config::voice::TurnConfig;
use crate::dice::Dice;

/// Makes credentials.
pub struct Turn {
    urls: Vec<String>,
    /// The key, ready to be used. It cannot be printed.
    key: Hmac<Sha1>,
    good: Millis,
    clock: Clock,
    dice: Dice,
}

impl Turn {
    /// As configured.
    ///
    /// # Errors
    /// The secret cannot be read, or there is none in the file.
    pub fn new(config: &TurnConfig, clock: Clock, dice: Dice) -> io::Result<Self> {
        let text = std::fs::read_to_string(&config.secret_file)?;
        if text.trim().is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file is empty"));
        }
        let key = Hmac::new_from_slice(text.trim().as_bytes()).map_err(io::Error::other)?;
        Ok(Self { urls: config.urls.clone(), key, good: Millis::from(config.hours) * 3_600_000, clock, dice })
    }

    /// A credential for somebody. It says nothing of them.
    pub fn server(&self) -> IceServer {
        let ends = (self.clock.now() + self.good) / 1000;
        let username = format!("{ends}:{:016x}", self.dice.number());
        let credential = self.sign(&username);
        IceServer { urls: self.urls.clone(), username, credential }
    }

    fn sign(&self, username: &str) -> String {
        let mut mac = self.key.clone();
        mac.update(username.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_what_coturn_computes_and_end_by_themselves() {
        let home = tempfile::tempdir().expect("a folder");
        let secret_file = home.path().join("secret");
        let urls = vec!["turns:turn.example.jp:443".to_owned()];
        let config = TurnConfig { urls, secret_file: secret_file.clone(), hours: 2 };
        let (clock, hand) = Clock::manual(1_763_700_000_000);
        let turn = |config| Turn::new(config, clock.clone(), Dice::seeded(1));
        assert!(turn(&config).is_err(), "no file");
        std::fs::write(&secret_file, "\n").expect("written");
        assert!(turn(&config).is_err(), "no secret");
        std::fs::write(&secret_file, "north\n").expect("written");
        let turn = turn(&config).expect("a secret");
        // printf %s 1763707200:user | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(turn.sign("1763707200:user"), "C5Sj+Lah8nW/9EKyK0aXIVUsEqs=");
        let (one, two) = (turn.server(), turn.server());
        assert!(one.username.starts_with("1763707200:") && one.username != two.username);
        assert_eq!(one.credential, turn.sign(&one.username));
        hand.advance(5000);
        assert!(turn.server().username.starts_with("1763707205:"));
    }
}
