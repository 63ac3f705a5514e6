//! A room: an actor that awaits ([`actor`]) round a world that decides ([`sim`]).

pub mod actor;
mod calls;
pub mod ecs;
mod errand;
pub mod floor;
pub mod frames;
pub mod handle;
pub mod keeper;
mod keeping;
mod office;
pub mod sim;
pub mod tick;
