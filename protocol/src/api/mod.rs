//! What travels over HTTP as JSON. Times are milliseconds since the Unix epoch; dates are `YYYY-MM-DD` and times of day
//! `HH:MM` in the time zone of the place. A refusal is a [`crate::refusal::Refusal`] with a fitting status.

pub mod calendar;
pub mod desk;
pub mod hooks;
pub mod staff;
