//! Who may do what, and what may be said.
//!
//! Everything here is pure: no IO, no task, no clock, no randomness. What time it is and what chance decided is
//! passed in. [`roles`] holds the matrix of who may do what, [`way`] what a person chose to take part in,
//! [`nickname`] and [`text`] bring what people type into one form, and [`hook`] is where rules are asked on
//! every entry, nickname and message.

pub mod hook;
pub mod nickname;
pub mod roles;
pub mod text;
pub mod way;

mod characters;
