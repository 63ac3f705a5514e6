//! The configuration: a TOML file, then `IBASHO_*` from the environment, then flags, in rising order.

pub mod keep;
mod load;
pub mod place;
pub mod safety;
pub mod staff;
pub mod voice;
pub mod webhooks;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use load::{ConfigError, Overrides, load};

use crate::http::proxy::Proxy;

/// Every setting. `ibasho.example.toml` explains each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where people connect.
    pub listen: SocketAddr,
    /// Where the operator's tools connect; loopback by default.
    pub admin: SocketAddr,
    /// The folder of the store.
    pub data: PathBuf,
    /// The folder of the rooms; absent: those that come with the program.
    pub rooms: Option<PathBuf>,
    /// The addresses under which people reach the page, `scheme://host[:port]`. Besides these, `localhost` and the
    /// listen address with their port are allowed as origins.
    pub public_urls: Vec<String>,
    /// The web servers in front whose `X-Forwarded-For` is believed.
    pub proxies: Vec<Proxy>,
    /// How the log is written.
    pub log_format: LogFormat,
    /// What is logged (`tracing` filter).
    pub log: String,
    /// Bounds.
    pub limits: Limits,
    /// How long things are kept.
    pub keep: keep::Keep,
    /// How the place is kept safe.
    pub safety: safety::SafetyConfig,
    /// How staff sign in.
    pub staff: staff::StaffConfig,
    /// How sound reaches people.
    pub voice: voice::VoiceConfig,
    /// What the entrance says.
    pub place: place::PlaceConfig,
    /// Other systems that are told or asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<webhooks::WebhookConfig>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Bounds that depend on the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Most connections at once, 1 to 1,000,000. One takes 10 to 30 KiB, the kernel's part included.
    pub connections: usize,
    /// Most connections that have not said hello. Past it the oldest is closed.
    pub waiting: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8080),
            admin: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9080),
            data: PathBuf::from("data"),
            rooms: None,
            public_urls: Vec::new(),
            proxies: Vec::new(),
            log_format: LogFormat::Text,
            log: "info".into(),
            limits: Limits::default(),
            keep: keep::Keep::default(),
            safety: safety::SafetyConfig::default(),
            staff: staff::StaffConfig::default(),
            voice: voice::VoiceConfig::default(),
            place: place::PlaceConfig::default(),
            webhooks: Vec::new(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 20_000, waiting: 4_000 }
    }
}
