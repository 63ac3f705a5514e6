//! What people ask for: their microphone, a connection, not to meet somebody; and what the engine tells.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::subject::Subject;
use ibasho_moderation::hook::{self, Context, Hooks, Verdict};
use ibasho_moderation::session::{action_of_measure, may_measure};
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::ids::{Nonce, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::{MOST_BLOCKED, Measure, SDP_BYTES};

use super::super::hosting::Hosting;
use super::super::parts::{Book, Part, Place, Presence, Rules, Seen, Ties, Whereabouts, Who};
use super::super::round::Round;
use super::super::safety::{Safety, known_by};
use super::super::said::{Answer, Ask, Voicing};
use super::{Voice, Voices, may_speak};
use crate::line::LineId;
use crate::room::tick::{Call, Heard, Outcome, Reply};
use crate::voice::media::News;

type Person<'w, 's> = Query<
    'w,
    's,
    (&'static Part, &'static mut Ties, &'static Presence, Option<&'static Whereabouts>, &'static mut Voice),
>;

/// Does what people asked for.
pub fn obey(
    mut round: ResMut<Round>,
    (place, rules): (Res<Place>, Res<Rules>),
    (hosting, book): (Res<Hosting>, Res<Book>),
    mut voices: ResMut<Voices>,
    mut people: Person,
    seen: Query<&Who, With<Seen>>,
) {
    let Round { now, inbox, asks, answers, out, .. } = &mut *round;
    for heard in inbox.news.drain(..) {
        take_in(heard, &book, out, &mut people);
    }
    for Ask { entity, who, n, what } in asks.voicings.drain(..) {
        // Those in the lobby see nobody, and nobody sees them.
        let visible = |other: PersonId| book.0.get(&other).copied().filter(|&other| seen.contains(other));
        let done = match what {
            Voicing::Measure(measure) => {
                let target = action_of_measure(&measure).1.and_then(visible);
                take_measure(entity, &measure, target, &mut people, out)
            }
            Voicing::Block { whom, on } => {
                let there = visible(whom).filter(|_| whom != who && seen.contains(entity));
                let there = there.and_then(|other| people.get(other).ok()).map(|(_, ties, ..)| known_by(whom, ties));
                let Ok((_, mut ties, ..)) = people.get_mut(entity) else { continue };
                block(&mut ties, whom, on, there).map(|()| {
                    voices.blocks |= on;
                    Done::Kept
                })
            }
            Voicing::Mic(on) => {
                let Ok((part, ties, _, at, mut voice)) = people.get_mut(entity) else { continue };
                // Rules are asked when somebody begins to speak; never when they fall silent.
                let begins = on && !voice.mic;
                let may = if on { may_speak(who, (part, &ties, at, voice.hushed), &place, &hosting) } else { Ok(()) };
                let (session, arrived) = (hosting.session(), Some(ties.arrival / 1000));
                let around = Context { session, arrived, ..Context::new(&place.plan.id, part.role, *now) };
                let may = may.and_then(|()| if begins { lets_begin(&rules.0, &around) } else { Ok(()) });
                may.map(|()| {
                    voice.mic = on;
                    voices.in_use |= on;
                    Done::AtOnce
                })
            }
            Voicing::Offer(sdp) => {
                let Ok((_, _, presence, _, mut voice)) = people.get_mut(entity) else { continue };
                let Some(line) = presence.line() else { continue };
                if sdp.len() > SDP_BYTES {
                    Err(RefusalCode::BadOffer)
                } else {
                    voice.line = Some(line);
                    voices.in_use = true;
                    out.calls.push(Call::Offer { who, line, n, sdp });
                    // Answered when the engine has.
                    continue;
                }
            }
            Voicing::HangUp => {
                let Ok((_, _, _, _, mut voice)) = people.get_mut(entity) else { continue };
                // Whoever offers again later does not expect to be heard at once.
                voice.mic = false;
                out.calls.extend(voice.line.take().map(|line| Call::HangUp { who, line }));
                Ok(Done::AtOnce)
            }
        };
        out.personal = true;
        answers.push(match done {
            Ok(Done::AtOnce) => Answer::done(entity, who, n),
            Ok(Done::Kept) => Answer::kept(entity, who, n),
            Err(code) => Answer::refused(entity, who, n, code),
        });
    }
}

/// Whether rules let somebody begin to speak. A voice cannot wait for staff: *hold* refuses as well.
fn lets_begin(rules: &Hooks, around: &Context<'_>) -> Result<(), RefusalCode> {
    match rules.judge(&hook::Subject::VoiceStart, around).verdict {
        Verdict::Allow | Verdict::Flag => Ok(()),
        Verdict::Hold => Err(RefusalCode::NotAllowed),
        Verdict::Block(code) => Err(code),
    }
}

/// When something is done.
enum Done {
    AtOnce,
    /// When it is on disk.
    Kept,
}

fn take_measure(
    actor: Entity,
    measure: &Measure,
    target: Option<Entity>,
    people: &mut Person,
    out: &mut Outcome,
) -> Result<Done, RefusalCode> {
    let target = target.ok_or(RefusalCode::NobodyThere)?;
    let role = |of| people.get(of).map(|(part, ..)| part.role).map_err(|_| RefusalCode::NobodyThere);
    may_measure(role(actor)?, measure, role(target)?)?;
    let (_, mut ties, ..) = people.get_mut(target).map_err(|_| RefusalCode::NobodyThere)?;
    let Measure::Mute { who, on } = *measure else { return Err(RefusalCode::NotNow) };
    ties.muted = on;
    // Written together with the answer of whoever did it: once they are told, it lasts.
    out.changed.push(who);
    Ok(Done::Kept)
}

/// Keeps two people apart, or no longer. `there` is who the other is, if they are here.
fn block(ties: &mut Ties, whom: PersonId, on: bool, there: Option<Subject>) -> Result<(), RefusalCode> {
    let other = there.unwrap_or(Subject::of(whom.0));
    let before = ties.blocked.len();
    if !on {
        ties.blocked.retain(|blocked| !blocked.is(&other));
        // Also when they have just left.
        return if there.is_some() || ties.blocked.len() < before { Ok(()) } else { Err(RefusalCode::NobodyThere) };
    }
    match there {
        None => Err(RefusalCode::NobodyThere),
        Some(other) if ties.blocked.iter().any(|blocked| blocked.is(&other)) => Ok(()),
        Some(_) if before >= MOST_BLOCKED => Err(RefusalCode::ListFull),
        Some(other) => {
            ties.blocked.push(other);
            Ok(())
        }
    }
}

/// Whom of those who are here somebody has blocked.
pub fn blocked(world: &World, own: PersonId, ties: &Ties) -> Vec<PersonId> {
    if ties.blocked.is_empty() {
        return Vec::new();
    }
    let seen = |entity| world.get::<Seen>(entity).and(world.get::<Ties>(entity));
    let here = world.resource::<Book>().0.iter();
    let mut here: Vec<PersonId> = here
        .filter_map(|(&who, &entity)| seen(entity).filter(|other| ties.blocks(own, (who, other))).map(|_| who))
        .collect();
    here.sort_unstable();
    here
}

/// Somebody goes. Their own list goes with them, unless they are known again by their phrase; on the lists of others
/// they stay, as what is known of them by now: who asked for a phrase after they were blocked comes back by it.
pub fn gone(world: &mut World, who: PersonId, entity: Entity) {
    if !world.resource::<Voices>().blocks {
        return;
    }
    let Some(ties) = world.get::<Ties>(entity) else { return };
    let (last, own) = (known_by(who, ties), ties.blocked.clone());
    if last.member.is_some() && !own.is_empty() {
        world.resource_mut::<Safety>().keep_list(last, own);
    }
    let (mut blocks, mut touched) = (false, Vec::new());
    for (other, mut ties) in world.query::<(&Who, &mut Ties)>().iter_mut(world).filter(|(other, _)| other.0 != who) {
        blocks |= !ties.blocked.is_empty();
        if let Some(blocked) = ties.blocked.iter().position(|blocked| blocked.is(&last) && *blocked != last) {
            ties.blocked[blocked] = last;
            touched.push(other.0);
        }
    }
    world.resource_mut::<Voices>().blocks = blocks;
    let out = &mut world.resource_mut::<Round>().out;
    out.touched.extend(touched);
    out.personal = true;
}

/// Takes in what the engine tells of a connection, if it is still the one.
fn take_in(Heard { who, line, news }: Heard, book: &Book, out: &mut Outcome, people: &mut Person) {
    let Some(&entity) = book.0.get(&who) else { return };
    let Ok((.., mut voice)) = people.get_mut(entity) else { return };
    if voice.line != Some(line) {
        return;
    }
    let event = match news {
        News::Speaks { on, .. } => {
            voice.speaks = on;
            return;
        }
        News::Slots { slots, .. } => Event::Slots { slots },
        News::HungUp { .. } => {
            voice.line = None;
            Event::HungUp {}
        }
    };
    out.replies.push(Reply { who, body: encode_event(&event), lasting: false });
}

/// The engine has answered an offer. Where the line is gone nobody waits for it any more.
pub fn answered(world: &mut World, (who, line): (PersonId, LineId), n: Nonce, answer: Result<String, RefusalCode>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    if world.get::<Presence>(entity).and_then(Presence::line) != Some(line) {
        return;
    }
    world.resource_mut::<Round>().answers.push(match answer {
        Ok(sdp) => Answer { entity, who, n, event: Event::Answer { n, sdp }, lasting: false },
        Err(code) => Answer::refused(entity, who, n, code),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_as_many_as_it_can_and_each_once() {
        let mut ties = Ties::default();
        let mut set = |who: u64, on, there: bool| {
            let done = block(&mut ties, PersonId(who), on, there.then_some(Subject::of(who)));
            (done, ties.blocked.len())
        };
        for who in 0..MOST_BLOCKED as u64 {
            assert_eq!(set(who, true, true).0, Ok(()));
        }
        let one_more = MOST_BLOCKED as u64;
        assert_eq!(set(one_more, true, true).0, Err(RefusalCode::ListFull));
        assert_eq!(set(3, true, true).0, Ok(()), "who is on it already needs no place");
        assert_eq!(set(one_more, false, true).0, Ok(()), "who is not on it is off it");
        assert_eq!(set(one_more, false, false).0, Err(RefusalCode::NobodyThere));
        assert_eq!(set(3, false, false), (Ok(()), MOST_BLOCKED - 1), "also when they have just left");
        assert_eq!(set(one_more, true, true), (Ok(()), MOST_BLOCKED));
    }
}
