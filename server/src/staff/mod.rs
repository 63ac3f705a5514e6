//! Staff: accounts, invitations, the ways to sign in, logins and what happens when they end. Who may do what is the
//! matter of `moderation::roles`; what is asked over HTTP is in `http::staff`.

pub(crate) mod ceremony;
pub mod cli;
pub(crate) mod entry;
pub(crate) mod herald;
pub(crate) mod identity;
pub(crate) mod invitation;
pub(crate) mod oidc;
pub(crate) mod passkey;
pub(crate) mod passphrase;
pub(crate) mod people;
pub(crate) mod slow;
pub(crate) mod totp;

use std::net::SocketAddr;

use ibasho_moderation::desk::subject::{Actor, Subject};
use prometheus_client::metrics::counter::Counter;
use tokio::sync::Notify;

use self::ceremony::Ceremonies;
use self::oidc::OidcError;
use crate::config::Config;
use crate::dice::Dice;
use crate::secret::Token;
use crate::store::staff::accounts::Account;

/// What signing in needs to remember between two requests.
pub(crate) struct Staff {
    /// The address that invitations name.
    pub(crate) public_url: String,
    /// Stretches passphrases, a few at a time.
    pub(crate) passphrases: passphrase::Stretcher,
    /// Passkeys, where they work.
    pub(crate) passkeys: Option<passkey::Passkeys>,
    /// The municipality's sign-in, if one is configured.
    pub(crate) oidc: Option<oidc::Oidc>,
    /// How fast may be tried.
    pub(crate) slow: slow::Slow,
    /// Secrets for authenticator apps that have not been tried yet, by login.
    pub(crate) totp: Ceremonies<Vec<u8>>,
    /// Rung when rooms have something to be told.
    pub(crate) bell: Notify,
}

impl Staff {
    /// As configured; `listen` is where the server really listens, `passphrases` counts those that are stretched.
    ///
    /// # Errors
    /// The municipality's sign-in cannot be set up.
    pub(crate) fn new(
        config: &Config,
        listen: SocketAddr,
        known_room: impl Fn(&str) -> bool,
        passphrases: Counter,
    ) -> Result<Self, OidcError> {
        let public_url = public_url(config, listen);
        let oidc = config.staff.oidc.as_ref().map(|oidc| oidc::Oidc::new(oidc, &public_url, known_room));
        Ok(Self {
            oidc: oidc.transpose()?,
            passkeys: passkey::Passkeys::new(&public_url, &config.place.name.ja),
            public_url,
            passphrases: passphrase::Stretcher::new(passphrases),
            slow: slow::Slow::default(),
            totp: Ceremonies::default(),
            bell: Notify::new(),
        })
    }
}

/// The address under which staff reach the page: the first public one, else this machine.
pub(crate) fn public_url(config: &Config, listen: SocketAddr) -> String {
    let here = || {
        let ip = listen.ip();
        let host = if ip.is_unspecified() || ip.is_loopback() { "localhost".into() } else { listen.ip().to_string() };
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        format!("http://{host}:{}", listen.port())
    };
    config.public_urls.first().cloned().unwrap_or_else(here)
}

/// The number under which an account stands in cases, sanctions and the audit: the first 52 of its 128 random bits, so
/// that it says nothing, is the same everywhere and fits into a JavaScript number. Two of a hundred accounts coincide with
/// a chance of one in a trillion.
pub fn pseudonym(account: &str) -> u64 {
    account.get(..13).and_then(|head| u64::from_str_radix(head, 16).ok()).unwrap_or_default()
}

/// Who an account is at the desk; `all` are the rooms of the place, because an account without rooms is for all of them.
pub(crate) fn actor(account: &Account, all: impl FnOnce() -> Vec<String>) -> Actor {
    let rooms = if account.rooms.is_empty() { all() } else { account.rooms.clone() };
    let id = pseudonym(&account.id);
    Actor { id, role: account.role, rooms, own: Some(Subject { person: 0, device: None, member: Some(id) }) }
}

/// An id that is nobody's yet: 128 random bits.
pub(crate) fn fresh_id(dice: &Dice) -> String {
    let mut id = Token::draw(dice).reveal();
    id.truncate(32);
    id
}
