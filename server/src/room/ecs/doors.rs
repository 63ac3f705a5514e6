//! Ingest, the doors: people come, come back, lose their line and leave.

use bevy_ecs::prelude::*;
use ibasho_moderation::hook::{Context, Subject};
use ibasho_moderation::roles::Role;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::ids::{Millis, PersonId, Seq};
use ibasho_protocol::limits::GRACE_MS;
use ibasho_protocol::person::{Look, Way, Wish};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::{Event, Line};

use super::hosting::{Hosting, agenda};
use super::judge::{self, Worn, wear};
use super::lobby::{revoke, role_at_door, spot};
use super::names;
use super::parts::{
    Answers, Arrivals, Book, Chance, LastTold, Pace, Part, Place, Presence, Profile, Rules, Seen, Ties, Tokens,
    Whereabouts, Who, badge, person as describe,
};
use super::round::Round;
use super::safety::conduct::Conduct;
use super::safety::{self, Safety, heed, news};
use super::said::{Answer, Happened, Log};
use super::voice::{Voice, Voices, asks};
use crate::hosting::gathering::Entry;
use crate::hosting::pass::DoorPass;
use crate::line::LineId;
use crate::room::tick::{Admitted, Call, Door, Input, Tie};
use crate::secret::{Token, TokenHash};

/// Lets people in and out, and ends grace times. Exclusive: whoever comes second in a tick must see the first.
pub fn let_in_and_out(world: &mut World) {
    let now = world.resource::<Round>().now;
    let inputs = std::mem::take(&mut world.resource_mut::<Round>().inbox.doors);
    let is_over = world.resource::<Round>().due.is_some_and(|due| due <= now);
    if inputs.is_empty() && !is_over {
        return;
    }
    world.resource_mut::<Round>().lines_changed = true;
    for input in inputs {
        match input {
            Input::Enter { line, nick, look, way, wish, pass } => {
                let door = match enter(world, (now, line), &nick, look, way, wish, pass) {
                    Ok(who) => Door::Entering { line, who },
                    Err(refusal) => Door::Refused { line, refusal },
                };
                world.resource_mut::<Round>().out.doors.push(door);
            }
            Input::Again { line, token, seen } => {
                let door = match again(world, line, &token, seen) {
                    Some(who) => Door::Entering { line, who },
                    None => match world.resource::<Safety>().away(&token) {
                        Some((subject, in_force)) => Door::Away { line, subject, in_force },
                        None => Door::Refused { line, refusal: RefusalCode::SeatGone.into() },
                    },
                };
                world.resource_mut::<Round>().out.doors.push(door);
            }
            Input::Admit { who, on, in_force } => admit(world, who, on, in_force),
            Input::Turned { who, on } => turn_away(world, now, who, on),
            Input::Confirmed { who } => confirm(world, who),
            Input::LineLost { who, on } => lose_line(world, now, who, on),
            Input::Leave { who } => leave(world, who),
            Input::Agenda { session, open } => agenda(world, session.map(|session| *session), open),
            Input::Revoke { account, login, role } => revoke(world, &account, login.as_deref(), role),
            Input::Outside { who, event, tie } => outside(world, who, event, tie),
            Input::Answered { who, line, n, answer } => asks::answered(world, (who, line), n, answer),
            Input::Desk(news) => news::take_in(world, *news),
            Input::Greet { who, untold } => news::greet(world, who, untold),
            Input::Judged { seq, decision } => judge::judged(world, seq, *decision),
            Input::Named { who, n, wanted, decision } => names::named(world, (who, n), wanted, &decision),
            Input::Unheld { seq, refusal } => judge::unheld(world, seq, refusal),
            Input::Voice(_) | Input::Command { .. } => {}
        }
    }
    // Looking at everybody is dear: only when Clean has found that somebody's time is over.
    if is_over {
        end_graces(world, now);
    }
}

