//! What people ask the office for: reports, appeals, taking back, and what staff decide in the room.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::reports::NewReport;
use ibasho_moderation::desk::subject::{Scope, Subject, Target};
use ibasho_moderation::hook::Subject as Rule;
use ibasho_moderation::roles::{Action, Role, outranks, permits};
use ibasho_moderation::rules::Effect;
use ibasho_moderation::text::{tidy_line, tidy_text};
use ibasho_protocol::desk::REPORT_GRAPHEMES;
use ibasho_protocol::desk::codes::{Category, DeclineReason};
use ibasho_protocol::ids::{PersonId, Seq};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::Measure;

use super::super::parts::{Book, Part, Place, Ties, Who};
use super::super::round::Round;
use super::super::said::{Answer, Happened, Log};
use super::{Safety, actor, heed, subject, target};
use crate::desk::moment::Fate;
use crate::desk::{Reported, scope};
use crate::room::tick::{Errand, Errands, ForOffice};

/// What somebody asks the office for.
#[derive(Debug)]
pub enum Plea {
    /// To take back what waits.
    Retract(u64),
    /// To look at something.
    Report { who: PersonId, message: Option<Seq>, category: Category, text: Option<String> },
    /// To look once more at what was decided.
    Appeal { sanction: u64, text: String },
    /// To decide something.
    Measure(Measure),
}

/// Does it. The answer comes when it is on disk.
pub fn do_it(world: &mut World, (entity, who): (Entity, PersonId), n: u32, plea: Plea) {
    match ask(world, entity, who, plea) {
        Ok(what) => {
            let what = Errands::Office(Box::new(what));
            world.resource_mut::<Round>().out.errands.push(Errand { who, n, what });
        }
        Err(code) => world.resource_mut::<Round>().answers.push(Answer::refused(entity, who, n, code)),
    }
}

fn ask(world: &mut World, entity: Entity, who: PersonId, plea: Plea) -> Result<ForOffice, RefusalCode> {
    let (Some(part), Some(ties)) = (world.get::<Part>(entity), world.get::<Ties>(entity)) else {
        return Err(RefusalCode::NobodyThere);
    };
    let room = world.resource::<Place>().plan.id.clone();
    let own = subject(who, ties);
    let staff = actor(who, part, ties, &room);
    match plea {
        Plea::Retract(hold) => Ok(ForOffice::Retract { hold, writer: own }),
        Plea::Report { who: whom, message, category, text } => {
            let mut asked = report(world, &room, own, whom, message, category, text)?;
            heed_report(world, entity, who, &mut asked);
            Ok(asked)
        }
        Plea::Appeal { sanction, text } => Ok(ForOffice::Appeal { sanction, who: own, text: tidy_text(&text)? }),
        Plea::Measure(Measure::Sanction { who, kind, minutes, site, reason, note, permanent }) => {
            let target = of(world, who).ok_or(RefusalCode::NobodyThere)?;
            let order = Order { target, kind, scope: scope(site, &room), minutes, reason, note, case: None };
            Ok(ForOffice::Sanction { order, permanent, actor: staff })
        }
        Plea::Measure(Measure::Delete { id, reason }) => delete(world, id, reason, staff, room),
        Plea::Measure(Measure::LockDown { minutes, site }) => {
            Ok(ForOffice::LockDown { scope: scope(site, &room), minutes, actor: staff })
        }
        Plea::Measure(Measure::Lift { lockdown }) => Ok(ForOffice::Lift { lockdown, actor: staff }),
        // Voices are looked after with the other asks about them.
        Plea::Measure(Measure::Mute { .. }) => Err(RefusalCode::NotNow),
    }
}

/// Somebody who is here.
fn of(world: &World, who: PersonId) -> Option<Target> {
    let &entity = world.resource::<Book>().0.get(&who)?;
    Some(target(who, world.get::<Part>(entity)?, world.get::<Ties>(entity)?))
}

fn report(
    world: &World,
    room: &str,
    by: Subject,
    who: PersonId,
    message: Option<Seq>,
    category: Category,
    text: Option<String>,
) -> Result<ForOffice, RefusalCode> {
    let words = text.filter(|text| !text.trim().is_empty());
    let words = words.map(|text| tidy_line(&text, REPORT_GRAPHEMES)).transpose()?;
    let (safety, now) = (world.resource::<Safety>(), world.resource::<Round>().now);
    let wrote = message.and_then(|id| safety.ring.writer(id));
    // Who wrote it may have left; a message of somebody else is not theirs.
    if wrote.is_some_and(|wrote| wrote != who) {
        return Err(RefusalCode::NobodyThere);
    }
    let gone = || wrote.map(|who| Target { subject: Subject::of(who.0), role: Role::Participant });
    let about = of(world, who).or_else(gone).ok_or(RefusalCode::NobodyThere)?;
    let voice = message.is_none() && safety.ring.has_spoken(who);
    let moment = safety.ring.around(room, who, message, words, now);
    let message = message.map(|id| id.0);
    let scope = Scope::Room(room.to_owned());
    let new = NewReport { by, rule: None, calls: false, about, scope, category, message, voice, evidence: None };
    Ok(ForOffice::Report(Reported { new, moment }))
}

/// What rules say of the words of a report. Whatever that is, it is stored: they may only call staff, or hear that
/// somebody needs help.
fn heed_report(world: &mut World, entity: Entity, who: PersonId, asked: &mut ForOffice) {
    let ForOffice::Report(Reported { new, moment }) = asked else { return };
    let text = moment.words.clone().unwrap_or_default();
    let decision = heed::judge(world, entity, &Rule::Report { text: &text });
    new.calls = decision.as_ref().is_some_and(|decision| decision.effects.contains(&Effect::CallStaff));
    if decision.is_some_and(|decision| heed::cries(&decision)) {
        heed::call(world, entity, who, &text);
    } else if !text.is_empty() {
        heed::listen_for_cries(world, entity, who, &text);
    }
}

/// Takes a message away from everybody who heard it.
fn delete(
    world: &mut World,
    id: Seq,
    reason: DeclineReason,
    staff: ibasho_moderation::desk::subject::Actor,
    room: String,
) -> Result<ForOffice, RefusalCode> {
    if !permits(staff.role, Action::Delete) {
        return Err(RefusalCode::NotAllowed);
    }
    let wrote = world.resource::<Log>().writer(id).or_else(|| world.resource::<Safety>().ring.writer(id));
    let wrote = wrote.ok_or(RefusalCode::NotFound)?;
    let gone = Target { subject: Subject::of(wrote.0), role: Role::Participant };
    let writer = of(world, wrote).unwrap_or(gone);
    if !outranks(staff.role, writer.role) {
        return Err(RefusalCode::NotInReach);
    }
    // Whoever cried for help and finds the words gone was told not to cry. They can take them back themselves.
    if world.resource::<Safety>().ring.is_cry(id) {
        return Err(RefusalCode::NeverAnOffence);
    }
    let heard = world.resource_mut::<Log>().delete(id);
    let audience = heard.unwrap_or_else(|| world.query::<&Who>().iter(world).map(|who| who.0).collect());
    world.resource_mut::<Safety>().ring.became(id, Fate::Deleted);
    world.resource_mut::<Round>().happened.push(Happened::TakenBack { id, audience });
    Ok(ForOffice::Deleted { message: id.0, writer, room, reason, actor: staff })
}
