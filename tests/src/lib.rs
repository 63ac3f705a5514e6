//! The harness of ibasho's tests.
//!
//! | module | holds |
//! |---|---|
//! | [`server`] | a server in this process, with a clock that is moved by hand |
//! | [`client`] | a person with a line to it, who sees what a page would see |
//! | [`mirror`] | what such a person knows, without any socket |
//! | [`network`] | a bad network between the two |
//! | [`folder`] | looking for bytes that must not be kept |
//! | [`passkey`] | an authenticator in software, honest or not |
//! | [`power`] | what was acknowledged before the power went, and the seed that draws it again |
//! | [`program`] | the real program as a process of its own |
//! | [`http`] | plain HTTP requests |
//! | [`load`] | simulated participants over real sockets, for the benchmarks |
//! | [`measure`] | processor time and memory of a process, percentiles |
//! | [`provider`] | a small sign-in provider (`OpenID` Connect), honest or not |
//! | [`random`] | a random plan, its run, and the model it is checked against |
//! | [`receiver`] | another system with a webhook, honest or not |
//! | [`recorder`] | a voice engine that carries nothing and remembers what it is told |
//! | [`staff`] | a browser with cookies that signs in as staff |
//! | [`stranger`] | clients by somebody else |
//! | [`voice`] | WebRTC clients over real sockets |
//! | [`wire`] | WebSocket frames by hand |
//!
//! No test waits for a fixed time: [`client::TestClient::until`] waits for what must happen, and the time that
//! people notice is moved by [`server::TestServer::pass`].

pub mod client;
pub mod desk;
pub mod events;
pub mod folder;
pub mod hosting;
pub mod http;
pub mod load;
pub mod measure;
pub mod mirror;
pub mod network;
pub mod passkey;
pub mod power;
pub mod program;
pub mod provider;
pub mod random;
pub mod receiver;
pub mod recorder;
pub mod server;
pub mod staff;
pub mod stranger;
pub mod voice;
pub mod wire;
