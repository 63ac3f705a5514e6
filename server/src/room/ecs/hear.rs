//! Hear: who hears what was said. Exactly those in a place that hears the place of the words, at this moment.

use bevy_ecs::prelude::*;
use ibasho_protocol::ids::Seq;
use ibasho_protocol::server::Said;

use super::manner::back;
use super::parts::{Now, Place, Profile, Seen, Ties, Whereabouts, Who, apart};
use super::said::{Audience, Happened, Spoken};
use super::voice::Voices;

/// Finds the audience of each message. Somebody whose line is lost still sits there and gets it when they resume. Who
/// blocked the writer, or was blocked by them, does not.
pub fn audiences(
    now: Res<Now>,
    place: Res<Place>,
    voices: Res<Voices>,
    here: Query<(&Who, &Whereabouts, &Ties), With<Seen>>,
    mut profiles: Query<&mut Profile>,
    mut spoken: MessageReader<Spoken>,
    mut happened: MessageWriter<Happened>,
) {
    for Spoken { entity, who, n, zone, text } in spoken.read() {
        let Ok(mut profile) = profiles.get_mut(*entity) else { continue };
        back(*who, &mut profile, &mut happened);
        let hears = |at: &Whereabouts| place.plan.zones[usize::from(at.zone)].hears.contains(zone);
        let author = here.get(*entity).ok().filter(|_| voices.blocks);
        let reads = |other: &Who, ties| author.is_none_or(|(_, _, own)| !apart((*who, own), (other.0, ties)));
        let audience = here.iter().filter(|(who, at, ties)| hears(at) && reads(who, ties)).map(|(who, ..)| who.0);
        let audience: Audience = audience.collect();
        let said = Said {
            // The number is given by Emit.
            id: Seq(0),
            who: *who,
            nick: profile.nick.clone(),
            look: profile.look,
            zone: *zone,
            at: now.0,
            text: text.clone(),
        };
        happened.write(Happened::Said { said, n: *n, audience });
    }
}
