//! Judge: the rules are asked about words and nicknames.

use bevy_ecs::prelude::*;
use ibasho_moderation::hook::{Context, Hooks, Subject, Verdict};
use ibasho_moderation::nickname::{nickname_skeleton, suggest_nickname, tidy_nickname};
use ibasho_moderation::roles::Role;
use ibasho_moderation::text::tidy_text;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::person::{COLOURS, FIGURES, Look};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::Event;

use super::parts::{Chance, Now, Part, Place, Profile, Rules, Whereabouts, Who};
use super::said::{Answer, Appear, Ask, Happened, Speak, Spoken};

/// Words: is one still there, may one write there, and do the rules let them through?
pub fn words(
    now: Res<Now>,
    place: Res<Place>,
    rules: Res<Rules>,
    people: Query<(&Part, &Whereabouts)>,
    mut asks: MessageReader<Ask<Speak>>,
    mut spoken: MessageWriter<Spoken>,
    mut answers: MessageWriter<Answer>,
) {
    for Ask { entity, who, n, what } in asks.read() {
        let Ok((part, at)) = people.get(*entity) else { continue };
        let judged = place_to_speak(&place, at, what.to).and_then(|()| tidy_text(&what.text)).and_then(|text| {
            ask(&rules.0, &Subject::Message { text: &text }, &place.plan.id, part.role, now.0)?;
            Ok(text)
        });
        match judged {
            Ok(text) => _ = spoken.write(Spoken { entity: *entity, who: *who, n: *n, zone: at.zone, text }),
            Err(code) => _ = answers.write(Answer::refused(*entity, *who, *n, code)),
        }
    }
}

fn place_to_speak(place: &Place, at: &Whereabouts, to: u16) -> Result<(), RefusalCode> {
    let zone = place.plan.zones.get(usize::from(to)).ok_or(RefusalCode::OffTheMap)?;
    if at.zone != to {
        return Err(RefusalCode::NotThere);
    }
    if zone.kind.speaks() { Ok(()) } else { Err(RefusalCode::QuietPlace) }
}

/// Asks the rules. Until staff can look at held words, *hold* refuses as well: a rule that errs never lets through.
pub(super) fn ask(
    rules: &Hooks,
    subject: &Subject<'_>,
    room: &str,
    role: Role,
    now: Millis,
) -> Result<(), RefusalCode> {
    match rules.judge(subject, &Context { room, role, now }).verdict {
        Verdict::Allow | Verdict::Flag => Ok(()),
        Verdict::Hold => Err(RefusalCode::NotSent),
        Verdict::Block(code) => Err(code),
    }
}

/// A nickname that may be worn here, with what it looks like.
pub(super) struct Worn {
    pub(super) nick: String,
    pub(super) skeleton: String,
}

/// Checks a nickname against the rules and against those who are here.
pub(super) fn wear(
    raw: &str,
    look: Look,
    here: &[String],
    rules: &Hooks,
    subject: impl for<'a> Fn(&'a str) -> Subject<'a>,
    (room, role, now): (&str, Role, Millis),
    pick: u64,
) -> Result<Worn, Refusal> {
    if look.figure >= FIGURES || look.colour >= COLOURS {
        return Err(RefusalCode::BadShape.into());
    }
    let nick = tidy_nickname(raw)?;
    ask(rules, &subject(&nick), room, role, now)?;
    let skeleton = nickname_skeleton(&nick);
    if here.contains(&skeleton) {
        let taken = |other: &str| here.contains(&nickname_skeleton(other));
        let mut refusal = Refusal::new(RefusalCode::NicknameTaken);
        refusal.try_nick = Some(suggest_nickname(&taken, &nick, pick));
        return Err(refusal);
    }
    Ok(Worn { nick, skeleton })
}

/// Nickname and looks.
pub fn appearances(
    (now, place, rules, chance): (Res<Now>, Res<Place>, Res<Rules>, Res<Chance>),
    mut people: Query<(&Who, &Part, &mut Profile)>,
    mut asks: MessageReader<Ask<Appear>>,
    mut happened: MessageWriter<Happened>,
    mut answers: MessageWriter<Answer>,
) {
    for Ask { entity, who, n, what } in asks.read() {
        let others = people.iter().filter(|(other, ..)| other.0 != *who);
        let here: Vec<String> = others.map(|(_, _, profile)| profile.skeleton.clone()).collect();
        let Ok((_, part, mut profile)) = people.get_mut(*entity) else { continue };
        let around = (place.plan.id.as_str(), part.role, now.0);
        let worn =
            wear(&what.nick, what.look, &here, &rules.0, |nick| Subject::Nickname { nick }, around, chance.0.number());
        match worn {
            Ok(Worn { nick, skeleton }) => {
                profile.nick.clone_from(&nick);
                profile.skeleton = skeleton;
                profile.look = what.look;
                happened.write(Happened::Public(Event::Appears { who: *who, nick, look: what.look }));
                answers.write(Answer::kept(*entity, *who, *n));
            }
            Err(refusal) => _ = answers.write(Answer::refused(*entity, *who, *n, refusal)),
        }
    }
}
