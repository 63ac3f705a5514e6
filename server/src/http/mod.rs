//! HTTP on the port of the WebSocket: the page, the API, the drawings of the rooms; and the upgrade itself.

pub mod admin;
pub mod answer;
pub mod api;
mod appeal;
mod calendar;
mod desk;
pub mod listener;
pub mod members;
pub mod openapi;
pub mod origin;
pub mod page;
pub mod proxy;
pub(crate) mod staff;
mod upgrade;
mod voice;

pub(crate) use staff::desk::Pace;
pub(crate) use staff::desk::consoles::Consoles;
pub(crate) use staff::desk::duty;
