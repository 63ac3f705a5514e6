//! The session that is on in this room: begins, changes, ends; and everybody is told where it stands.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use ibasho_moderation::roles::Role;
use ibasho_protocol::api::calendar::Access;
use ibasho_protocol::close;
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use ibasho_protocol::plan::ZoneKind;
use ibasho_protocol::server::Event;
use ibasho_protocol::session::{Can, Lobby, Mine, Standing};
use serde::{Deserialize, Serialize};

use super::doors::remove;
use super::parts::{Book, Chance, LastTold, Part, Place, Presence, Profile, Ties, Whereabouts, Who};
use super::round::Round;
use super::safety::conduct::Conduct;
use super::safety::{Safety, is_short_of_staff, sees_lockdowns};
use super::said::Happened;
use super::voice::{Voice, asks};
use crate::hosting::gathering::{Entry, Gathering, Present, RoomNow};
use crate::hosting::planned::Planned;
use crate::room::tick::{Hosted, Reply};
use crate::store::statistics::SessionCounted;

/// What is on.
#[derive(Resource, Default)]
pub struct Hosting {
    /// The session, from the moment its doors open until it is over.
    pub gathering: Option<Gathering>,
    /// The session that was ended last: it does not begin again.
    pub over: Option<String>,
    /// Open without a session.
    pub open: bool,
    /// What everybody was told last.
    told: Option<Standing>,
    /// Something that is kept has changed.
    pub changed: bool,
}

/// What is kept of it.
#[derive(Deserialize)]
struct Kept {
    gathering: Option<Gathering>,
    over: Option<String>,
}

/// The same, borrowed: a state of some kilobytes need not be copied to be written.
#[derive(Serialize)]
struct ToKeep<'a> {
    gathering: Option<&'a Gathering>,
    over: Option<&'a str>,
}

impl Hosting {
    /// As it was before a restart. A state that cannot be read is as good as none: the session begins anew.
    pub fn again(kept: Option<&str>) -> Self {
        let kept = kept.and_then(|kept| match serde_json::from_str(kept) {
            Ok(kept) => Some(kept),
            Err(error) => {
                tracing::error!(%error, "the session that was on cannot be read and begins anew");
                None
            }
        });
        let Kept { gathering, over } = kept.unwrap_or(Kept { gathering: None, over: None });
        Self { gathering, over, open: true, told: None, changed: false }
    }

    /// What is to be kept, if it has changed.
    fn news_to_keep(&mut self) -> Option<Hosted> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        if self.gathering.is_none() && self.over.is_none() {
            return Some(Hosted(None));
        }
        let to_keep = ToKeep { gathering: self.gathering.as_ref(), over: self.over.as_deref() };
        match serde_json::to_string(&to_keep) {
            Ok(text) => Some(Hosted(Some(Arc::from(text)))),
            Err(error) => {
                tracing::error!(%error, "a session cannot be kept");
                None
            }
        }
    }

    /// The id of the session that is on.
    pub fn session(&self) -> Option<&str> {
        self.gathering.as_ref().map(Gathering::id)
    }

    /// Whether something is possible now for somebody in this role. Without a session everything is.
    pub fn allows(&self, can: Can, role: Role) -> bool {
        self.gathering.as_ref().is_none_or(|gathering| gathering.can(can, role))
    }

    /// Whether somebody may speak with their voice now. Without a session everybody may.
    pub fn lets_speak(&self, who: PersonId, role: Role) -> bool {
        self.gathering.as_ref().is_none_or(|gathering| gathering.lets_speak(who, role))
    }

    /// Whose turn it is in a round.
    pub fn turn(&self) -> Option<PersonId> {
        self.gathering.as_ref().and_then(Gathering::turn)
    }
}

/// Everybody as the session sees them, in the order they came; those who wait in the lobby too.
pub fn present(world: &mut World) -> Vec<Present> {
    let mut people = world.query::<(&Who, &Profile, &Part, &Ties, &Presence, Option<&Whereabouts>)>();
    let all = people.iter(world).map(|(who, profile, part, ties, presence, at)| {
        let present = Present {
            who: who.0,
            nick: profile.nick.clone(),
            look: profile.look,
            role: part.role,
            way: part.way,
            zone: at.map_or(0, |at| at.walk.zone),
            connected: !matches!(presence, Presence::Lost { .. }),
            lent: ties.lent,
            known: ties.pass.member.is_some(),
            first: !ties.pass.attended,
            muted: ties.muted,
            aside: ties.aside.is_some(),
        };
        (ties.arrival, present)
    });
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(arrival, present)| (*arrival, present.who));
    all.into_iter().map(|(_, present)| present).collect()
}

/// The tables of the room with their seats.
pub fn tables(place: &Place) -> Vec<(ZoneIndex, u16)> {
    let seats = |zone| place.plan.seats.iter().filter(|seat| seat.zone == zone).count() as u16;
    let zones = place.plan.zones.iter().enumerate().filter(|(_, zone)| zone.kind == ZoneKind::Table);
    zones.map(|(index, _)| (index as ZoneIndex, seats(index as ZoneIndex))).collect()
}

