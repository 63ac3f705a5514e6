//! What people do in the session, and what follows from it for the room.

use bevy_ecs::prelude::*;
use ibasho_moderation::hook::Subject;
use ibasho_moderation::roles::Role;
use ibasho_moderation::text::tidy_text;
use ibasho_protocol::client::Target;
use ibasho_protocol::close;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;

use super::doors::remove;
use super::hosting::{Hosting, close_down, tell, with_gathering};
use super::judge::ask;
use super::lobby::let_in;
use super::parts::{Book, Deed, Doing, Inbox, Now, Out, Part, Place, Rules, Ties, badge};
use super::said::{Answer, Ask, Happened, WalkTo};
use crate::hosting::gathering::{Effect, Gathering};
use crate::room::tick::{Errand, Errands};

/// Carries out what is done in the session, and what the session does by itself. Before Walk, so that people who are
/// sent somewhere set out in the same tick. Exclusive: each deed may change what the next one finds.
pub fn carry_out(world: &mut World) {
    look(world);
    let deeds = std::mem::take(&mut world.resource_mut::<Inbox>().deeds);
    if deeds.is_empty() {
        return;
    }
    for deed in deeds {
        // Somebody turned away by the deed before is gone.
        if world.get_entity(deed.entity).is_ok() {
            do_it(world, deed);
        }
    }
    look(world);
}

/// Lets the session look at the room: staff who came or went, times that are over.
fn look(world: &mut World) {
    if let Some(effects) = with_gathering(world, Gathering::look) {
        follow(world, effects);
    }
}

fn do_it(world: &mut World, Deed { entity, who, n, what }: Deed) {
    let done = match what {
        Doing::Take(Take::Keep {}) => {
            let session = world.resource::<Hosting>().gathering.as_ref().map(|gathering| gathering.id().to_owned());
            return errand(world, who, n, |ties| Ok(Errands::Keep { existing: ties.pass.member, session }));
        }
        Doing::Take(Take::Forget {}) => {
            return errand(world, who, n, |ties| {
                ties.pass.member.map(Errands::Forget).ok_or(RefusalCode::PhraseUnknown)
            });
        }
        Doing::Take(take @ Take::Suggestion { .. }) => {
            // A session counts its notes, and has enough of them at some point.
            let counted = with_gathering(world, |gathering, room| gathering.take(who, &take, room));
            let Take::Suggestion { text } = take else { return };
            return errand(world, who, n, |_| {
                counted.unwrap_or(Ok(Vec::new())).and_then(|_| Ok(Errands::Box(tidy_text(&text)?)))
            });
        }
        Doing::Host(Act::Badge { on }) => Ok(vec![Effect::Badge { who, on }]),
        Doing::Take(take) => judge_take(world, entity, &take).and_then(|()| {
            let taken = with_gathering(world, |gathering, room| gathering.take(who, &take, room));
            taken.ok_or(RefusalCode::NoSession)?
        }),
        Doing::Host(act) => {
            let acted = with_gathering(world, |gathering, room| gathering.act(who, &act, room));
            acted.unwrap_or(Err(RefusalCode::NoSession))
        }
    };
    let answer = match done {
        Ok(effects) => {
            world.resource_mut::<Hosting>().changed = true;
            follow(world, effects);
            Answer::kept(entity, who, n)
        }
        Err(code) => Answer::refused(entity, who, n, code),
    };
    world.write_message(answer);
}

/// What everybody will read is judged like any other words.
fn judge_take(world: &World, entity: Entity, take: &Take) -> Result<(), RefusalCode> {
    let Take::Suggest { text } = take else { return Ok(()) };
    let role = world.get::<Part>(entity).map_or(Role::Participant, |part| part.role);
    let (room, now) = (&world.resource::<Place>().plan.id, world.resource::<Now>().0);
    ask(&world.resource::<Rules>().0, &Subject::Message { text }, room, role, now)
}

/// Something only the outside can do; it is answered when that is done.
fn errand(world: &mut World, who: PersonId, n: u32, what: impl FnOnce(&Ties) -> Result<Errands, RefusalCode>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let Some(ties) = world.get::<Ties>(entity) else { return };
    match what(ties) {
        Ok(what) => world.resource_mut::<Out>().0.errands.push(Errand { who, n, what }),
        Err(code) => _ = world.write_message(Answer::refused(entity, who, n, code)),
    }
}

/// What follows.
fn follow(world: &mut World, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Walk { who, zone } => send(world, who, Target::Zone(zone)),
            Effect::Admit { who, role } => let_in(world, who, role),
            Effect::TurnAway { who } => {
                if let Some(&entity) = world.resource::<Book>().0.get(&who) {
                    world.resource_mut::<Out>().0.closed.push((who, close::NOT_LET_IN));
                    remove(world, who, entity);
                }
            }
            Effect::Lend { who, on } => lend(world, who, on),
            Effect::Badge { who, on } => change(world, who, |_, ties| ties.badge = on),
            Effect::Over => return close_down(world),
        }
    }
}

/// A walk that the person agreed to before; nobody asks for an answer.
fn send(world: &mut World, who: PersonId, to: Target) {
    if let Some(&entity) = world.resource::<Book>().0.get(&who) {
        world.write_message(Ask { entity, who, n: 0, what: WalkTo { to, sent: true } });
    }
}

fn lend(world: &mut World, who: PersonId, on: bool) {
    let role = if on { Role::PeerStaff } else { Role::Participant };
    change(world, who, |part, ties| {
        part.role = role;
        ties.lent = on;
    });
    tell(world, who, &Event::Role { role });
}

/// Changes what somebody is, keeps it, and tells the others if their badge is another one now.
pub(super) fn change(world: &mut World, who: PersonId, how: impl FnOnce(&mut Part, &mut Ties)) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let mut person = world.query::<(&mut Part, &mut Ties)>();
    let Ok((mut part, mut ties)) = person.get_mut(world, entity) else { return };
    let before = badge(&part, &ties);
    how(&mut part, &mut ties);
    let after = badge(&part, &ties);
    if before != after {
        world.write_message(Happened::Public(Event::Badge { who, role: after }));
    }
    let mut out = world.resource_mut::<Out>();
    out.0.touched.push(who);
    out.0.personal = true;
}