fn enter(
    world: &mut World,
    (now, on): (Millis, LineId),
    nick: &str,
    look: Look,
    way: Way,
    wish: Option<Wish>,
    pass: DoorPass,
) -> Result<PersonId, Refusal> {
    let entry = role_at_door(world, &pass)?;
    // In a lockdown newcomers wait; who was met before, and staff, do not.
    let (entry, aside) = match entry {
        Entry::In(role) if waits_for_lockdown(world, role, &pass, now) => {
            (Entry::Lobby { observes: false }, Some(role))
        }
        entry => (entry, None),
    };
    let role = if let Entry::In(role) = entry { role } else { Role::Lobby };
    let spot = if role == Role::Lobby { None } else { Some(spot(world)?) };
    let here: Vec<String> = world.query::<&Profile>().iter(world).map(|profile| profile.skeleton.clone()).collect();
    let place = world.resource::<Place>();
    let dice = world.resource::<Chance>().0.clone();
    let session = world.resource::<Hosting>().session();
    let around = Context { session, ..Context::new(&place.plan.id, role, now) };
    let rules = &world.resource::<Rules>().0;
    let Worn { nick, skeleton, decision } =
        wear(nick, look, &here, rules, |nick| Subject::Entry { nick }, &around, dice.number())?;
    let token = Token::draw(&dice);
    let mut who = dice.person();
    while world.resource::<Book>().0.contains_key(&who) {
        who = dice.person();
    }
    let tokens = Tokens { current: token.hash(), previous: None };
    let arrival = world.resource_mut::<Arrivals>().next(now);
    let mut hosting = world.resource_mut::<Hosting>();
    if let Some(gathering) = &mut hosting.gathering {
        gathering.came(who, &pass, entry);
        hosting.changed = true;
    }
    let badge = pass.staff.as_ref().is_some_and(|staff| staff.badge);
    let mut ties = Ties { pass, badge, arrival, aside, ..Ties::default() };
    ties.blocked = world.resource_mut::<Safety>().list(&safety::known_by(who, &ties));
    world.resource_mut::<Voices>().blocks |= !ties.blocked.is_empty();
    let entity = world.spawn((
        Who(who),
        Profile { nick, skeleton, look, wish, away: false },
        Part { role, way },
        ties,
        (Voice::default(), Conduct::default()),
        LastTold::default(),
        Presence::Entering { on, token, line: Line::Fresh, seen: Seq(0), newcomer: true, then_lost: None },
        tokens,
        Answers::default(),
        Pace::new(now),
    ));
    let entity = entity.id();
    if let Some(spot) = spot {
        world.entity_mut(entity).insert(Whereabouts::settled(spot.at, spot.zone, spot.seat, now));
    }
    world.resource_mut::<Book>().0.insert(who, entity);
    heed::heed_in(world, entity, who, &decision, None);
    Ok(who)
}

fn waits_for_lockdown(world: &World, role: Role, pass: &DoorPass, now: Millis) -> bool {
    let terms = world.resource::<Safety>().lockdown.terms;
    !role.is_staff() && !pass.attended && terms.is_some_and(|terms| terms.is_newcomer(now))
}

/// Somebody comes back: the presented token gives way to a new one, and stays valid until that is confirmed.
fn again(world: &mut World, on: LineId, token: &TokenHash, seen: Seq) -> Option<PersonId> {
    let dice = world.resource::<Chance>().0.clone();
    let line = if world.resource::<Log>().reaches(seen) { Line::Resumed } else { Line::Resync };
    let mut people = world.query::<(&Who, &mut Tokens, &mut Presence)>();
    let mut found = people.iter_mut(world).filter(|(_, tokens, presence)| {
        let known = tokens.current == *token || tokens.previous == Some(*token);
        known && !matches!(**presence, Presence::Entering { newcomer: true, .. })
    });
    let (who, mut tokens, mut presence) = found.next()?;
    let fresh = Token::draw(&dice);
    *tokens = Tokens { current: fresh.hash(), previous: Some(*token) };
    let then_lost = match *presence {
        Presence::Lost { until } => Some(until),
        Presence::Entering { then_lost, .. } => then_lost,
        Presence::Here { .. } => None,
    };
    *presence = Presence::Entering { on, token: fresh, line, seen, newcomer: false, then_lost };
    Some(who.0)
}

fn admit(world: &mut World, who: PersonId, on: LineId, in_force: Vec<InForce>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let Some(mut presence) = world.get_mut::<Presence>(entity) else { return };
    if !presence.enters(on) {
        return;
    }
    let Presence::Entering { token, line, seen, newcomer, .. } =
        std::mem::replace(&mut *presence, Presence::Here { on })
    else {
        return;
    };
    // Before anybody sees them: who is to be set aside does not come and go.
    news::arrive(world, who, entity, in_force);
    if world.get_entity(entity).is_err() {
        return;
    }
    if newcomer {
        appear(world, who, entity);
    }
    world.resource_mut::<Round>().out.admitted.push(Admitted { who, token, line, seen });
}

