//! Nicknames that hooks are asked about: somebody keeps the one they have until there is an answer.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;
use ibasho_moderation::hook::{Context, Decision, Subject, Verdict};
use ibasho_protocol::ids::{Nonce, PersonId};
use ibasho_protocol::person::Look;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::Event;

use super::hosting::Hosting;
use super::judge::{Worn, wear};
use super::parts::{Book, Chance, Part, Place, Profile, Rules, Ties, Who};
use super::round::Round;
use super::safety::conduct::Conduct;
use super::safety::{Safety, is_newcomer};
use super::said::{Answer, Happened};

/// How somebody wants to appear.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Their nickname, tidied.
    pub nick: String,
    /// Their looks.
    pub look: Look,
}

/// Who waits for an answer about a nickname.
#[derive(Resource, Default)]
pub struct Names {
    /// Hooks that need time are asked about nicknames.
    pub asks: bool,
    /// The last command of each: what somebody wanted before it counts no more, whichever answer comes first.
    newest: BTreeMap<PersonId, Nonce>,
}

impl Names {
    /// Whether the command waits for an answer: a nickname that is `another` one than before does.
    pub fn wait(&mut self, who: PersonId, n: Nonce, another: bool) -> bool {
        let waits = self.asks && another;
        if waits {
            self.newest.insert(who, n);
        } else {
            self.newest.remove(&who);
        }
        waits
    }

    /// The answer to this command is here: whether the command still counts.
    fn answered(&mut self, who: PersonId, n: Nonce) -> bool {
        let counts = self.newest.get(&who) == Some(&n);
        if counts {
            self.newest.remove(&who);
        }
        counts
    }
}

/// The hooks have answered.
pub fn named(world: &mut World, (who, n): (PersonId, Nonce), wanted: Wanted, decision: &Decision) {
    let counts = world.resource_mut::<Names>().answered(who, n);
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    let worn = match decision.verdict {
        _ if !counts => Err(RefusalCode::Overtaken.into()),
        Verdict::Allow | Verdict::Flag => wear_now(world, entity, who, &wanted),
        // As at the door: another one is quicker than waiting until somebody has read it.
        Verdict::Hold => Err(RefusalCode::NicknameUnusable.into()),
        Verdict::Block(code) => Err(code.into()),
    };
    let answer = match worn {
        Ok(()) => Answer::kept(entity, who, n),
        Err(refusal) => Answer::refused(entity, who, n, refusal),
    };
    world.resource_mut::<Round>().answers.push(answer);
}

/// Much may have happened since they asked: somebody else may wear it by now, or they may have to pause.
fn wear_now(world: &mut World, entity: Entity, who: PersonId, wanted: &Wanted) -> Result<(), Refusal> {
    let (now, pick) = (world.resource::<Round>().now, world.resource::<Chance>().0.number());
    let mut people = world.query::<(&Who, &Profile)>();
    let others = people.iter(world).filter(|(other, _)| other.0 != who);
    let here: Vec<String> = others.map(|(_, profile)| profile.skeleton.clone()).collect();
    let rules = world.resource::<Rules>().0.clone();
    let room = world.resource::<Place>().plan.id.clone();
    let (Some(part), Some(ties), Some(conduct)) =
        (world.get::<Part>(entity), world.get::<Ties>(entity), world.get::<Conduct>(entity))
    else {
        return Ok(());
    };
    let newcomer = is_newcomer(&world.resource::<Safety>().lockdown, part.role, ties);
    conduct.lets_out(&room, now, newcomer)?;
    let (session, arrived) = (world.resource::<Hosting>().session(), Some(ties.arrival / 1000));
    let around = Context { session, arrived, ..Context::new(&room, part.role, now) };
    // What rules said of it was heeded when it was asked for.
    let Worn { nick, skeleton, .. } =
        wear(&wanted.nick, wanted.look, &here, &rules, |nick| Subject::Nickname { nick }, &around, pick)?;
    if let Some(mut profile) = world.get_mut::<Profile>(entity) {
        profile.nick.clone_from(&nick);
        profile.skeleton = skeleton;
        profile.look = wanted.look;
        world.resource_mut::<Round>().happened.push(Happened::Public(Event::Appears { who, nick, look: wanted.look }));
    }
    Ok(())
}
