//! Clean: what is over is forgotten, and when something is due next is found out.

use bevy_ecs::prelude::*;

use super::hosting::{self, Hosting};
use super::parts::{Due, Now, Presence};
use super::said::Log;

/// Forgets old words.
pub fn forget(now: Res<Now>, mut log: ResMut<Log>) {
    log.forget(now.0);
}

/// The next end of a grace time, or words to be forgotten. Nothing else needs a tick: a walk that is over by the time
/// somebody does something is settled then, and until then nobody can tell the difference.
pub fn next_due(log: Res<Log>, hosting: Res<Hosting>, mut due: ResMut<Due>, people: Query<&Presence>) {
    let graces = people.iter().filter_map(|presence| match presence {
        Presence::Lost { until } => Some(*until),
        Presence::Here { .. } | Presence::Entering { .. } => None,
    });
    due.0 = graces.chain(log.due()).chain(hosting::due(&hosting)).min();
}
