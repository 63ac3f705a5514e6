//! Emit: what happened is numbered and encoded, once for everybody.

use bevy_ecs::prelude::*;
use ibasho_protocol::codec::encode_event;
use ibasho_protocol::ids::Seq;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::{Event, Said};

use super::parts::{Answers, Book};
use super::round::Round;
use super::safety::Safety;
use super::said::{Answer, Happened, Log};
use crate::desk::moment::{Fate, Line};
use crate::room::tick::{Emitted, Reply, State, Told};

/// Numbers and encodes.
pub fn emit(
    mut round: ResMut<Round>,
    book: Res<Book>,
    mut log: ResMut<Log>,
    mut safety: ResMut<Safety>,
    mut given: Query<&mut Answers>,
) {
    let Round { now, last, happened, answers, out, .. } = &mut *round;
    for what in happened.drain(..) {
        *last = last.next();
        let seq = *last;
        let (body, told, state) = match what {
            Happened::Public(event) => {
                let state = if let Event::Walks { who, .. } = &event { Some(State::Walk(*who)) } else { None };
                (encode_event(&event), Told::Everybody, state)
            }
            Happened::Speaking { who, audience } => {
                (encode_event(&Event::Speaking { who }), Told::Only(audience), Some(State::Speaking))
            }
            Happened::Said { mut said, n, audience } => {
                // Words that waited have their place already, and stand in the ring.
                if said.id == Seq(0) {
                    said.id = seq;
                    safety.ring.wrote(line(&said, Fate::Shown));
                }
                log.said(seq, *now, said.clone(), audience.clone());
                if let Some(n) = n {
                    let answer = Event::Done { n, id: Some(said.id) };
                    if let Some(mut given) = book.0.get(&said.who).and_then(|&entity| given.get_mut(entity).ok()) {
                        given.remember(n, answer.clone());
                    }
                    out.replies.push(Reply { who: said.who, body: encode_event(&answer), lasting: false });
                }
                (encode_event(&Event::Said(said)), Told::Only(audience), None)
            }
            Happened::TakenBack { id, audience } => {
                log.taken_back(seq, id, *now, audience.clone());
                (encode_event(&Event::TakenBack { id }), Told::Only(audience), None)
            }
        };
        out.events.push(Emitted { body, told, state });
    }
    for Answer { entity, who, n, event, lasting } in answers.drain(..) {
        if lasting {
            out.changed.push(who);
        }
        out.replies.push(Reply { who, body: encode_event(&event), lasting });
        if let Ok(mut given) = given.get_mut(entity)
            && given.given(n).is_none()
            && !is_past(&event)
        {
            given.remember(n, event);
        }
    }
}

/// Words as the ring keeps them.
pub(super) fn line(said: &Said, fate: Fate) -> Line {
    let Said { id, who, nick, zone, at, text, .. } = said.clone();
    Line { id: id.0, who: who.0, nick, zone, at, text, fate }
}

/// That an answer is no longer remembered is not worth remembering: it would push out one that is. And the answer to an
/// offer is good for one connection on one line; where it would be asked for again that line is gone.
fn is_past(event: &Event) -> bool {
    matches!(event, Event::Refused { refusal, .. } if refusal.code == RefusalCode::StaleNonce)
        || matches!(event, Event::Answer { .. })
}
