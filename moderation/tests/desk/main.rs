//! The desk, through its public doors. Every change goes through [`support::Place`], which checks after each that what
//! was stored makes the same desk again.

mod appeals;
mod cases;
mod help;
mod holds;
mod lockdown;
mod model;
mod permissions;
mod queue;
mod reference;
mod reports;
mod sanctions;
mod support;
mod time;
