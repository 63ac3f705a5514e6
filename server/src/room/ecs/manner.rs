//! What needs neither the floor nor the rules: reactions, away, way, note, taking back.

use bevy_ecs::prelude::*;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::plan::ZoneKind;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;

use super::parts::{Part, Place, Profile, Whereabouts};
use super::round::Round;
use super::safety::Safety;
use super::said::{Answer, Ask, Happened, Log, Manner};
use crate::desk::moment::Fate;

/// Carries them out.
pub fn manners(
    mut round: ResMut<Round>,
    place: Res<Place>,
    mut log: ResMut<Log>,
    mut safety: ResMut<Safety>,
    mut people: Query<(&mut Profile, &mut Part, &Whereabouts)>,
) {
    let Round { now, asks, happened, answers, .. } = &mut *round;
    for Ask { entity, who, n, what } in asks.manners.drain(..) {
        let Ok((mut profile, mut part, at)) = people.get_mut(entity) else { continue };
        let answer = match what {
            Manner::React(_) if place.plan.zones[usize::from(at.zone)].kind == ZoneKind::Rest => {
                Answer::refused(entity, who, n, RefusalCode::QuietPlace)
            }
            Manner::React(kind) => {
                back(who, &mut profile, happened);
                happened.push(Happened::Public(Event::Reacts { who, kind }));
                Answer::done(entity, who, n)
            }
            Manner::Away(on) => {
                if profile.away != on {
                    profile.away = on;
                    happened.push(Happened::Public(Event::Away { who, on }));
                }
                Answer::done(entity, who, n)
            }
            Manner::Way(way) => {
                part.way = way;
                Answer::kept(entity, who, n)
            }
            Manner::Wish(wish) => {
                if profile.wish != wish {
                    profile.wish = wish;
                    happened.push(Happened::Public(Event::Wishes { who, wish }));
                }
                Answer::kept(entity, who, n)
            }
            Manner::TakeBack(id) => match log.take_back(id, who, *now) {
                Ok(audience) => {
                    safety.ring.became(id, Fate::TakenBack);
                    happened.push(Happened::TakenBack { id, audience });
                    Answer::done(entity, who, n)
                }
                Err(code) => Answer::refused(entity, who, n, code),
            },
        };
        answers.push(answer);
    }
}

/// Who does something is no longer away.
pub(super) fn back(who: PersonId, profile: &mut Profile, happened: &mut Vec<Happened>) {
    if std::mem::take(&mut profile.away) {
        happened.push(Happened::Public(Event::Away { who, on: false }));
    }
}
