//! Clean: what is over is forgotten, and when something is due next is found out.

use bevy_ecs::prelude::*;

use super::parts::{Due, Now, Presence, Whereabouts};
use super::said::Log;

/// Forgets old words.
pub fn forget(now: Res<Now>, mut log: ResMut<Log>) {
    log.forget(now.0);
}

/// The next end of a walk or of a grace time, or words to be forgotten. Nothing else needs a tick.
pub fn next_due(log: Res<Log>, mut due: ResMut<Due>, people: Query<(&Whereabouts, &Presence)>) {
    let walks = people.iter().filter(|(at, _)| at.walking).map(|(at, _)| at.walk.until);
    let graces = people.iter().filter_map(|(_, presence)| match presence {
        Presence::Lost { until } => Some(*until),
        Presence::Here | Presence::Entering { .. } => None,
    });
    due.0 = walks.chain(graces).chain(log.due()).min();
}
