//! Who may do what, and what may be said.
//!
//! Everything here is pure: no IO, no task, no clock, no randomness. What time it is and what chance decided is
//! passed in. [`roles`] holds the matrix of who may do what, [`session`] which action each command of a session is,
//! [`way`] what a person chose to take part in, [`nickname`], [`text`] and [`links`] look at what people type,
//! [`views`] see through disguises, [`rules`] are data that judge, and [`hook`] is where they are asked on every entry,
//! nickname and message. [`desk`] is the state of everything that staff decide: what is held, reported, sanctioned and
//! appealed against. [`audit`] is the chain that shows later that nothing of it was changed.

pub mod audit;
pub mod desk;
pub mod hook;
pub mod links;
pub mod nickname;
pub mod roles;
pub mod rules;
pub mod session;
pub mod text;
pub mod views;
pub mod way;

mod characters;
