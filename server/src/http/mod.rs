//! HTTP on the port of the WebSocket: the page, the API, the drawings of the rooms; and the upgrade itself.

pub mod admin;
pub mod answer;
pub mod api;
mod calendar;
mod desk;
pub mod listener;
pub mod members;
pub mod openapi;
pub mod origin;
pub mod page;
pub(crate) mod staff;
mod upgrade;
mod voice;
