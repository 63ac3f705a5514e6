//! Who is let in, who waits, and who is let in from waiting.

use bevy_ecs::prelude::*;
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::{PersonId, Seq};
use ibasho_protocol::person::Point;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::{Event, Line};

use super::hosting::{Hosting, tell, with_gathering};
use super::parts::{Arrivals, Book, Chance, Part, Place, Presence, Seen, Ties, Tokens, Whereabouts};
use super::round::Round;
use super::safety::{Safety, is_short_of_staff};
use super::said::Happened;
use crate::hosting::gathering::Entry;
use crate::hosting::pass::DoorPass;
use crate::room::floor::Spot;
use crate::room::tick::Door;
use crate::secret::Token;

/// What a newcomer would be here. Staff always get in: somebody has to open the doors.
pub fn role_at_door(world: &mut World, pass: &DoorPass) -> Result<Entry, RefusalCode> {
    if let Some(staff) = &pass.staff {
        return if staff.role.is_staff() { Ok(Entry::In(staff.role)) } else { Err(RefusalCode::NotAllowed) };
    }
    if let Some(entry) = with_gathering(world, |gathering, room| gathering.door(pass, room)) {
        return entry;
    }
    match () {
        () if !world.resource::<Hosting>().open => Err(RefusalCode::RoomClosed),
        () if pass.observes => Err(RefusalCode::NoObservers),
        () if world.resource::<Safety>().on_duty.shut && is_short_of_staff(world) => Err(RefusalCode::RoomClosed),
        () => Ok(Entry::In(Role::Participant)),
    }
}

/// A free spot near the door, if the room is not full. Who waits in the lobby takes no room.
pub fn spot(world: &mut World) -> Result<Spot, RefusalCode> {
    let taken: Vec<Point> = world.query::<&Whereabouts>().iter(world).map(Whereabouts::goal).collect();
    let place = world.resource::<Place>();
    if taken.len() >= usize::from(place.plan.capacity) {
        return Err(RefusalCode::RoomFull);
    }
    place.floor.entry(&taken).ok_or(RefusalCode::RoomFull)
}

/// Lets somebody in who waited. Their line stays; they get a `welcome` when their new place is on disk.
pub fn let_in(world: &mut World, who: PersonId, role: Role) {
    let now = world.resource::<Round>().now;
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    // Full at this very moment: they wait on, and the staff see it.
    let Ok(spot) = spot(world) else { return };
    let dice = world.resource::<Chance>().0.clone();
    let arrival = world.resource_mut::<Arrivals>().next(now);
    let mut person = world.query::<(&mut Part, &mut Ties, &mut Presence, &mut Tokens)>();
    let Ok((mut part, mut ties, mut presence, mut tokens)) = person.get_mut(world, entity) else { return };
    part.role = role;
    ties.arrival = arrival;
    let on = match *presence {
        Presence::Here { on } => {
            let token = Token::draw(&dice);
            *tokens = Tokens { current: token.hash(), previous: Some(tokens.current) };
            let (line, seen) = (Line::Fresh, Seq(0));
            *presence = Presence::Entering { on, token, line, seen, newcomer: true, then_lost: None };
            Some(on)
        }
        Presence::Entering { .. } | Presence::Lost { .. } => None,
    };
    world.entity_mut(entity).insert(Whereabouts::settled(spot.at, spot.zone, spot.seat, now));
    if let Some(line) = on {
        world.resource_mut::<Round>().out.doors.push(Door::Promoted { line, who });
    } else {
        // Without a line now: they are in, and see it when they are back.
        super::doors::appear(world, who, entity);
        world.resource_mut::<Round>().out.touched.push(who);
    }
}

/// Brings somebody to a place of their own: the lobby, which staff see into and nobody else. Their line stays; they get
/// a `welcome` to it.
pub fn set_aside(world: &mut World, who: PersonId, entity: Entity) {
    let dice = world.resource::<Chance>().0.clone();
    let mut person = world.query::<(&mut Part, &mut Ties, &mut Presence, &mut Tokens)>();
    let Ok((mut part, mut ties, mut presence, mut tokens)) = person.get_mut(world, entity) else { return };
    ties.aside = Some(std::mem::replace(&mut part.role, Role::Lobby));
    let on = presence.line();
    if let Some(on) = on {
        let token = Token::draw(&dice);
        *tokens = Tokens { current: token.hash(), previous: Some(tokens.current) };
        let (line, seen) = (Line::Fresh, Seq(0));
        *presence = Presence::Entering { on, token, line, seen, newcomer: false, then_lost: None };
    }
    let was_seen = world.entity(entity).contains::<Seen>();
    world.entity_mut(entity).remove::<(Seen, Whereabouts)>();
    if was_seen {
        world.resource_mut::<Round>().happened.push(Happened::Public(Event::Left { who }));
    }
    match on {
        Some(line) => world.resource_mut::<Round>().out.doors.push(Door::Promoted { line, who }),
        None => world.resource_mut::<Round>().out.touched.push(who),
    }
}

/// A staff login ended, or the account is something else now.
pub fn revoke(world: &mut World, account: &str, login: Option<&str>, role: Option<Role>) {
    let mut people = world.query::<(Entity, &super::parts::Who, &Ties)>();
    let meant = people.iter(world).filter(|(_, _, ties)| {
        let staff = ties.pass.staff.as_ref();
        staff.is_some_and(|staff| staff.account == account && login.is_none_or(|login| staff.login == login))
    });
    let meant: Vec<(Entity, PersonId)> = meant.map(|(entity, who, _)| (entity, who.0)).collect();
    for (entity, who) in meant {
        if let Some(role) = role {
            super::deeds::change(world, who, |part, _| part.role = role);
            tell(world, who, &Event::Role { role });
        } else {
            world.resource_mut::<Round>().out.closed.push((who, ibasho_protocol::close::SIGNED_OUT));
            super::doors::remove(world, who, entity);
        }
    }
}
