//! Hear: who hears what was said. Exactly those in a place that hears the place of the words, at this moment.

use bevy_ecs::prelude::*;
use ibasho_protocol::ids::Seq;
use ibasho_protocol::server::Said;

use super::manner::back;
use super::parts::{Now, Place, Profile, Seen, Whereabouts, Who};
use super::said::{Audience, Happened, Spoken};

/// Finds the audience of each message. Somebody whose line is lost still sits there and gets it when they resume.
pub fn audiences(
    now: Res<Now>,
    place: Res<Place>,
    here: Query<(&Who, &Whereabouts), With<Seen>>,
    mut profiles: Query<&mut Profile>,
    mut spoken: MessageReader<Spoken>,
    mut happened: MessageWriter<Happened>,
) {
    for Spoken { entity, who, n, zone, text } in spoken.read() {
        let Ok(mut profile) = profiles.get_mut(*entity) else { continue };
        back(*who, &mut profile, &mut happened);
        let hears = |at: &Whereabouts| place.plan.zones[usize::from(at.zone)].hears.contains(zone);
        let audience: Audience = here.iter().filter(|(_, at)| hears(at)).map(|(who, _)| who.0).collect();
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