/// Calls `f` with the session that is on and everybody who is there.
pub fn with_gathering<T>(world: &mut World, f: impl FnOnce(&mut Gathering, &RoomNow<'_>) -> T) -> Option<T> {
    world.resource::<Hosting>().gathering.as_ref()?;
    let people = present(world);
    let tables = tables(world.resource::<Place>());
    let (now, chance) = (world.resource::<Round>().now, world.resource::<Chance>().0.number());
    let room = RoomNow { people: &people, tables: &tables, now, chance };
    let mut hosting = world.resource_mut::<Hosting>();
    hosting.gathering.as_mut().map(|gathering| f(gathering, &room))
}

/// The calendar says what is on.
pub fn agenda(world: &mut World, session: Option<Planned>, open: bool) {
    world.resource_mut::<Hosting>().open = open;
    let on = world.resource::<Hosting>().gathering.as_ref().map(|gathering| gathering.id().to_owned());
    match session {
        Some(planned) if on.as_ref() == Some(&planned.programme.id) => {
            let mut hosting = world.resource_mut::<Hosting>();
            if let Some(gathering) = &mut hosting.gathering {
                gathering.replan(planned);
                hosting.changed = true;
            }
            tell_programme(world);
        }
        Some(planned) if world.resource::<Hosting>().over.as_ref() == Some(&planned.programme.id) => {}
        Some(planned) => {
            if on.is_some() {
                end(world);
            }
            begin(world, planned);
        }
        None => {
            if on.is_some() {
                end(world);
            }
            let mut hosting = world.resource_mut::<Hosting>();
            hosting.changed |= hosting.over.take().is_some();
        }
    }
    let hosting = world.resource::<Hosting>();
    if hosting.gathering.is_none() && !hosting.open {
        empty(world, |_| true);
    }
}

/// The doors open. Who is here already stays, if everybody may come; otherwise the room is made free for those who
/// are invited.
fn begin(world: &mut World, planned: Planned) {
    let now = world.resource::<Round>().now;
    let free = planned.access == Access::Open && planned.eligibility.is_none() && !planned.staff_or_shut;
    world.resource_mut::<Hosting>().gathering = Some(Gathering::begin(planned, now));
    world.resource_mut::<Hosting>().changed = true;
    if !free {
        empty(world, |role| !role.is_staff());
    }
    let mut people = world.query::<(&Who, &Part, &Ties)>();
    let stay = people.iter(world).map(|(who, part, ties)| (who.0, part.role, ties.pass.clone()));
    let stay: Vec<_> = stay.collect();
    if let Some(gathering) = &mut world.resource_mut::<Hosting>().gathering {
        for (who, role, pass) in &stay {
            gathering.came(*who, pass, Entry::In(*role));
        }
    }
    tell_programme(world);
}

/// The session is over: it is counted, and what was lent is given back.
fn end(world: &mut World) {
    let now = world.resource::<Round>().now;
    let mut hosting = world.resource_mut::<Hosting>();
    let Some(gathering) = hosting.gathering.take() else { return };
    hosting.over = Some(gathering.id().to_owned());
    hosting.told = None;
    hosting.changed = true;
    let programme = gathering.programme();
    let counted = SessionCounted {
        session: programme.id.clone(),
        room: world.resource::<Place>().plan.id.clone(),
        starts: programme.starts,
        name: programme.name.ja.clone(),
        tally: gathering.count(now),
    };
    world.resource_mut::<Round>().out.counted.push(counted);
    // Nobody is let in any more; who came to look on has seen it.
    empty(world, |role| matches!(role, Role::Lobby | Role::Observer));
    let mut people = world.query::<(&Who, &mut Part, &mut Ties)>();
    let lent = people.iter_mut(world).filter_map(|(who, mut part, mut ties)| {
        std::mem::take(&mut ties.lent).then(|| part.role = Role::Participant)?;
        Some((who.0, std::mem::take(&mut ties.badge)))
    });
    let lent: Vec<(PersonId, bool)> = lent.collect();
    for (who, badge) in lent {
        tell(world, who, &Event::Role { role: Role::Participant });
        if badge {
            world.resource_mut::<Round>().happened.push(Happened::Public(Event::Badge { who, role: None }));
        }
        world.resource_mut::<Round>().out.touched.push(who);
    }
    world.resource_mut::<Round>().happened.push(Happened::Public(Event::Programme { programme: None }));
}

/// The last phase came: the session is over and everybody goes home.
pub fn close_down(world: &mut World) {
    end(world);
    empty(world, |_| true);
}

/// Everybody in such a role is told that it is over for today.
fn empty(world: &mut World, who: impl Fn(Role) -> bool) {
    let mut people = world.query::<(Entity, &Who, &Part)>();
    let leave = people.iter(world).filter(|(_, _, part)| who(part.role)).map(|(entity, who, _)| (entity, who.0));
    let leave: Vec<(Entity, PersonId)> = leave.collect();
    for (entity, who) in leave {
        world.resource_mut::<Round>().out.closed.push((who, close::OVER));
        remove(world, who, entity);
    }
}

fn tell_programme(world: &mut World) {
    if let Some(gathering) = &world.resource::<Hosting>().gathering {
        let programme = Some(Box::new(gathering.programme().clone()));
        world.resource_mut::<Round>().happened.push(Happened::Public(Event::Programme { programme }));
    }
}

/// Tells one person something.
pub fn tell(world: &mut World, who: PersonId, event: &Event) {
    world.resource_mut::<Round>().out.replies.push(Reply { who, body: encode_event(event), lasting: false });
}

/// Tells everybody what is new to them. Last before Emit, when everything that changes something has happened.
pub fn tell_news(world: &mut World) {
    if let Some(standing) = with_gathering(world, |gathering, _| gathering.standing()) {
        let mut hosting = world.resource_mut::<Hosting>();
        if hosting.told.as_ref() != Some(&standing) {
            hosting.told = Some(standing.clone());
            hosting.changed = true;
            world.resource_mut::<Round>().happened.push(Happened::Public(Event::Standing(Box::new(standing))));
        }
    }
    // Without a session almost nothing is ever new; a look at the flag keeps a busy hall cheap.
    let personal = std::mem::take(&mut world.resource_mut::<Round>().out.personal);
    if personal || world.resource::<Hosting>().gathering.is_some() {
        tell_each(world);
    }
    let kept = world.resource_mut::<Hosting>().news_to_keep();
    if kept.is_some() {
        world.resource_mut::<Round>().out.hosted = kept;
    }
}

/// Tells each person what is new to them alone.
fn tell_each(world: &mut World) {
    let everybody: Vec<(PersonId, Entity)> =
        world.resource::<Book>().0.iter().map(|(&who, &entity)| (who, entity)).collect();
    let views = views(world, &everybody);
    for (entity, who, view) in views {
        let Some(mut last) = world.get_mut::<LastTold>(entity) else { continue };
        let mut news = Vec::new();
        if last.mine != view.mine {
            last.mine = view.mine.clone();
            news.push(Event::Mine(view.mine));
        }
        if last.lobby != view.lobby {
            last.lobby.clone_from(&view.lobby);
            news.extend(view.lobby.map(Event::Lobby));
        }
        if last.desk != view.desk {
            last.desk.clone_from(&view.desk);
            news.extend(view.desk.map(|desk| Event::Desk(Box::new(desk))));
        }
        for event in news {
            tell(world, who, &event);
        }
    }
}

/// What concerns one person.
#[derive(Default)]
pub struct View {
    pub mine: Mine,
    pub lobby: Option<Lobby>,
    pub desk: Option<ibasho_protocol::session::Desk>,
}

fn views(world: &mut World, of: &[(PersonId, Entity)]) -> Vec<(Entity, PersonId, View)> {
    let short = is_short_of_staff(world);
    let people = present(world);
    let tables = tables(world.resource::<Place>());
    let room = RoomNow { people: &people, tables: &tables, now: world.resource::<Round>().now, chance: 0 };
    let gathering = world.resource::<Hosting>().gathering.as_ref();
    let desk = gathering.map(|gathering| gathering.desk(&room));
    let view = |&(who, entity): &(PersonId, Entity)| {
        let (part, ties) = (world.get::<Part>(entity)?, world.get::<Ties>(entity)?);
        let mut mine = gathering.map_or_else(Mine::default, |gathering| gathering.mine(who));
        mine.known = ties.pass.member.is_some();
        mine.badge = ties.badge;
        mine.mic = world.get::<Voice>(entity).is_some_and(|voice| voice.mic);
        mine.muted = ties.muted;
        mine.blocked = asks::blocked(world, who, ties);
        let (safety, room) = (world.resource::<Safety>(), &world.resource::<Place>().plan.id);
        let in_force = world.get::<Conduct>(entity).map(|conduct| conduct.in_force.as_slice()).unwrap_or_default();
        mine.in_force = in_force.iter().filter(|have| have.scope.covers(room)).cloned().collect();
        mine.held = safety.waiting.of(who);
        if sees_lockdowns(part.role) {
            mine.locked.clone_from(&safety.lockdown.locked);
        }
        let waits = part.role == Role::Lobby;
        mine.few_staff = short && !waits && !part.role.is_staff();
        let lobby = gathering.filter(|_| waits).map(|gathering| gathering.lobby(who));
        let desk = desk.clone().filter(|_| part.role.is_staff());
        Some((entity, who, View { mine, lobby, desk }))
    };
    of.iter().filter_map(view).collect()
}

/// What somebody who comes in is told, remembered so that it is not told twice.
pub fn view_of(world: &mut World, who: PersonId, entity: Entity) -> View {
    let Some((_, _, view)) = views(world, &[(who, entity)]).pop() else { return View::default() };
    let last = LastTold { mine: view.mine.clone(), desk: view.desk.clone(), lobby: view.lobby.clone() };
    world.entity_mut(entity).insert(last);
    view
}

/// When the session does something by itself.
pub fn due(hosting: &Hosting) -> Option<Millis> {
    hosting.gathering.as_ref().and_then(Gathering::due)
}
