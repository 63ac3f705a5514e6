//! What people ask for: their microphone, a connection, not to meet somebody; and what the engine tells.

use bevy_ecs::message::Messages;
use bevy_ecs::prelude::*;
use ibasho_moderation::session::{action_of_measure, may_measure};
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::ids::{Nonce, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::{MOST_BLOCKED, Measure, SDP_BYTES};

use super::super::hosting::Hosting;
use super::super::parts::{Book, Inbox, Out, Part, Place, Presence, Seen, Ties, Whereabouts, Who};
use super::super::said::{Answer, Ask, Voicing};
use super::{Voice, Voices, may_speak};
use crate::line::LineId;
use crate::room::tick::{Call, Heard, Reply};
use crate::voice::media::News;

type Person<'w, 's> = Query<
    'w,
    's,
    (&'static Part, &'static mut Ties, &'static Presence, Option<&'static Whereabouts>, &'static mut Voice),
>;

/// Whether there is anything to obey.
pub fn any(world: &World) -> bool {
    let asked = !world.resource::<Messages<Ask<Voicing>>>().is_empty();
    asked || !world.resource::<Inbox>().news.is_empty() || some_list_may_name_somebody_gone(world)
}

fn some_list_may_name_somebody_gone(world: &World) -> bool {
    world.resource::<Voices>().blocks && !world.resource::<Out>().0.gone.is_empty()
}

/// Does what people asked for.
pub fn obey(
    (place, hosting, book): (Res<Place>, Res<Hosting>, Res<Book>),
    mut voices: ResMut<Voices>,
    mut out: ResMut<Out>,
    mut inbox: ResMut<Inbox>,
    mut people: Person,
    seen: Query<&Who, With<Seen>>,
    mut asks: MessageReader<Ask<Voicing>>,
    mut answers: MessageWriter<Answer>,
) {
    forget_who_is_gone(&book, &mut voices, &mut out, &mut people);
    for heard in inbox.news.drain(..) {
        take_in(heard, &book, &mut out, &mut people);
    }
    for Ask { entity, who, n, what } in asks.read() {
        let (entity, who, n) = (*entity, *who, *n);
        // Those in the lobby see nobody, and nobody sees them.
        let visible = |other: PersonId| book.0.get(&other).copied().filter(|&other| seen.contains(other));
        let done = match what {
            Voicing::Measure(measure) => {
                let target = visible(action_of_measure(measure).1);
                take_measure(entity, measure, target, &mut people, &mut out)
            }
            Voicing::Block { whom, on } => {
                let there = *whom != who && seen.contains(entity) && visible(*whom).is_some();
                let Ok((_, mut ties, ..)) = people.get_mut(entity) else { continue };
                block(&mut ties, *whom, *on, there).map(|()| {
                    voices.blocks |= on;
                    Done::Kept
                })
            }
            Voicing::Mic(on) => {
                let Ok((part, ties, _, at, mut voice)) = people.get_mut(entity) else { continue };
                let may = if *on { may_speak(who, (part, &ties, at), &place, &hosting) } else { Ok(()) };
                may.map(|()| {
                    voice.mic = *on;
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
                    out.0.calls.push(Call::Offer { who, line, n, sdp: sdp.clone() });
                    // Answered when the engine has.
                    continue;
                }
            }
            Voicing::HangUp => {
                let Ok((_, _, _, _, mut voice)) = people.get_mut(entity) else { continue };
                // Whoever offers again later does not expect to be heard at once.
                voice.mic = false;
                out.0.calls.extend(voice.line.take().map(|line| Call::HangUp { who, line }));
                Ok(Done::AtOnce)
            }
        };
        out.0.personal = true;
        answers.write(match done {
            Ok(Done::AtOnce) => Answer::done(entity, who, n),
            Ok(Done::Kept) => Answer::kept(entity, who, n),
            Err(code) => Answer::refused(entity, who, n, code),
        });
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
    out: &mut Out,
) -> Result<Done, RefusalCode> {
    let target = target.ok_or(RefusalCode::NobodyThere)?;
    let role = |of| people.get(of).map(|(part, ..)| part.role).map_err(|_| RefusalCode::NobodyThere);
    may_measure(role(actor)?, measure, role(target)?)?;
    let (_, mut ties, ..) = people.get_mut(target).map_err(|_| RefusalCode::NobodyThere)?;
    let Measure::Mute { who, on } = *measure;
    ties.muted = on;
    // Written together with the answer of whoever did it: once they are told, it lasts.
    out.0.changed.push(who);
    Ok(Done::Kept)
}

/// Keeps two people apart, or no longer. `there` says whether the other is here.
fn block(ties: &mut Ties, whom: PersonId, on: bool, there: bool) -> Result<(), RefusalCode> {
    match (on, there) {
        (false, _) if ties.blocked.remove(&whom) => Ok(()),
        (_, false) => Err(RefusalCode::NobodyThere),
        (false, true) => Ok(()),
        (true, true) if ties.blocked.contains(&whom) => Ok(()),
        (true, true) if ties.blocked.len() >= MOST_BLOCKED => Err(RefusalCode::ListFull),
        (true, true) => {
            ties.blocked.insert(whom);
            Ok(())
        }
    }
}

/// Whoever is gone comes back as somebody else.
fn forget_who_is_gone(book: &Book, voices: &mut Voices, out: &mut Out, people: &mut Person) {
    if !voices.blocks || out.0.gone.is_empty() {
        return;
    }
    voices.blocks = false;
    for (&who, &entity) in &book.0 {
        let Ok((_, mut ties, ..)) = people.get_mut(entity) else { continue };
        if ties.blocked.iter().any(|blocked| out.0.gone.contains(blocked)) {
            ties.blocked.retain(|blocked| !out.0.gone.contains(blocked));
            out.0.touched.push(who);
            out.0.personal = true;
        }
        voices.blocks |= !ties.blocked.is_empty();
    }
}

/// Takes in what the engine tells of a connection, if it is still the one.
fn take_in(Heard { who, line, news }: Heard, book: &Book, out: &mut Out, people: &mut Person) {
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
    out.0.replies.push(Reply { who, body: encode_event(&event), lasting: false });
}

/// The engine has answered an offer. Where the line is gone nobody waits for it any more.
pub fn answered(world: &mut World, (who, line): (PersonId, LineId), n: Nonce, answer: Result<String, RefusalCode>) {
    let Some(&entity) = world.resource::<Book>().0.get(&who) else { return };
    if world.get::<Presence>(entity).and_then(Presence::line) != Some(line) {
        return;
    }
    world.write_message(match answer {
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
        for who in 0..MOST_BLOCKED as u64 {
            assert_eq!(block(&mut ties, PersonId(who), true, true), Ok(()));
        }
        let one_more = PersonId(MOST_BLOCKED as u64);
        assert_eq!(block(&mut ties, one_more, true, true), Err(RefusalCode::ListFull));
        assert_eq!(block(&mut ties, PersonId(3), true, true), Ok(()), "who is on it already needs no place");
        assert_eq!(block(&mut ties, one_more, false, true), Ok(()), "who is not on it is off it");
        assert_eq!(block(&mut ties, one_more, false, false), Err(RefusalCode::NobodyThere));
        assert_eq!(block(&mut ties, PersonId(3), false, false), Ok(()), "also when they have just left");
        assert_eq!(block(&mut ties, one_more, true, true), Ok(()));
        assert_eq!(ties.blocked.len(), MOST_BLOCKED);
    }
}
