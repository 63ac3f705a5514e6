//! Walk: from a target to a path, at once for everybody.

use bevy_ecs::prelude::*;
use ibasho_protocol::client::Target;
use ibasho_protocol::ids::SeatIndex;
use ibasho_protocol::person::{Point, Walk};
use ibasho_protocol::plan::ZoneKind;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::session::Can;

use super::hosting::Hosting;
use super::manner::back;
use super::parts::{Part, Place, Profile, Whereabouts, Who};
use super::round::Round;
use super::said::{Answer, Ask, Happened, WalkTo};
use crate::room::floor::{self, Spot};

/// People for whom there is room in memory from the start: a living room.
const CROWD: usize = 32;

/// Finds the paths. From its first step a walk is in the hall, unless it stays in its zone; it is in the zone of
/// its end from the moment it ends.
pub fn walks(
    mut round: ResMut<Round>,
    place: Res<Place>,
    hosting: Res<Hosting>,
    mut people: Query<(&Who, &mut Whereabouts, &mut Profile, &Part)>,
) {
    let Round { now, asks, happened, answers, .. } = &mut *round;
    let now = *now;
    // Found anew for each, in the same memory.
    let (mut taken, mut seats) = (Vec::with_capacity(CROWD), Vec::with_capacity(CROWD));
    for Ask { entity, who, n, what: WalkTo { to, sent } } in asks.walks.drain(..) {
        taken.clear();
        seats.clear();
        for (_, at, ..) in people.iter().filter(|(other, ..)| other.0 != who) {
            taken.push(at.goal());
            seats.extend(at.walk.seat);
        }
        let Ok((_, mut at, mut profile, part)) = people.get_mut(entity) else { continue };
        let from = at.point(now);
        let routed = choose(&place, to, from, &taken, &seats).and_then(|spot| {
            let table = place.plan.zones[usize::from(spot.zone)].kind == ZoneKind::Table;
            if table && !sent && !hosting.allows(Can::Tables, part.role) {
                return Err(RefusalCode::NotNow);
            }
            let from_seat = if at.walking { None } else { at.walk.seat };
            let path = place.floor.route(from, from_seat, spot).ok_or(RefusalCode::NoWay)?;
            Ok((spot, path))
        });
        match routed {
            Ok((spot, path)) => {
                let stays = at.zone == spot.zone;
                let until = now + floor::walking_time(&path);
                let walk = Walk { path, at: now, until, zone: spot.zone, seat: spot.seat, stays };
                back(who, &mut profile, happened);
                happened.push(Happened::Public(Event::Walks { who, walk: walk.clone() }));
                let walking = until > now;
                let zone = if stays || !walking { spot.zone } else { 0 };
                *at = Whereabouts { walk, zone, walking };
                if !sent {
                    answers.push(Answer::done(entity, who, n));
                }
            }
            // The table filled up meanwhile: then they stay where they are.
            Err(_) if sent => {}
            Err(code) => answers.push(Answer::refused(entity, who, n, code)),
        }
    }
}

fn choose(
    place: &Place,
    target: Target,
    from: Point,
    taken: &[Point],
    seats: &[SeatIndex],
) -> Result<Spot, RefusalCode> {
    let floor = &place.floor;
    match target {
        Target::Point(point) if !floor.contains(point) => Err(RefusalCode::OffTheMap),
        Target::Point(point) => floor.spot_near(point, taken).ok_or(RefusalCode::NoWay),
        Target::Seat(seat) => {
            let spot = floor.seat(seat).ok_or(RefusalCode::OffTheMap)?;
            if seats.contains(&seat) { Err(RefusalCode::SeatTaken) } else { Ok(spot) }
        }
        Target::Zone(zone) if usize::from(zone) >= place.plan.zones.len() => Err(RefusalCode::OffTheMap),
        Target::Zone(zone) => floor.spot_in(zone, from, taken, seats).ok_or(RefusalCode::SeatTaken),
    }
}
