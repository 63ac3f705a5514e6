//! One frame for everybody who may see the same: the events of a tick are encoded once and put together once for
//! each different audience, header of the WebSocket frame included.

use bytes::Bytes;
use ibasho_protocol::codec::assemble_frame;
use ibasho_protocol::ids::{Millis, PersonId, Seq};

use super::tick::{Emitted, State, Told};
use crate::line::frame;

/// The frames of a tick.
pub struct Frames<'a> {
    seq: Seq,
    at: Millis,
    events: &'a [Emitted],
    /// Positions of events that not everybody is told.
    limited: Vec<usize>,
    /// Frames without answers, by which limited events they hold and whether states are in. Few: one for each place.
    made: Vec<(Vec<usize>, bool, Option<Bytes>)>,
}

impl<'a> Frames<'a> {
    /// The frames for what happened up to `seq`.
    pub fn new(seq: Seq, at: Millis, events: &'a [Emitted]) -> Self {
        let limited = events.iter().enumerate().filter(|(_, event)| matches!(event.told, Told::Only(_)));
        let limited = limited.map(|(index, _)| index).collect();
        Self { seq, at, events, limited, made: Vec::new() }
    }

    /// The frame for one person: what they are told, then the answers to their own commands. Without `states` it
    /// leaves out walks and who speaks, which a reader who is behind gets later in their newest form. `None` if it
    /// would be empty.
    pub fn of(&mut self, who: PersonId, answers: &[&Bytes], states: bool) -> Option<Bytes> {
        if self.limited.is_empty()
            && answers.is_empty()
            && let Some((_, _, frame)) = self.made.iter().find(|(_, with_states, _)| *with_states == states)
        {
            // As nearly always: everybody hears everything, and nothing need be compared.
            return frame.clone();
        }
        let told = |&index: &usize| match &self.events[index].told {
            Told::Everybody => true,
            Told::Only(audience) => audience.contains(&who),
        };
        let heard: Vec<usize> = self.limited.iter().copied().filter(told).collect();
        if !answers.is_empty() {
            return self.assemble(&heard, answers, states);
        }
        let made = self.made.iter().find(|(holds, with_states, _)| *with_states == states && *holds == heard);
        if let Some((_, _, frame)) = made {
            return frame.clone();
        }
        let frame = self.assemble(&heard, &[], states);
        self.made.push((heard, states, frame.clone()));
        frame
    }

    /// The frame for somebody who sees nothing of the room: what they alone are told.
    pub fn only(&self, answers: &[&Bytes]) -> Option<Bytes> {
        let bodies: Vec<&[u8]> = answers.iter().copied().map(AsRef::as_ref).collect();
        (!bodies.is_empty()).then(|| frame::binary(&assemble_frame(self.seq, self.at, &bodies)))
    }

    /// What changed its state in this tick.
    pub fn states(&self) -> impl Iterator<Item = State> {
        self.events.iter().filter_map(|event| event.state)
    }

    fn assemble(&self, heard: &[usize], answers: &[&Bytes], states: bool) -> Option<Bytes> {
        let events = self.events.iter().enumerate().filter(|(index, event)| match event.told {
            _ if event.state.is_some() && !states => false,
            Told::Everybody => true,
            Told::Only(_) => heard.contains(index),
        });
        let bodies = events.map(|(_, event)| event.body.as_ref()).chain(answers.iter().copied().map(AsRef::as_ref));
        let bodies: Vec<&[u8]> = bodies.collect();
        (!bodies.is_empty()).then(|| frame::binary(&assemble_frame(self.seq, self.at, &bodies)))
    }
}
