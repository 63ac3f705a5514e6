//! The harness of ibasho's tests.
//!
//! | module | holds |
//! |---|---|
//! | [`load`] | simulated participants over real sockets, for the benchmarks |
//! | [`measure`] | processor time and memory of a process, percentiles |
//! | [`wire`] | WebSocket frames by hand |

pub mod load;
pub mod measure;
pub mod wire;
