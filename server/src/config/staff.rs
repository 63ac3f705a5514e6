//! How staff sign in besides passkeys and passphrases.

use std::path::PathBuf;

use ibasho_protocol::role::Role;
use serde::{Deserialize, Serialize};

/// The `[staff]` part of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaffConfig {
    /// The municipality's sign-in (`OpenID` Connect); absent: none.
    pub oidc: Option<OidcConfig>,
}

/// A sign-in elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// What the button on the sign-in page says.
    pub name: String,
    /// The issuer's address, as it stands in its tokens.
    pub issuer: String,
    /// What this place is called there.
    pub client_id: String,
    /// A file that holds the secret, and nothing else; absent for a public client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Which claim decides about roles: a name, or a path with dots (`realm_access.roles`). `sub` and `email` (if it
    /// is verified) work too.
    #[serde(default = "groups")]
    pub claim: String,
    /// Who is what, the first that fits. Who fits none needs an invitation.
    #[serde(default)]
    pub roles: Vec<RoleRule>,
}

/// One value of the claim, and what it makes of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRule {
    /// The value.
    pub value: String,
    /// The role.
    pub role: Role,
    /// For facilitators and peer staff: only these rooms; empty for all.
    #[serde(default)]
    pub rooms: Vec<String>,
}

fn groups() -> String {
    "groups".into()
}

impl OidcConfig {
    /// What is wrong with it, if anything: the key and why.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        let url = url::Url::parse(&self.issuer).ok();
        let local = |url: &url::Url| match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if !url.is_some_and(|url| url.scheme() == "https" || (url.scheme() == "http" && local(&url))) {
            return Some(("issuer", format!("`{}` is not https://…", self.issuer)));
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 40 {
            return Some(("name", "1 to 40 characters, for a button".into()));
        }
        if self.client_id.is_empty() {
            return Some(("client_id", "must not be empty".into()));
        }
        None
    }
}