/// Others see somebody from now on. Who waits in the lobby is seen by nobody.
pub(super) fn appear(world: &mut World, who: PersonId, entity: Entity) {
    let person = world.entity(entity);
    let parts = (person.get::<Profile>(), person.get::<Part>(), person.get::<Ties>(), person.get::<Whereabouts>());
    let (Some(profile), Some(part), Some(ties), Some(at)) = parts else { return };
    let came = Happened::Public(Event::Came(describe(Who(who), profile, at, badge(part, ties))));
    staff_changed(world, entity);
    world.entity_mut(entity).insert(Seen);
    world.resource_mut::<Round>().happened.push(came);
    // They may be on the list of somebody here.
    let blocks = world.resource::<Voices>().blocks;
    world.resource_mut::<Round>().out.personal |= blocks;
    let member = world.get::<Ties>(entity).and_then(|ties| ties.pass.member);
    let session = world.resource::<Hosting>().gathering.as_ref().map(|gathering| gathering.id().to_owned());
    if let (Some(member), Some(session)) = (member, session) {
        world.resource_mut::<Round>().out.attended.push((member, session));
    }
}

/// What somebody asked the outside for is done.
fn outside(world: &mut World, who: PersonId, event: Event, tie: Tie) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let (Event::Done { n, .. } | Event::Phrase { n, .. } | Event::Refused { n, .. }) = event else { return };
    let member = match tie {
        Tie::Same => None,
        Tie::Is(member) => Some(Some(member)),
        Tie::Nobody => Some(None),
    };
    if let (Some(member), Some(mut ties)) = (member, world.get_mut::<Ties>(entity)) {
        ties.pass.member = member;
        world.resource_mut::<Round>().out.personal = true;
    }
    world.resource_mut::<Round>().answers.push(Answer { entity, who, n, event, lasting: true });
}

/// What should have been kept could not be: nobody enters on a promise that is not on disk.
fn turn_away(world: &mut World, now: Millis, who: PersonId, on: LineId) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let Some(mut presence) = world.get_mut::<Presence>(entity) else { return };
    match *presence {
        _ if !presence.enters(on) => {}
        Presence::Entering { newcomer: true, .. } => remove(world, who, entity),
        Presence::Entering { then_lost, .. } => {
            *presence = Presence::Lost { until: then_lost.unwrap_or(now + GRACE_MS) }
        }
        Presence::Here { .. } | Presence::Lost { .. } => {}
    }
}

fn confirm(world: &mut World, who: PersonId) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    if let Some(mut tokens) = world.get_mut::<Tokens>(entity)
        && tokens.previous.take().is_some()
    {
        world.resource_mut::<Round>().out.touched.push(who);
    }
}

/// The line of a person is gone; if they are back on another by now, that is none of its business.
fn lose_line(world: &mut World, now: Millis, who: PersonId, on: LineId) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let Some(mut presence) = world.get_mut::<Presence>(entity) else { return };
    match *presence {
        _ if !presence.is_on(on) => {}
        Presence::Entering { newcomer: true, .. } => remove(world, who, entity),
        Presence::Entering { then_lost: Some(until), .. } => *presence = Presence::Lost { until },
        Presence::Entering { .. } | Presence::Here { .. } => *presence = Presence::Lost { until: now + GRACE_MS },
        Presence::Lost { .. } => {}
    }
}

fn leave(world: &mut World, who: PersonId) {
    if let Some(&entity) = world.resource::<Book>().0.get(&who) {
        remove(world, who, entity);
    }
}

fn end_graces(world: &mut World, now: Millis) {
    let mut people = world.query::<(Entity, &Who, &Presence)>();
    let over =
        people.iter(world).filter(|(_, _, presence)| matches!(presence, Presence::Lost { until } if *until <= now));
    let over: Vec<(Entity, PersonId)> = over.map(|(entity, who, _)| (entity, who.0)).collect();
    for (entity, who) in over {
        remove(world, who, entity);
    }
}

/// Whether staff look after the room concerns everybody in it.
fn staff_changed(world: &mut World, entity: Entity) {
    if world.get::<Ties>(entity).is_some_and(|ties| ties.pass.staff.is_some()) {
        world.resource_mut::<Round>().out.personal = true;
    }
}

/// Somebody is gone. Who was never seen leaves unseen.
pub(super) fn remove(world: &mut World, who: PersonId, entity: Entity) {
    let seen = world.get::<Seen>(entity).is_some();
    staff_changed(world, entity);
    if let Some(line) = world.get::<Voice>(entity).and_then(|voice| voice.line) {
        world.resource_mut::<Round>().out.calls.push(Call::HangUp { who, line });
    }
    let now = world.resource::<Round>().now;
    world.resource_mut::<Safety>().ring.left(who, now);
    asks::gone(world, who, entity);
    world.resource_mut::<Book>().0.remove(&who);
    world.despawn(entity);
    world.resource_mut::<Round>().out.gone.push(who);
    if seen {
        world.resource_mut::<Round>().happened.push(Happened::Public(Event::Left { who }));
    }
}
