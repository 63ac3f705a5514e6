//! Judge: the rules are asked about words and nicknames.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::codes::{HoldCause, Reason};
use ibasho_moderation::desk::holds::{NewHold, Place as Belongs};
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::sanctions::Kind;
use ibasho_moderation::desk::standing::Standing;
use ibasho_moderation::desk::subject::{Scope, Target};
use ibasho_moderation::hook::{Context, Decision, Hooks, Subject, Verdict};
use ibasho_moderation::nickname::{nickname_skeleton, suggest_nickname, tidy_nickname};
use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{Effect, Reason as RuleReason};
use ibasho_moderation::text::tidy_text;
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::ids::{Nonce, PersonId, Seq, ZoneIndex};
use ibasho_protocol::person::{COLOURS, FIGURES, Look};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::{Event, Said};

use super::emit::line;
use super::hosting::Hosting;
use super::names::{Names, Wanted};
use super::parts::{Book, Chance, Part, Place, Profile, Rules, Ties, Whereabouts, Who};
use super::round::Round;
use super::safety::conduct::Conduct;
use super::safety::heed::{self, Heeded};
use super::safety::news::release;
use super::safety::waiting::Words;
use super::safety::{Safety, is_newcomer, target};
use super::said::{Answer, Ask, Happened, Spoken};
use crate::desk::Held;
use crate::desk::moment::Fate;
use crate::hooks::asking::{OwnedContext, OwnedSubject};
use crate::room::tick::{Errand, Errands, ForOffice, Outcome, Reply};

