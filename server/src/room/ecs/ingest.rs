//! Ingest: what is over by now, and which commands are let through.

use bevy_ecs::prelude::*;
use ibasho_moderation::desk::standing::Standing;
use ibasho_moderation::roles::{Action, permits};
use ibasho_moderation::session::{action_of, action_of_measure, action_of_take};
use ibasho_moderation::way::way_permits;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::session::Can;
use ibasho_protocol::voice::Measure;

use super::hosting::Hosting;
use super::parts::{Answers, Book, Pace, Part, Place, Presence, Whereabouts};
use super::round::{Deed, Doing, Inbox, Round};
use super::safety::conduct::Conduct;
use super::safety::deeds::Plea;
use super::said::{Answer, Appear, Ask, Manner, Speak, Voicing, WalkTo};
use super::voice::Voices;
use crate::rate::Bucket;

/// Ends walks, so that whoever walked is in the zone they walked to. Then checks each command: was it answered before,
/// may this person do it, not too fast?
pub fn commands(
    mut round: ResMut<Round>,
    (place, book): (Res<Place>, Res<Book>),
    (hosting, voices): (Res<Hosting>, Res<Voices>),
    mut places: Query<&mut Whereabouts>,
    mut people: Query<(&Part, &mut Answers, &mut Pace, &Presence, &Conduct)>,
) {
    let Round { now, inbox, asks, answers, .. } = &mut *round;
    let now = *now;
    settle(now, &mut places);
    let Inbox { commands, deeds, .. } = inbox;
    for (who, command) in commands.drain(..) {
        let Some(&entity) = book.0.get(&who) else { continue };
        let Ok((part, mut given, mut pace, Presence::Here { .. }, conduct)) = people.get_mut(entity) else { continue };
        let Some(n) = command.nonce() else { continue };
        if let Some(event) = given.given(n) {
            // Lasting again: if the disk failed the first time, the answer must not come sooner for being asked twice.
            answers.push(Answer { entity, who, n, event, lasting: true });
            continue;
        }
        if n <= given.highest {
            answers.push(Answer::refused(entity, who, n, RefusalCode::StaleNonce));
            continue;
        }
        given.highest = n;
        let (action, bucket) = weigh(&command, &mut pace);
        let may = permits(part.role, action) && way_permits(part.way, action);
        let says = matches!(command, ClientMessage::Say { .. });
        if !may && !says {
            answers.push(Answer::refused(entity, who, n, RefusalCode::NotAllowed));
            continue;
        }
        if !voices.on && matches!(command, ClientMessage::Offer { .. } | ClientMessage::Mic { on: true, .. }) {
            answers.push(Answer::refused(entity, who, n, RefusalCode::NoVoice));
            continue;
        }
        // What is written is looked at by Judge: somebody who may not write may still cry for help.
        let standing = conduct.standing(&place.plan.id, now);
        let silenced = is_silenced(&command, &standing);
        if silenced {
            answers.push(Answer::refused(entity, who, n, RefusalCode::Silenced));
            continue;
        }
        let possible = match action {
            Action::Write => hosting.allows(Can::Write, part.role),
            Action::React => hosting.allows(Can::React, part.role),
            _ => true,
        };
        if !possible && !says {
            answers.push(Answer::refused(entity, who, n, RefusalCode::NotNow));
            continue;
        }
        // What cannot be said here and now may still be a cry for help: Judge looks at it before it is refused.
        let refused = if may { (!possible).then_some(RefusalCode::NotNow) } else { Some(RefusalCode::NotAllowed) };
        // Nobody is too fast in falling silent.
        let free = matches!(command, ClientMessage::Mic { on: false, .. });
        if !free && let Err(after) = bucket.take(now) {
            answers.push(Answer::refused(entity, who, n, Refusal::new(RefusalCode::TooFast).after(after)));
            continue;
        }
        let asker = Asker { entity, who, n };
        match command {
            ClientMessage::Walk { to, .. } => asks.walks.push(asker.asks(WalkTo { to, sent: false })),
            ClientMessage::Say { to, text, .. } => asks.words.push(asker.asks(Speak { to, text, refused })),
            ClientMessage::Appear { nick, look, .. } => asks.appearances.push(asker.asks(Appear { nick, look })),
            ClientMessage::React { kind, .. } => asks.manners.push(asker.asks(Manner::React(kind))),
            ClientMessage::Away { on, .. } => asks.manners.push(asker.asks(Manner::Away(on))),
            ClientMessage::SetWay { way, .. } => asks.manners.push(asker.asks(Manner::Way(way))),
            ClientMessage::SetWish { wish, .. } => asks.manners.push(asker.asks(Manner::Wish(wish))),
            ClientMessage::TakeBack { id, .. } => asks.manners.push(asker.asks(Manner::TakeBack(id))),
            ClientMessage::Take { take, .. } => deeds.push(Deed { entity, who, n, what: Doing::Take(take) }),
            ClientMessage::Offer { sdp, .. } => asks.voicings.push(asker.asks(Voicing::Offer(sdp))),
            ClientMessage::HangUp { .. } => asks.voicings.push(asker.asks(Voicing::HangUp)),
            ClientMessage::Mic { on, .. } => asks.voicings.push(asker.asks(Voicing::Mic(on))),
            ClientMessage::Block { who: whom, on, .. } => {
                asks.voicings.push(asker.asks(Voicing::Block { whom, on }));
            }
            ClientMessage::Host { act, .. } => deeds.push(Deed { entity, who, n, what: Doing::Host(act) }),
            ClientMessage::Retract { hold, .. } => deeds.push(asker.pleads(Plea::Retract(hold))),
            ClientMessage::Report { who: whom, message, category, text, .. } => {
                deeds.push(asker.pleads(Plea::Report { who: whom, message, category, text }));
            }
            ClientMessage::Appeal { sanction, text, .. } => {
                deeds.push(asker.pleads(Plea::Appeal { sanction, text }));
            }
            ClientMessage::Moderate { measure: measure @ Measure::Mute { .. }, .. } => {
                asks.voicings.push(asker.asks(Voicing::Measure(measure)));
            }
            ClientMessage::Moderate { measure, .. } => deeds.push(asker.pleads(Plea::Measure(measure))),
            // Without a nonce, and so not here.
            ClientMessage::Hello { .. }
            | ClientMessage::Ready {}
            | ClientMessage::Leave {}
            | ClientMessage::Beat {}
            | ClientMessage::Unknown => {}
        }
    }
}

