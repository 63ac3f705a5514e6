//! Ingest: what is over by now, and which commands are let through.

use bevy_ecs::prelude::*;
use ibasho_moderation::roles::{Action, permits};
use ibasho_moderation::session::{action_of, action_of_measure, action_of_take};
use ibasho_moderation::way::way_permits;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::session::Can;

use super::hosting::Hosting;
use super::parts::{Answers, Book, Deed, Doing, Inbox, Now, Pace, Part, Presence, Whereabouts};
use super::said::{Answer, Appear, Ask, Manner, Speak, Voicing, WalkTo};
use super::voice::Voices;

/// Ends walks: from now on the person is in the zone they walked to.
pub fn settle(now: Res<Now>, mut people: Query<&mut Whereabouts>) {
    for mut place in &mut people {
        if place.walking && place.walk.until <= now.0 {
            place.walking = false;
            place.zone = place.walk.zone;
        }
    }
}

/// Checks each command: was it answered before, may this person do it, not too fast?
pub fn commands(
    now: Res<Now>,
    book: Res<Book>,
    hosting: Res<Hosting>,
    voices: Res<Voices>,
    mut inbox: ResMut<Inbox>,
    mut people: Query<(&Part, &mut Answers, &mut Pace, &Presence)>,
    mut walks: MessageWriter<Ask<WalkTo>>,
    mut words: MessageWriter<Ask<Speak>>,
    mut appearances: MessageWriter<Ask<Appear>>,
    mut manners: MessageWriter<Ask<Manner>>,
    mut voicings: MessageWriter<Ask<Voicing>>,
    mut answers: MessageWriter<Answer>,
) {
    for (who, command) in std::mem::take(&mut inbox.commands) {
        let Some(&entity) = book.0.get(&who) else { continue };
        let Ok((part, mut given, mut pace, Presence::Here { .. })) = people.get_mut(entity) else { continue };
        let Some(n) = command.nonce() else { continue };
        if let Some(event) = given.given(n) {
            // Lasting again: if the disk failed the first time, the answer must not come sooner for being asked twice.
            answers.write(Answer { entity, who, n, event: event.clone(), lasting: true });
            continue;
        }
        if n <= given.highest {
            answers.write(Answer::refused(entity, who, n, RefusalCode::StaleNonce));
            continue;
        }
        given.highest = n;
        let (action, bucket) = match command {
            ClientMessage::Say { .. } => (Action::Write, &mut pace.say),
            ClientMessage::TakeBack { .. } => (Action::See, &mut pace.take_back),
            ClientMessage::React { .. } => (Action::React, &mut pace.react),
            ClientMessage::Walk { .. } => (Action::See, &mut pace.walk),
            ClientMessage::Take { ref take, .. } => (action_of_take(take), &mut pace.take),
            // On whom is checked by the session.
            ClientMessage::Host { ref act, .. } => (action_of(act), &mut pace.host),
            ClientMessage::Offer { .. } => (Action::Listen, &mut pace.offer),
            ClientMessage::HangUp { .. } => (Action::See, &mut pace.offer),
            ClientMessage::Mic { on: true, .. } => (Action::Speak, &mut pace.mic),
            // To fall silent is possible in any way.
            ClientMessage::Mic { on: false, .. } => (Action::See, &mut pace.mic),
            ClientMessage::Block { .. } => (Action::Block, &mut pace.settings),
            ClientMessage::Moderate { ref measure, .. } => (action_of_measure(measure).0, &mut pace.host),
            _ => (Action::See, &mut pace.settings),
        };
        if !permits(part.role, action) || !way_permits(part.way, action) {
            answers.write(Answer::refused(entity, who, n, RefusalCode::NotAllowed));
            continue;
        }
        if !voices.on && matches!(command, ClientMessage::Offer { .. } | ClientMessage::Mic { on: true, .. }) {
            answers.write(Answer::refused(entity, who, n, RefusalCode::NoVoice));
            continue;
        }
        let possible = match action {
            Action::Write => hosting.allows(Can::Write, part.role),
            Action::React => hosting.allows(Can::React, part.role),
            _ => true,
        };
        if !possible {
            answers.write(Answer::refused(entity, who, n, RefusalCode::NotNow));
            continue;
        }
        // Nobody is too fast in falling silent.
        let free = matches!(command, ClientMessage::Mic { on: false, .. });
        if !free && let Err(after) = bucket.take(now.0) {
            answers.write(Answer::refused(entity, who, n, Refusal::new(RefusalCode::TooFast).after(after)));
            continue;
        }
        let asker = Asker { entity, who, n };
        match command {
            ClientMessage::Walk { to, .. } => _ = walks.write(asker.asks(WalkTo { to, sent: false })),
            ClientMessage::Say { to, text, .. } => _ = words.write(asker.asks(Speak { to, text })),
            ClientMessage::Appear { nick, look, .. } => _ = appearances.write(asker.asks(Appear { nick, look })),
            ClientMessage::React { kind, .. } => _ = manners.write(asker.asks(Manner::React(kind))),
            ClientMessage::Away { on, .. } => _ = manners.write(asker.asks(Manner::Away(on))),
            ClientMessage::SetWay { way, .. } => _ = manners.write(asker.asks(Manner::Way(way))),
            ClientMessage::SetWish { wish, .. } => _ = manners.write(asker.asks(Manner::Wish(wish))),
            ClientMessage::TakeBack { id, .. } => _ = manners.write(asker.asks(Manner::TakeBack(id))),
            ClientMessage::Take { take, .. } => inbox.deeds.push(Deed { entity, who, n, what: Doing::Take(take) }),
            ClientMessage::Offer { sdp, .. } => _ = voicings.write(asker.asks(Voicing::Offer(sdp))),
            ClientMessage::HangUp { .. } => _ = voicings.write(asker.asks(Voicing::HangUp)),
            ClientMessage::Mic { on, .. } => _ = voicings.write(asker.asks(Voicing::Mic(on))),
            ClientMessage::Block { who: whom, on, .. } => {
                voicings.write(asker.asks(Voicing::Block { whom, on }));
            }
            ClientMessage::Moderate { measure, .. } => _ = voicings.write(asker.asks(Voicing::Measure(measure))),
            ClientMessage::Host { act, .. } => inbox.deeds.push(Deed { entity, who, n, what: Doing::Host(act) }),
            // Without a nonce, and so not here.
            ClientMessage::Hello { .. }
            | ClientMessage::Ready {}
            | ClientMessage::Leave {}
            | ClientMessage::Beat {}
            | ClientMessage::Unknown => {}
        }
    }
}

struct Asker {
    entity: Entity,
    who: PersonId,
    n: u32,
}

impl Asker {
    fn asks<T: Send + Sync + 'static>(self, what: T) -> Ask<T> {
        Ask { entity: self.entity, who: self.who, n: self.n, what }
    }
}
