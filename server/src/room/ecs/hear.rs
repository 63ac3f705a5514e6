//! Hear: who hears what was said. Exactly those in a place that hears the place of the words, at this moment.

use bevy_ecs::prelude::*;

use super::manner::back;
use super::parts::{Book, Place, Profile, Seen, Ties, Whereabouts, Who, apart};
use super::round::Round;
use super::said::{Audience, Happened, Spoken};
use super::voice::Voices;

/// Finds the audience of each message. Somebody whose line is lost still sits there and gets it when they resume. Who
/// blocked the writer, or was blocked by them, does not.
pub fn audiences(
    mut round: ResMut<Round>,
    book: Res<Book>,
    place: Res<Place>,
    voices: Res<Voices>,
    here: Query<(&Who, &Whereabouts, &Ties), With<Seen>>,
    mut profiles: Query<&mut Profile>,
) {
    let Round { spoken, happened, .. } = &mut *round;
    for Spoken { said, n } in spoken.drain(..) {
        let (who, zone) = (said.who, said.zone);
        let writer = book.0.get(&who).copied();
        // Who wrote it a while ago may be away, or gone.
        if let Some(mut profile) = writer.filter(|_| n.is_some()).and_then(|entity| profiles.get_mut(entity).ok()) {
            back(who, &mut profile, happened);
        }
        let hears = |at: &Whereabouts| place.plan.zones[usize::from(at.zone)].hears.contains(&zone);
        let author = writer.and_then(|entity| here.get(entity).ok()).filter(|_| voices.blocks);
        // Words that waited longer than their writer stayed are theirs all the same.
        let reads = |other: &Who, ties: &Ties| match author {
            Some((_, _, own)) => !apart((who, own), (other.0, ties)),
            None => !ties.blocked.iter().any(|blocked| blocked.person == who.0),
        };
        let audience = here.iter().filter(|(who, at, ties)| hears(at) && reads(who, ties)).map(|(who, ..)| who.0);
        let audience: Audience = audience.collect();
        happened.push(Happened::Said { said, n, audience });
    }
}
