//! What the office decided takes effect in the room.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::roles::Role;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::{Millis, PersonId, Seq};
use ibasho_protocol::server::{Event, Said};

use super::super::doors::remove;
use super::super::hosting::{tell, with_gathering};
use super::super::lobby::{let_in, set_aside};
use super::super::parts::{Book, Part, Place, Presence, Rules, Ties, Tokens, Who};
use super::super::round::Round;
use super::super::said::{Answer, Spoken};
use super::super::voice::Voice;
use super::conduct::Conduct;
use super::waiting::Words;
use super::{Safety, is_newcomer, subject};
use crate::desk::moment::Fate;
use crate::desk::news::{Lockdown, News};
use crate::room::tick::SentAway;

/// Takes in what the office tells.
pub fn take_in(world: &mut World, news: News) {
    match news {
        News::Enforce { subject, in_force } => enforce(world, &subject, &in_force),
        News::Notice { to, notice, untold } => notify(world, &to, &notice, untold),
        News::Held { hold, seq } => held(world, hold, seq),
        News::Release { seq } => {
            let words = world.resource_mut::<Safety>().waiting.take(seq);
            if let Some(words) = words {
                release(world, seq, words);
            }
        }
        News::Discard { hold } => {
            world.resource_mut::<Safety>().waiting.take_hold(hold);
            world.resource_mut::<Round>().out.personal = true;
        }
        News::Lockdown(lockdown) => lock(world, lockdown),
        News::OnDuty(on_duty) => {
            world.resource_mut::<Safety>().on_duty = on_duty;
            world.resource_mut::<Round>().out.personal = true;
        }
        News::Rules(rules) => world.resource_mut::<Rules>().0 = rules,
        // Whoever asked may have gone.
        News::Read { hold, reply } => _ = reply.send(world.resource::<Safety>().waiting.read(hold)),
    }
}

/// Lets this, and nothing else, be in force for a person, whatever the tab or the phrase they came with.
pub fn enforce(world: &mut World, whom: &Subject, in_force: &[InForce]) {
    let mut people = world.query::<(Entity, &Who, &Ties)>();
    let meant = people.iter(world).filter(|(_, who, ties)| {
        let own = subject(who.0, ties);
        // A device that is shared with a colleague puts nobody of the staff out.
        whom.is_surely(&own) || (ties.pass.staff.is_none() && whom.is(&own))
    });
    let meant: Vec<(Entity, PersonId)> = meant.map(|(entity, who, _)| (entity, who.0)).collect();
    for (entity, who) in meant {
        stand(world, entity, who, in_force.to_vec());
    }
}

/// How somebody stands from now on.
pub fn stand(world: &mut World, entity: Entity, who: PersonId, in_force: Vec<InForce>) {
    let now = world.resource::<Round>().now;
    let room = world.resource::<Place>().plan.id.clone();
    let Some(mut conduct) = world.get_mut::<Conduct>(entity) else { return };
    conduct.in_force = in_force;
    conduct.told = true;
    let standing = conduct.standing(&room, now);
    world.resource_mut::<Round>().out.personal = true;
    if !standing.may_enter() {
        return send_away(world, entity, who);
    }
    if let Some(mut voice) = world.get_mut::<Voice>(entity) {
        voice.hushed = !standing.may_speak();
    }
    let (Some(part), Some(ties)) = (world.get::<Part>(entity), world.get::<Ties>(entity)) else { return };
    let waits_for_lockdown = is_newcomer(&world.resource::<Safety>().lockdown, ties.aside.unwrap_or(part.role), ties);
    match (standing.set_aside.is_some(), ties.aside) {
        // Who waits for staff to let them in waits by themselves from now on: *let all in* does not mean them.
        (true, None) if part.role == Role::Lobby => {
            if let Some(mut ties) = world.get_mut::<Ties>(entity) {
                ties.aside = Some(Role::Lobby);
            }
            world.resource_mut::<Round>().out.touched.push(who);
        }
        (true, None) => set_aside(world, who, entity),
        (false, Some(role)) if !waits_for_lockdown => back(world, who, role),
        _ => {}
    }
}

/// From a place of their own back into the room.
fn back(world: &mut World, who: PersonId, role: Role) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    if let Some(mut ties) = world.get_mut::<Ties>(entity) {
        ties.aside = None;
    }
    // Who waited to be let in waits on, and so does whoever finds no seat any more.
    if role == Role::Lobby {
        return;
    }
    if !with_gathering(world, |gathering, room| gathering.seats(who, role, room)).unwrap_or(true) {
        return;
    }
    // Who was let in by hand meanwhile is in.
    if world.get::<Part>(entity).is_some_and(|part| part.role == Role::Lobby) {
        let_in(world, who, role);
        tell(world, who, &Event::Role { role });
    }
}

