//! Emit: what happened is numbered and encoded, once for everybody.

use bevy_ecs::prelude::*;
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;

use super::parts::{Answers, Book, Counter, Now, Out};
use super::said::{Answer, Happened, Log};
use crate::room::tick::{Emitted, Reply, State, Told};

/// Numbers and encodes.
pub fn emit(
    now: Res<Now>,
    book: Res<Book>,
    mut counter: ResMut<Counter>,
    mut log: ResMut<Log>,
    mut out: ResMut<Out>,
    mut given: Query<&mut Answers>,
    mut happened: MessageReader<Happened>,
    mut answers: MessageReader<Answer>,
) {
    for what in happened.read() {
        counter.0 = counter.0.next();
        let seq = counter.0;
        let (body, told, state) = match what {
            Happened::Public(event) => {
                let state = if let Event::Walks { who, .. } = event { Some(State::Walk(*who)) } else { None };
                (encode_event(event), Told::Everybody, state)
            }
            Happened::Speaking { who, audience } => {
                let event = Event::Speaking { who: who.clone() };
                (encode_event(&event), Told::Only(audience.clone()), Some(State::Speaking))
            }
            Happened::Said { said, n, audience } => {
                let mut said = said.clone();
                said.id = seq;
                log.said(said.clone(), audience.clone());
                let answer = Event::Done { n: *n, id: Some(seq) };
                if let Some(mut given) = book.0.get(&said.who).and_then(|&entity| given.get_mut(entity).ok()) {
                    given.remember(*n, answer.clone());
                }
                out.0.replies.push(Reply { who: said.who, body: encode_event(&answer), lasting: false });
                (encode_event(&Event::Said(said)), Told::Only(audience.clone()), None)
            }
            Happened::TakenBack { id, audience } => {
                log.taken_back(seq, *id, now.0, audience.clone());
                (encode_event(&Event::TakenBack { id: *id }), Told::Only(audience.clone()), None)
            }
        };
        out.0.events.push(Emitted { body, told, state });
    }
    for Answer { entity, who, n, event, lasting } in answers.read() {
        if let Ok(mut given) = given.get_mut(*entity)
            && given.given(*n).is_none()
            && !is_past(event)
        {
            given.remember(*n, event.clone());
        }
        if *lasting {
            out.0.changed.push(*who);
        }
        out.0.replies.push(Reply { who: *who, body: encode_event(event), lasting: *lasting });
    }
}

/// That an answer is no longer remembered is not worth remembering: it would push out one that is. And the answer to an
/// offer is good for one connection on one line; where it would be asked for again that line is gone.
fn is_past(event: &Event) -> bool {
    matches!(event, Event::Refused { refusal, .. } if refusal.code == RefusalCode::StaleNonce)
        || matches!(event, Event::Answer { .. })
}
