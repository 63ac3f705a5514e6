//! Hosting: what a session is while it runs. Planning it, booking it and signing in as staff are elsewhere
//! (`calendar`, `staff`); a room is handed what it needs of them as [`planned::Planned`] and [`pass::DoorPass`].

pub mod gathering;
pub mod pass;
pub mod planned;
pub mod ticket;