/// What stands around a person who writes.
type Person = (&'static Part, Option<&'static Whereabouts>, &'static Ties, &'static Profile, &'static mut Conduct);

/// Words: is one still there, may one write there, and do the rules let them through?
pub fn words(
    mut round: ResMut<Round>,
    (place, rules, hosting): (Res<Place>, Res<Rules>, Res<Hosting>),
    mut safety: ResMut<Safety>,
    mut people: Query<Person>,
) {
    let Round { now, last: number, asks, spoken, answers, out, .. } = &mut *round;
    let now = *now;
    for Ask { entity, who, n, what } in asks.words.drain(..) {
        let Ok((part, at, ties, profile, mut conduct)) = people.get_mut(entity) else { continue };
        let room = &place.plan.id;
        let zone = what.refused.map_or_else(|| place_to_speak(&place, at, what.to), Err);
        let text = match tidy_text(&what.text) {
            Ok(text) => text,
            Err(code) => {
                answers.push(Answer::refused(entity, who, n, zone.err().unwrap_or(code)));
                continue;
            }
        };
        let arrived = Some(ties.arrival / 1000);
        let recent = conduct.recent.said();
        // The messages before are looked at together with this one, which is the last.
        let last = recent.len();
        let session = hosting.session();
        let context = Context { arrived, session, recent: &recent, ..Context::new(room, part.role, now) };
        let subject = Subject::Message { text: &text };
        let decision = rules.0.judge(&subject, &context);
        let (words, asked) = (OwnedSubject::of(&subject), OwnedContext::from(&context));
        let standing = conduct.standing(room, now);
        let person = target(who, part, ties);
        let writer = heed::Writer { room, who, person, now };
        let mut errand = |what| out.errands.push(Errand { who, n, what: Errands::Office(Box::new(what)) });
        let cries = heed::cries(&decision);
        if cries {
            // Whatever becomes of the words: staff come, and the person knows where to turn to.
            errand(heed::help(&safety, &writer, &text));
        }
        let zone = match zone {
            Ok(zone) => zone,
            Err(code) => {
                answers.push(Answer::refused(entity, who, n, code));
                continue;
            }
        };
        let edit = decision.effects.contains(&Effect::EditFirst);
        let slowed = safety.slow(now).filter(|_| !part.role.is_staff() && !cries);
        let slowed = slowed.and_then(|slow| conduct.slowed(slow, now));
        let refused = match decision.verdict {
            _ if !standing.may_write() => Some(RefusalCode::Silenced.into()),
            Verdict::Block(code) => Some(Refusal { edit, ..Refusal::new(code) }),
            _ => slowed.map(|wait| Refusal::new(RefusalCode::TooFast).after(wait)),
        };
        let blocks = matches!(decision.verdict, Verdict::Block(_));
        if let Some(refusal) = refused {
            // Who may not write did nothing that rules would have to say something about.
            if blocks && standing.may_write() && !cries {
                if decision.effects.contains(&Effect::Timeout) {
                    errand(ForOffice::Pause(pause(person, room, &decision)));
                }
                let heeded = heed::heed(&decision, &mut safety, &mut conduct, &writer, None);
                follow(out, (who, n), heeded);
            }
            answers.push(Answer::refused(entity, who, n, refusal));
            out.judged.push(decision);
            continue;
        }
        conduct.recent.push(&text, now);
        conduct.wrote = Some(now);
        let newcomer = is_newcomer(&safety.lockdown, part.role, ties);
        let cause = why_held(&decision, cries, &standing, newcomer);
        let said = Said { id: Seq(0), who, nick: profile.nick.clone(), look: profile.look, zone, at: now, text };
        let shown = cause.is_none() && (cries || !safety.asks);
        if shown && !cries && decision.verdict == Verdict::Allow && decision.effects.is_empty() {
            spoken.push(Spoken { said, n: Some(n) });
            out.judged.push(decision);
            continue;
        }
        // The number it would have had is its place, whenever it appears; and what staff are told of has a name at once.
        *number = number.next();
        let seq = *number;
        let said = Said { id: seq, ..said };
        safety.ring.wrote(line(&said, if shown { Fate::Shown } else { Fate::Held }));
        if !cries {
            let heeded = heed::heed(&decision, &mut safety, &mut conduct, &writer, Some(seq));
            follow(out, (who, n), heeded);
        }
        if shown {
            if cries {
                safety.ring.cried(seq, now);
            }
            spoken.push(Spoken { said, n: Some(n) });
            out.judged.push(decision);
            continue;
        }
        safety.waiting.put(seq, waiting(said, n, (edit, cries), &decision, last));
        let office = match (cause, words) {
            (None, Some(subject)) => ForOffice::Judge { seq, subject, context: asked },
            (cause, _) => {
                let rule = (cause == Some(HoldCause::Rule)).then(|| decision.rule.to_string());
                let cause = cause.unwrap_or(HoldCause::Outside);
                let place = Belongs { seq: seq.0, at: now };
                let new = NewHold { writer: person, room: room.clone(), cause, rule, place, cry: cries };
                ForOffice::Hold(Held { new, seq })
            }
        };
        out.errands.push(Errand { who, n, what: Errands::Office(Box::new(office)) });
        out.judged.push(decision);
    }
}

/// Why staff look first at what somebody wrote, if they do.
fn why_held(decision: &Decision, cries: bool, standing: &Standing, newcomer: bool) -> Option<HoldCause> {
    match decision.verdict {
        Verdict::Hold if decision.why == "the rule failed" => Some(HoldCause::RuleFailed),
        Verdict::Hold => Some(HoldCause::Rule),
        // Nobody who cries for help is cut off because of who they are.
        _ if cries => None,
        _ if standing.is_held_first() => Some(HoldCause::Restricted),
        _ if newcomer => Some(HoldCause::Lockdown),
        _ => None,
    }
}

/// Words that wait, with what a rule found in them: in the last of the messages that it looked at.
fn waiting(said: Said, n: Nonce, (edit, cry): (bool, bool), decision: &Decision, last: usize) -> Words {
    let Said { who, nick, look, zone, at, text, .. } = said;
    let spans = decision.findings.iter().flat_map(|found| &found.spans).filter(|span| span.message == last);
    let spans = spans.map(|span| (span.from, span.to)).collect();
    Words { who, n, nick, look, zone, at, text, edit, cry, spans, why: decision.why.to_string(), hold: None }
}

/// What else follows from what rules found.
fn follow(out: &mut Outcome, (who, n): (PersonId, Nonce), Heeded { office, told }: Heeded) {
    let errand = office.map(|what| Errand { who, n, what: Errands::Office(Box::new(what)) });
    out.errands.extend(errand);
    let body = |notice| encode_event(&Event::Notice(notice));
    out.replies.extend(told.map(|notice| Reply { who, body: body(notice), lasting: false }));
}

/// The short pause that a rule gives.
fn pause(target: Target, room: &str, decision: &Decision) -> Order {
    let flood = decision.findings.iter().any(|finding| finding.counts() && finding.reason == RuleReason::Flood);
    let reason = if flood { Reason::Flood } else { Reason::Other };
    let scope = Scope::Room(room.to_owned());
    Order { target, kind: Kind::Timeout, scope, minutes: 1, reason, note: String::new(), case: None }
}

/// The hooks that need time have answered.
pub fn judged(world: &mut World, seq: Seq, decision: Decision) {
    let Some(words) = world.resource_mut::<Safety>().waiting.take(seq) else { return };
    let entity = world.resource::<Book>().0.get(&words.who).copied();
    // How they stand now: much can be decided about somebody while a hook thinks.
    let now = entity.map_or(Ok(None), |entity| stands_now(world, entity));
    let cause = match (decision.verdict, now) {
        (Verdict::Block(code), _) | (_, Err(code)) => {
            if let Some(entity) = entity {
                world.resource_mut::<Round>().answers.push(Answer::refused(entity, words.who, words.n, code));
            }
            return;
        }
        (Verdict::Hold, Ok(_)) => Some(HoldCause::Outside),
        (Verdict::Allow | Verdict::Flag, Ok(cause)) => cause,
    };
    if let Some(entity) = entity {
        heed::heed_in(world, entity, words.who, &decision, Some(seq));
    }
    let Some(cause) = cause else { return release(world, seq, words) };
    let room = world.resource::<Place>().plan.id.clone();
    let parts = entity.and_then(|entity| Some((world.get::<Part>(entity)?, world.get::<Ties>(entity)?)));
    // Who has gone meanwhile has nobody to be told that it waits.
    let Some(writer) = parts.map(|(part, ties)| target(words.who, part, ties)) else { return };
    let (who, n) = (words.who, words.n);
    let place = Belongs { seq: seq.0, at: words.at };
    let rule = (cause == HoldCause::Outside).then(|| decision.rule.to_string());
    let new = NewHold { writer, room, cause, rule, place, cry: words.cry };
    world.resource_mut::<Safety>().waiting.put(seq, words);
    let what = Errands::Office(Box::new(ForOffice::Hold(Held { new, seq })));
    world.resource_mut::<Round>().out.errands.push(Errand { who, n, what });
}

/// As [`why_held`], for words that rules let through, at this moment; or why they do not appear at all.
fn stands_now(world: &World, entity: Entity) -> Result<Option<HoldCause>, RefusalCode> {
    let parts = (world.get::<Part>(entity), world.get::<Ties>(entity), world.get::<Conduct>(entity));
    let (Some(part), Some(ties), Some(conduct)) = parts else { return Ok(None) };
    let standing = conduct.standing(&world.resource::<Place>().plan.id, world.resource::<Round>().now);
    match () {
        // Who was brought to a place of their own writes nothing into the room.
        () if !standing.may_write() || part.role == Role::Lobby => Err(RefusalCode::Silenced),
        () if standing.is_held_first() => Ok(Some(HoldCause::Restricted)),
        () if is_newcomer(&world.resource::<Safety>().lockdown, part.role, ties) => Ok(Some(HoldCause::Lockdown)),
        () => Ok(None),
    }
}

/// The office does not let words wait: they are refused.
pub fn unheld(world: &mut World, seq: Seq, refusal: Refusal) {
    let Some(words) = world.resource_mut::<Safety>().waiting.take(seq) else { return };
    if let Some(&entity) = world.resource::<Book>().0.get(&words.who) {
        world.resource_mut::<Round>().answers.push(Answer::refused(entity, words.who, words.n, refusal));
    }
}

fn place_to_speak(place: &Place, at: Option<&Whereabouts>, to: ZoneIndex) -> Result<ZoneIndex, RefusalCode> {
    let zone = place.plan.zones.get(usize::from(to)).ok_or(RefusalCode::OffTheMap)?;
    if at.is_none_or(|at| at.zone != to) {
        return Err(RefusalCode::NotThere);
    }
    if zone.kind.speaks() { Ok(to) } else { Err(RefusalCode::QuietPlace) }
}

/// What cannot wait for staff (a nickname, what is said to the whole session) goes out now or not at all: there *hold*
/// refuses as well. A rule that errs never lets through.
pub(super) fn at_once(decision: &Decision) -> Result<(), RefusalCode> {
    match decision.verdict {
        Verdict::Allow | Verdict::Flag => Ok(()),
        Verdict::Hold => Err(RefusalCode::NotSent),
        Verdict::Block(code) => Err(code),
    }
}

/// A nickname that may be worn here, with what it looks like, and what rules said of it.
pub(super) struct Worn {
    pub(super) nick: String,
    pub(super) skeleton: String,
    pub(super) decision: Decision,
}

/// Checks a nickname against the rules and against those who are here.
pub(super) fn wear(
    raw: &str,
    look: Look,
    here: &[String],
    rules: &Hooks,
    subject: impl for<'a> Fn(&'a str) -> Subject<'a>,
    around: &Context<'_>,
    pick: u64,
) -> Result<Worn, Refusal> {
    if look.figure >= FIGURES || look.colour >= COLOURS {
        return Err(RefusalCode::BadShape.into());
    }
    let nick = tidy_nickname(raw)?;
    let decision = rules.judge(&subject(&nick), around);
    at_once(&decision)?;
    let skeleton = nickname_skeleton(&nick);
    if here.contains(&skeleton) {
        let taken = |other: &str| here.contains(&nickname_skeleton(other));
        let mut refusal = Refusal::new(RefusalCode::NicknameTaken);
        refusal.try_nick = Some(suggest_nickname(&taken, &nick, pick));
        return Err(refusal);
    }
    Ok(Worn { nick, skeleton, decision })
}

