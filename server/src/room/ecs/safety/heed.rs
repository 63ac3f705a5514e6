//! What follows from what rules found, besides letting it through or not: staff come, the writer is told, the room slows
//! down. And cries for help, which are looked for in everything that somebody writes.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::codes::Category;
use ibasho_moderation::desk::reports::NewReport;
use ibasho_moderation::desk::subject::{Scope, Subject as Whom, Target};
use ibasho_moderation::hook::{Context, Decision, Subject, Verdict};
use ibasho_moderation::rules::{Effect, Reason};
use ibasho_protocol::desk::codes::Reason as Told;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::{Millis, PersonId, Seq};
use ibasho_protocol::server::Event;

use super::super::hosting::{Hosting, tell};
use super::super::parts::{Part, Place, Rules, Ties};
use super::super::round::Round;
use super::conduct::Conduct;
use super::{Safety, target};
use crate::desk::{Helped, Reported};
use crate::room::tick::{Errand, Errands, ForOffice};

/// How long a rule slows the room down, in milliseconds: until a flood has passed by, and staff have looked.
pub const SLOW_FOR_MS: Millis = 120_000;
/// The time between two messages of a person meanwhile, in milliseconds: shorter than in a lockdown, for it is one
/// person's doing and everybody waits.
pub const SLOW_MS: Millis = 5_000;
/// How long the same rule, or the same kind word, says nothing more about the same person, in milliseconds: what comes
/// again within it is the same matter, and staff have it before them.
const AGAIN_MS: Millis = 5 * 60_000;

/// Most characters of a cry that are kept: what is too long to be sent is looked at as well, and evidence has an end.
const MOST_CHARS: usize = 2_000;

/// Who wrote, where and when.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// The room.
    pub room: &'a str,
    /// Who.
    pub who: PersonId,
    /// The same for the desk.
    pub person: Target,
    /// When.
    pub now: Millis,
}

/// What follows.
#[derive(Default)]
pub struct Heeded {
    /// What the office is asked for.
    pub office: Option<ForOffice>,
    /// What the writer, and only they, are told.
    pub told: Option<Notice>,
}

/// Whether somebody cries for help, or a rule says that they should see where to turn to.
pub fn cries(decision: &Decision) -> bool {
    decision.is_cry_for_help() || decision.effects.contains(&Effect::HelpCard)
}

/// Staff are called for somebody who cries for help, and they see the card.
pub fn help(safety: &Safety, writer: &Writer<'_>, text: &str) -> ForOffice {
    let mut moment = safety.ring.around(writer.room, writer.who, None, None, writer.now);
    moment.words = Some(text.chars().take(MOST_CHARS).collect());
    ForOffice::Help(Helped { person: writer.person, scope: Scope::Room(writer.room.to_owned()), moment })
}

/// Does what rules say of something that is no cry for help.
pub fn heed(
    decision: &Decision,
    safety: &mut Safety,
    conduct: &mut Conduct,
    writer: &Writer<'_>,
    message: Option<Seq>,
) -> Heeded {
    let Writer { room, who, person, now } = *writer;
    let has = |effect| decision.effects.contains(&effect);
    let reason = decision.findings.iter().find(|finding| finding.counts()).map_or(Reason::Other, |found| found.reason);
    if has(Effect::SlowMode) {
        safety.slow_until = safety.slow_until.max(now + SLOW_FOR_MS);
    }
    let told = (has(Effect::Warn) && conduct.once(format!("warn {reason:?}"), now, AGAIN_MS))
        .then(|| Notice::Warned { reason: what(reason) });
    let calls = has(Effect::CallStaff);
    let tells = decision.verdict == Verdict::Flag || calls;
    let office = (tells && conduct.once(format!("flag {}", decision.rule), now, AGAIN_MS)).then(|| {
        let moment = safety.ring.around(room, who, message, None, now);
        let new = NewReport {
            by: Whom::NOBODY,
            rule: Some(decision.rule.to_string()),
            calls,
            about: person,
            scope: Scope::Room(room.to_owned()),
            category: category(reason),
            message: message.map(|id| id.0),
            voice: false,
            evidence: None,
        };
        ForOffice::Flag(Reported { new, moment })
    });
    Heeded { office, told }
}

