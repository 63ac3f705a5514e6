//! Clean: what is over is forgotten, and when something is due next is found out.

use bevy_ecs::prelude::*;

use super::hosting::{self, Hosting};
use super::parts::{Presence, Whereabouts};
use super::round::Round;
use super::safety::Safety;
use super::said::Log;
use super::voice::Voices;

/// Forgets old words, and finds the next end of a grace time, or words to be forgotten. Nothing else needs a tick: a walk
/// that is over by the time somebody does something is settled then, and until then nobody can tell the difference. But
/// for those who talk: at the end of a walk somebody begins to hear them, or they somebody.
pub fn clean(
    mut round: ResMut<Round>,
    (mut log, mut safety): (ResMut<Log>, ResMut<Safety>),
    (hosting, voices): (Res<Hosting>, Res<Voices>),
    people: Query<&Presence>,
    places: Query<&Whereabouts>,
) {
    log.forget(round.now);
    safety.ring.forget(round.now);
    if std::mem::take(&mut round.lines_changed) {
        let graces = people.iter().filter_map(|presence| match presence {
            Presence::Lost { until } => Some(*until),
            Presence::Here { .. } | Presence::Entering { .. } => None,
        });
        round.grace = graces.min();
    }
    let arrivals = places.iter().filter(|at| at.walking).map(|at| at.walk.until);
    let arrival = if voices.anybody_talks() { arrivals.min() } else { None };
    let words = log.due().into_iter().chain(safety.ring.due());
    round.due = words.chain(round.grace).chain(hosting::due(&hosting)).chain(arrival).min();
}
