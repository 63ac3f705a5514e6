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
use super::judge::at_once;
use super::lobby::let_in;
use super::parts::{Book, Part, Place, Ties, badge};
use super::round::{Deed, Doing, Round};
use super::safety::conduct::Conduct;
use super::safety::{self, Safety, heed, is_newcomer};
use super::said::{Answer, Ask, Happened, WalkTo};
use crate::hosting::gathering::{Effect, Gathering};
use crate::room::tick::{Errand, Errands};

/// Carries out what is done in the session, and what the session does by itself. Before Walk, so that people who are
/// sent somewhere set out in the same tick. Exclusive: each deed may change what the next one finds.
pub fn carry_out(world: &mut World) {
    look(world);
    let deeds = std::mem::take(&mut world.resource_mut::<Round>().inbox.deeds);
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
        Doing::Plea(plea) => return safety::deeds::do_it(world, (entity, who), n, plea),
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
            heed::listen_for_cries(world, entity, who, &text);
            // Open to everybody, whatever is in force for them: nobody but staff reads it, and who may not write to the
            // room must not be left without a way to say something.
            return errand(world, who, n, |_| {
                counted.unwrap_or(Ok(Vec::new())).and_then(|_| Ok(Errands::Box(tidy_text(&text)?)))
            });
        }
        Doing::Host(Act::Badge { on }) => Ok(vec![Effect::Badge { who, on }]),
        Doing::Take(take) => says(world, entity, who, take_says(&take)).and_then(|()| {
            let taken = with_gathering(world, |gathering, room| gathering.take(who, &take, room));
            taken.ok_or(RefusalCode::NoSession)?
        }),
        // Staff note for each other what was said to them: rules have nothing to look for in that.
        Doing::Host(act @ Act::Note { .. }) => lets_out(world, entity).and_then(|()| host(world, who, &act)),
        Doing::Host(act) => says(world, entity, who, act_says(&act)).and_then(|()| host(world, who, &act)),
    };
    let answer = match done {
        Ok(effects) => {
            world.resource_mut::<Hosting>().changed = true;
            follow(world, effects);
            Answer::kept(entity, who, n)
        }
        Err(code) => Answer::refused(entity, who, n, code),
    };
    world.resource_mut::<Round>().answers.push(answer);
}

fn host(world: &mut World, who: PersonId, act: &Act) -> Result<Vec<Effect>, RefusalCode> {
    let acted = with_gathering(world, |gathering, room| gathering.act(who, act, room));
    acted.unwrap_or(Err(RefusalCode::NoSession))
}

/// What others will read of whoever takes part in this manner. It appears at once: nobody could look first.
fn take_says(take: &Take) -> Option<&str> {
    if let Take::Suggest { text } = take { Some(text) } else { None }
}

/// The same of what is hosted: a role can be lent to anybody, and not every decision about them takes it back.
fn act_says(act: &Act) -> Option<&str> {
    match act {
        Act::Announce { text, .. } | Act::Theme { text } | Act::Word { text, .. } => Some(text),
        _ => None,
    }
}

/// Whether somebody may put these words before others now: they may write, and rules let the words through, as they
/// would in a message.
fn says(world: &mut World, entity: Entity, who: PersonId, text: Option<&str>) -> Result<(), RefusalCode> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(()) };
    let goes_out = lets_out(world, entity);
    let Some(decision) = heed::judge(world, entity, &Subject::Message { text }) else { return goes_out };
    // Who may not write may still cry for help.
    if heed::cries(&decision) {
        heed::call(world, entity, who, text);
    } else if goes_out.is_ok() {
        heed::heed_in(world, entity, who, &decision, None);
    }
    goes_out.and(at_once(&decision))
}

fn lets_out(world: &World, entity: Entity) -> Result<(), RefusalCode> {
    let parts = (world.get::<Part>(entity), world.get::<Ties>(entity), world.get::<Conduct>(entity));
    let (Some(part), Some(ties), Some(conduct)) = parts else { return Err(RefusalCode::NobodyThere) };
    let (room, now) = (&world.resource::<Place>().plan.id, world.resource::<Round>().now);
    let newcomer = is_newcomer(&world.resource::<Safety>().lockdown, part.role, ties);
    conduct.lets_out(room, now, newcomer)
}

/// Something only the outside can do; it is answered when that is done.
fn errand(world: &mut World, who: PersonId, n: u32, what: impl FnOnce(&Ties) -> Result<Errands, RefusalCode>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let Some(ties) = world.get::<Ties>(entity) else { return };
    match what(ties) {
        Ok(what) => world.resource_mut::<Round>().out.errands.push(Errand { who, n, what }),
        Err(code) => world.resource_mut::<Round>().answers.push(Answer::refused(entity, who, n, code)),
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
                    world.resource_mut::<Round>().out.closed.push((who, close::NOT_LET_IN));
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
        world.resource_mut::<Round>().asks.walks.push(Ask { entity, who, n: 0, what: WalkTo { to, sent: true } });
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
        world.resource_mut::<Round>().happened.push(Happened::Public(Event::Badge { who, role: after }));
    }
    let out = &mut world.resource_mut::<Round>().out;
    out.touched.push(who);
    out.personal = true;
}
