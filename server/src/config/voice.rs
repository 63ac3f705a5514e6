//! How sound reaches people.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The `[voice]` part of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceConfig {
    /// Whether there is voice.
    pub on: bool,
    /// Where sound comes in and goes out: UDP, and TCP on the same number. Port 0: any that is free for both.
    pub listen: SocketAddr,
    /// The addresses of this machine as clients reach it, when they are others than its own (NAT). Empty: its own.
    pub announce: Vec<IpAddr>,
    /// Whether UDP is used at all; without it only TCP is.
    pub udp: bool,
    /// Most WebRTC connections at once, 1 to 100,000. One takes at most half a mebibyte.
    pub peers: usize,
    /// A relay for networks that let nothing else through; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<TurnConfig>,
}

/// A TURN server (RFC 8656) that shares a secret with this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnConfig {
    /// `turn:` and `turns:` addresses (RFC 7065).
    pub urls: Vec<String>,
    /// A file that holds the shared secret, and nothing else.
    pub secret_file: PathBuf,
    /// How long a credential is good for, 1 to 168 hours. A day outlasts the longest afternoon.
    #[serde(default = "a_day")]
    pub hours: u16,
}

fn a_day() -> u16 {
    24
}

impl Default for VoiceConfig {
    fn default() -> Self {
        Self {
            on: true,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8082),
            announce: Vec::new(),
            udp: true,
            // One core carries some 4,000 streams: a thousand people who each hear four at once, which is more than ever happens.
            peers: 1000,
            turn: None,
        }
    }
}

impl VoiceConfig {
    /// The key of the first setting that cannot be used, and why.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        if !(1..=100_000).contains(&self.peers) {
            return Some(("peers", "must be 1 to 100,000".into()));
        }
        if let Some(address) = self.announce.iter().find(|ip| ip.is_unspecified() || ip.is_multicast()) {
            return Some(("announce", format!("nobody reaches `{address}`")));
        }
        let turn = self.turn.as_ref()?;
        if turn.urls.is_empty() {
            return Some(("urls", "at least one turn:… or turns:…".into()));
        }
        let relay = |url: &&String| !(url.starts_with("turn:") || url.starts_with("turns:"));
        if let Some(url) = turn.urls.iter().find(relay) {
            return Some(("urls", format!("`{url}` is not turn:… or turns:…")));
        }
        (!(1..=168).contains(&turn.hours)).then(|| ("hours", "must be 1 to 168".into()))
    }
}
