//! Clean: what is over is forgotten, and when something is due next is found out.

use bevy_ecs::prelude::*;

use super::hosting::{self, Hosting};
use super::parts::{Due, Now, Presence, Whereabouts};
use super::safety::Safety;
use super::said::{Answer, Appear, Ask, Happened, Log, Manner, Speak, Spoken, Voicing, WalkTo};
use super::voice::Voices;

/// Forgets old words.
pub fn forget(now: Res<Now>, mut log: ResMut<Log>, mut safety: ResMut<Safety>) {
    log.forget(now.0);
    safety.ring.forget(now.0);
}

/// The next end of a grace time, or words to be forgotten. Nothing else needs a tick: a walk that is over by the time
/// somebody does something is settled then, and until then nobody can tell the difference. But for those who talk: at
/// the end of a walk somebody begins to hear them, or they somebody.
pub fn next_due(
    (log, safety): (Res<Log>, Res<Safety>),
    hosting: Res<Hosting>,
    voices: Res<Voices>,
    mut due: ResMut<Due>,
    people: Query<&Presence>,
    places: Query<&Whereabouts>,
) {
    let graces = people.iter().filter_map(|presence| match presence {
        Presence::Lost { until } => Some(*until),
        Presence::Here { .. } | Presence::Entering { .. } => None,
    });
    let arrivals = places.iter().filter(|at| at.walking).map(|at| at.walk.until);
    let arrival = if voices.anybody_talks() { arrivals.min() } else { None };
    due.0 = graces.chain(log.due()).chain(safety.ring.due()).chain(hosting::due(&hosting)).chain(arrival).min();
}

/// Drops the messages of this round: their readers come after their writers, and so have read them. Bevy's own system
/// for this takes its register out of the world and puts it back, which costs more than all the rest of a quiet tick.
pub fn messages(
    mut walks: ResMut<Messages<Ask<WalkTo>>>,
    mut words: ResMut<Messages<Ask<Speak>>>,
    mut appearances: ResMut<Messages<Ask<Appear>>>,
    mut manners: ResMut<Messages<Ask<Manner>>>,
    mut voicings: ResMut<Messages<Ask<Voicing>>>,
    mut spoken: ResMut<Messages<Spoken>>,
    mut happened: ResMut<Messages<Happened>>,
    mut answers: ResMut<Messages<Answer>>,
) {
    walks.clear();
    words.clear();
    appearances.clear();
    manners.clear();
    voicings.clear();
    spoken.clear();
    happened.clear();
    answers.clear();
}
