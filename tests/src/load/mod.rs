//! Simulated participants: many sockets in one thread, real `hello`s, light parsing.

pub mod children;
pub mod decisions;
pub mod judging;
pub mod life;
pub mod mute;
pub mod run;
pub mod streams;
pub mod swarm;
pub mod trace;