/// What follows from what rules found in a nickname: a cry for help, or anything else.
pub fn all(decision: &Decision, safety: &mut Safety, conduct: &mut Conduct, writer: &Writer<'_>, nick: &str) -> Heeded {
    if cries(decision) {
        return Heeded { office: Some(help(safety, writer, nick)), told: None };
    }
    heed(decision, safety, conduct, writer, None)
}

/// The same for what is decided outside of the systems: `decision` is about something of `who`.
pub fn heed_in(world: &mut World, entity: Entity, who: PersonId, decision: &Decision, message: Option<Seq>) {
    let now = world.resource::<Round>().now;
    let room = world.resource::<Place>().plan.id.clone();
    let (Some(part), Some(ties)) = (world.get::<Part>(entity), world.get::<Ties>(entity)) else { return };
    let person = target(who, part, ties);
    let Some(mut conduct) = world.get_mut::<Conduct>(entity).map(|mut conduct| std::mem::take(&mut *conduct)) else {
        return;
    };
    let writer = Writer { room: &room, who, person, now };
    let heeded = heed(decision, &mut world.resource_mut::<Safety>(), &mut conduct, &writer, message);
    if let Some(mut kept) = world.get_mut::<Conduct>(entity) {
        *kept = conduct;
    }
    ask(world, who, heeded.office);
    if let Some(notice) = heeded.told {
        tell(world, who, &Event::Notice(notice));
    }
}

/// Looks for a cry for help in what somebody writes, wherever they write it: to staff, or for the session. Whatever
/// becomes of the words, they see the card and staff come.
pub fn listen_for_cries(world: &mut World, entity: Entity, who: PersonId, text: &str) {
    let decision = judge(world, entity, &Subject::Message { text });
    if decision.is_some_and(|decision| cries(&decision)) {
        call(world, entity, who, text);
    }
}

/// Staff are called for somebody who cries for help.
pub fn call(world: &mut World, entity: Entity, who: PersonId, text: &str) {
    let (Some(part), Some(ties)) = (world.get::<Part>(entity), world.get::<Ties>(entity)) else { return };
    let (room, now) = (&world.resource::<Place>().plan.id, world.resource::<Round>().now);
    let writer = Writer { room, who, person: target(who, part, ties), now };
    let office = help(world.resource::<Safety>(), &writer, text);
    ask(world, who, Some(office));
}

/// What rules say of something of somebody.
pub fn judge(world: &World, entity: Entity, subject: &Subject<'_>) -> Option<Decision> {
    let (part, ties) = (world.get::<Part>(entity)?, world.get::<Ties>(entity)?);
    let (room, now) = (&world.resource::<Place>().plan.id, world.resource::<Round>().now);
    let session = world.resource::<Hosting>().session();
    let context = Context { session, arrived: Some(ties.arrival / 1000), ..Context::new(room, part.role, now) };
    Some(world.resource::<Rules>().0.judge(subject, &context))
}

/// Nobody waits for an answer.
fn ask(world: &mut World, who: PersonId, office: Option<ForOffice>) {
    let errand = office.map(|what| Errand { who, n: 0, what: Errands::Office(Box::new(what)) });
    world.resource_mut::<Round>().out.errands.extend(errand);
}

/// What a rule is about, as people are told.
pub const fn what(reason: Reason) -> Told {
    match reason {
        Reason::PersonalData => Told::PersonalData,
        Reason::Insult => Told::Insult,
        Reason::Sexual => Told::Sexual,
        Reason::Recruiting => Told::Recruiting,
        Reason::OffPlatform => Told::OutsideContact,
        Reason::Flood | Reason::Repetition => Told::Flood,
        Reason::Help | Reason::Other => Told::Other,
    }
}

/// The same for the queue of the staff.
const fn category(reason: Reason) -> Category {
    match reason {
        Reason::PersonalData => Category::PersonalData,
        Reason::Insult => Category::Harassment,
        Reason::Sexual => Category::Sexual,
        Reason::Recruiting | Reason::OffPlatform => Category::Recruiting,
        Reason::Flood | Reason::Repetition => Category::Disturbance,
        Reason::Help => Category::Worry,
        Reason::Other => Category::Other,
    }
}