fn send_away(world: &mut World, entity: Entity, who: PersonId) {
    let (Some(ties), Some(tokens), Some(conduct)) =
        (world.get::<Ties>(entity), world.get::<Tokens>(entity), world.get::<Conduct>(entity))
    else {
        return;
    };
    let subject = subject(who, ties);
    let in_force = conduct.in_force.clone();
    let tokens = [Some(tokens.current), tokens.previous];
    let mut safety = world.resource_mut::<Safety>();
    // What staff look at is turned down by the desk; what a hook thinks about must not appear after its writer has gone.
    safety.waiting.drop_unheld(who);
    safety.send_away(tokens.into_iter().flatten(), subject, &in_force);
    world.resource_mut::<Round>().out.sent_away.push(SentAway { who, subject, in_force });
    remove(world, who, entity);
}

/// Tells somebody, if they are here to hear it.
fn notify(world: &mut World, to: &Subject, notice: &Notice, untold: Option<u64>) {
    let mut people = world.query::<(&Who, &Ties, &Presence)>();
    let here = people
        .iter(world)
        .filter(|(who, ties, presence)| presence.line().is_some() && to.is_surely(&subject(who.0, ties)));
    let here: Vec<PersonId> = here.map(|(who, ..)| who.0).collect();
    for who in &here {
        tell(world, *who, &Event::Notice(notice.clone()));
    }
    if let Some(untold) = untold.filter(|_| !here.is_empty()) {
        world.resource_mut::<Round>().out.told.push(untold);
    }
}

/// The office keeps a hold: the writer gets their answer.
fn held(world: &mut World, hold: u64, seq: Seq) {
    let mut safety = world.resource_mut::<Safety>();
    let Some(words) = safety.waiting.held(seq, hold) else { return };
    let (who, n, edit) = (words.who, words.n, words.edit);
    world.resource_mut::<Round>().out.personal = true;
    if let Some(&entity) = world.resource::<Book>().0.get(&who) {
        let event = Event::Held { n, hold, edit };
        world.resource_mut::<Round>().answers.push(Answer { entity, who, n, event, lasting: false });
    }
}

/// Words that waited appear, at their place in the order of the room.
pub fn release(world: &mut World, seq: Seq, words: Words) {
    let Words { who, n, nick, look, zone, at, text, cry, hold, .. } = words;
    let now = world.resource::<Round>().now;
    let mut safety = world.resource_mut::<Safety>();
    safety.ring.became(seq, Fate::Shown);
    if cry {
        safety.ring.cried(seq, now);
    }
    world.resource_mut::<Round>().out.personal = true;
    let said = Said { id: seq, who, nick, look, zone, at, text };
    // Who was told that it is held has had their answer.
    world.resource_mut::<Round>().spoken.push(Spoken { said, n: hold.is_none().then_some(n) });
}

/// Begins, changes or ends a lockdown. Who waited for its end comes in.
fn lock(world: &mut World, lockdown: Lockdown) {
    let now: Millis = world.resource::<Round>().now;
    let room = world.resource::<Place>().plan.id.clone();
    world.resource_mut::<Safety>().lockdown = lockdown;
    world.resource_mut::<Round>().out.personal = true;
    let safety = world.resource::<Safety>().lockdown.clone();
    let mut people = world.query::<(&Who, &Ties, &Conduct)>();
    let free = people.iter(world).filter_map(|(who, ties, conduct)| {
        let role = ties.aside?;
        let stays = conduct.standing(&room, now).set_aside.is_some() || is_newcomer(&safety, role, ties);
        (!stays).then_some((who.0, role))
    });
    let free: Vec<(PersonId, Role)> = free.collect();
    for (who, role) in free {
        back(world, who, role);
    }
}

/// What somebody who came in a moment ago has not heard yet.
pub fn greet(world: &mut World, who: PersonId, untold: Vec<(u64, Notice)>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    if world.get::<Presence>(entity).and_then(Presence::line).is_some() {
        for (id, notice) in untold {
            tell(world, who, &Event::Notice(notice));
            world.resource_mut::<Round>().out.told.push(id);
        }
    }
}

/// What was in force for somebody when they were on their way in. What was decided since has been told by the office.
pub fn arrive(world: &mut World, who: PersonId, entity: Entity, in_force: Vec<InForce>) {
    let stands = world.get::<Conduct>(entity);
    if stands.is_some_and(|conduct| !conduct.told && conduct.in_force != in_force) {
        stand(world, entity, who, in_force);
    }
}
