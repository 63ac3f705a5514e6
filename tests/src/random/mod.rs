//! A random plan, its run, and the model it is checked against.

pub mod model;
pub mod plan;
pub mod run;
