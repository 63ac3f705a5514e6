//! Who may do what, and what may be said.
//!
//! Everything here is pure: no IO, no task, no clock, no randomness. What time it is and what chance decided is
//! passed in. [`roles`] holds the matrix of who may do what, [`session`] which action each command of a session is,
//! [`way`] what a person chose to take part in, [`nickname`], [`text`] and [`links`] look at what people type, and
//! [`hook`] is where rules are asked on every entry, nickname and message.

pub mod hook;
pub mod links;
pub mod nickname;
pub mod roles;
pub mod session;
pub mod text;
pub mod way;

mod characters;
