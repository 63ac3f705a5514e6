//! Who hears whose voice, for the engine, and who sees whom speaking, for everybody.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;
use ibasho_protocol::ids::{PersonId, ZoneIndex};
use ibasho_protocol::plan::RoomPlan;

use super::super::hosting::Hosting;
use super::super::parts::{Part, Place, Presence, Ties, Whereabouts, Who, apart};
use super::super::round::Round;
use super::super::said::Happened;
use super::{Voice, Voices};
use crate::voice::media::{Hearing, Talker};

type Standing<'a> = (PersonId, &'a Ties, ZoneIndex);

/// Whether the first is in a place that hears the place of the second, and neither has blocked the other.
fn hears(plan: &RoomPlan, (who, ties, zone): Standing, (other, others, at): Standing) -> bool {
    plan.zones[usize::from(zone)].hears.contains(&at) && !apart((who, ties), (other, others))
}

/// Decides who hears whose voice, and tells the engine if that has changed.
pub fn hearing(
    mut round: ResMut<Round>,
    place: Res<Place>,
    hosting: Res<Hosting>,
    mut voices: ResMut<Voices>,
    people: Query<(&Who, &Ties, &Part, &Whereabouts, &Voice)>,
) {
    let connected = people.iter().filter(|(.., voice)| voice.line.is_some());
    let mut connected: Vec<_> =
        connected.map(|(who, ties, part, at, voice)| ((who.0, ties, at.zone), part, voice)).collect();
    connected.sort_by_key(|((who, ..), ..)| *who);
    let turn = hosting.turn();
    let talkers = connected.iter().filter(|(.., voice)| voice.mic).map(|&(talker, part, _)| {
        let who = talker.0;
        let listeners = connected.iter().map(|(listener, ..)| *listener);
        let heard_by = listeners.filter(|listener| listener.0 != who && hears(&place.plan, *listener, talker));
        let first = part.role.is_staff() || turn == Some(who);
        Talker { who, first, heard_by: heard_by.map(|(listener, ..)| listener).collect() }
    });
    let hearing = Hearing { talkers: talkers.collect() };
    if voices.told != hearing {
        voices.told.clone_from(&hearing);
        round.out.hearing = Some(hearing);
    }
}

/// Tells those for whom it has changed who speaks where they hear.
pub fn speaking(
    mut round: ResMut<Round>,
    place: Res<Place>,
    mut voices: ResMut<Voices>,
    people: Query<(Entity, &Who, &Ties, &Presence, &Whereabouts)>,
    mut of: Query<&mut Voice>,
) {
    let speaks = |entity| of.get(entity).is_ok_and(|voice| voice.speaks);
    let speakers = people.iter().filter(|(entity, ..)| speaks(*entity));
    let mut speakers: Vec<Standing> = speakers.map(|(_, who, ties, _, at)| (who.0, ties, at.zone)).collect();
    if speakers.is_empty() && !voices.shown {
        return;
    }
    speakers.sort_by_key(|(who, ..)| *who);
    voices.shown = false;
    let mut news: BTreeMap<Vec<PersonId>, Vec<PersonId>> = BTreeMap::new();
    for (entity, who, ties, presence, at) in &people {
        let Ok(mut voice) = of.get_mut(entity) else { continue };
        let reader = (who.0, ties, at.zone);
        // Who has no line is told when they are back.
        let heard = speakers.iter().filter(|_| presence.line().is_some());
        let heard = heard.filter(|speaker| speaker.0 == who.0 || hears(&place.plan, reader, **speaker));
        let heard: Vec<PersonId> = heard.map(|(speaker, ..)| *speaker).collect();
        voices.shown |= !heard.is_empty();
        if voice.told != heard {
            voice.told.clone_from(&heard);
            news.entry(heard).or_default().push(who.0);
        }
    }
    for (who, audience) in news {
        round.happened.push(Happened::Speaking { who, audience: audience.into() });
    }
}

/// Who speaks where somebody hears, as they were last told.
pub fn told(world: &World, entity: Entity) -> Vec<PersonId> {
    world.get::<Voice>(entity).map(|voice| voice.told.clone()).unwrap_or_default()
}