/// Nickname and looks.
pub fn appearances(
    mut round: ResMut<Round>,
    (place, rules): (Res<Place>, Res<Rules>),
    (chance, hosting): (Res<Chance>, Res<Hosting>),
    (mut safety, mut names): (ResMut<Safety>, ResMut<Names>),
    mut people: Query<(&Who, &Part, &Ties, &mut Conduct, &mut Profile)>,
) {
    let Round { now, asks, happened, answers, out, .. } = &mut *round;
    let now = *now;
    for Ask { entity, who, n, what } in asks.appearances.drain(..) {
        let others = people.iter().filter(|(other, ..)| other.0 != who);
        let here: Vec<String> = others.map(|(.., profile)| profile.skeleton.clone()).collect();
        let Ok((_, part, ties, mut conduct, mut profile)) = people.get_mut(entity) else { continue };
        // A nickname is words that everybody reads at once; looks are not.
        let newcomer = is_newcomer(&safety.lockdown, part.role, ties);
        if what.nick != profile.nick
            && let Err(code) = conduct.lets_out(&place.plan.id, now, newcomer)
        {
            answers.push(Answer::refused(entity, who, n, code));
            continue;
        }
        let (session, arrived) = (hosting.session(), Some(ties.arrival / 1000));
        let around = Context { session, arrived, ..Context::new(&place.plan.id, part.role, now) };
        let worn =
            wear(&what.nick, what.look, &here, &rules.0, |nick| Subject::Nickname { nick }, &around, chance.0.number());
        match worn {
            Ok(Worn { nick, skeleton, decision }) => {
                let person = target(who, part, ties);
                let writer = heed::Writer { room: &place.plan.id, who, person, now };
                follow(out, (who, n), heed::all(&decision, &mut safety, &mut conduct, &writer, &nick));
                if names.wait(who, n, nick != profile.nick) {
                    let wanted = Wanted { nick, look: what.look };
                    let asked = ForOffice::JudgeName { wanted, context: OwnedContext::from(&around) };
                    out.errands.push(Errand { who, n, what: Errands::Office(Box::new(asked)) });
                    continue;
                }
                profile.nick.clone_from(&nick);
                profile.skeleton = skeleton;
                profile.look = what.look;
                happened.push(Happened::Public(Event::Appears { who, nick, look: what.look }));
                answers.push(Answer::kept(entity, who, n));
            }
            Err(refusal) => answers.push(Answer::refused(entity, who, n, refusal)),
        }
    }
}