fn settle(now: Millis, places: &mut Query<&mut Whereabouts>) {
    for mut place in places {
        if place.walking && place.walk.until <= now {
            place.walking = false;
            place.zone = place.walk.zone;
        }
    }
}

/// Which action a command is, and how fast one may give it.
fn weigh<'a>(command: &ClientMessage, pace: &'a mut Pace) -> (Action, &'a mut Bucket) {
    match command {
        ClientMessage::Say { .. } => (Action::Write, &mut pace.say),
        ClientMessage::TakeBack { .. } => (Action::See, &mut pace.take_back),
        ClientMessage::React { .. } => (Action::React, &mut pace.react),
        ClientMessage::Walk { .. } => (Action::See, &mut pace.walk),
        ClientMessage::Take { take, .. } => (action_of_take(take), &mut pace.take),
        // On whom is checked by the session.
        ClientMessage::Host { act, .. } => (action_of(act), &mut pace.host),
        ClientMessage::Offer { .. } => (Action::Listen, &mut pace.offer),
        ClientMessage::HangUp { .. } => (Action::See, &mut pace.offer),
        ClientMessage::Mic { on: true, .. } => (Action::Speak, &mut pace.mic),
        // To fall silent is possible in any way.
        ClientMessage::Mic { on: false, .. } => (Action::See, &mut pace.mic),
        ClientMessage::Block { .. } => (Action::Block, &mut pace.settings),
        ClientMessage::Retract { .. } | ClientMessage::Report { .. } => (Action::Report, &mut pace.plea),
        ClientMessage::Appeal { .. } => (Action::Appeal, &mut pace.plea),
        ClientMessage::Moderate { measure, .. } => (action_of_measure(measure).0, &mut pace.host),
        _ => (Action::See, &mut pace.settings),
    }
}

/// Whether what is in force for somebody forbids it.
fn is_silenced(command: &ClientMessage, standing: &Standing) -> bool {
    match command {
        // A nickname is words that everybody reads: whether one may write is asked where it changes.
        ClientMessage::React { .. } | ClientMessage::SetWish { .. } | ClientMessage::Appear { .. } => {
            !standing.may_react()
        }
        ClientMessage::Mic { on: true, .. } => !standing.may_speak(),
        _ => false,
    }
}

struct Asker {
    entity: Entity,
    who: PersonId,
    n: u32,
}

impl Asker {
    fn pleads(self, plea: Plea) -> Deed {
        Deed { entity: self.entity, who: self.who, n: self.n, what: Doing::Plea(plea) }
    }

    fn asks<T: Send + Sync + 'static>(self, what: T) -> Ask<T> {
        Ask { entity: self.entity, who: self.who, n: self.n, what }
    }
}
