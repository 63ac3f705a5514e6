//! The words that the ibasho server and its page say to each other.
//!
//! One file per direction ([`client`], [`server`]); what both share stands in [`person`], [`plan`] and
//! [`refusal`]. The text for people who write a client is `PROTOCOL.md`; `fixtures/` holds worked frames that
//! the Rust and the TypeScript tests both read. This crate knows no socket, no clock and no task.

pub mod api;
pub mod client;
pub mod close;
pub mod codec;
pub mod desk;
pub mod host;
pub mod ids;
pub mod limits;
pub mod person;
pub mod phase;
pub mod plan;
pub mod refusal;
pub mod role;
pub mod rules;
pub mod scan;
pub mod server;
pub mod session;
pub mod typescript;
pub mod voice;

/// The version that `hello` names. It rises only when an old client could no longer take part; added fields,
/// messages and events never raise it, because both sides ignore what they do not know.
pub const VERSION: u16 = 1;

/// The WebSocket subprotocol (RFC 6455 § 1.9) that a client must offer on `/ws`.
pub const SUBPROTOCOL: &str = "ibasho.v1";
