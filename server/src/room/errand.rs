//! What a room asks the outside for: return phrases, the suggestion box, what is counted of a session.

use std::sync::Arc;

use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::Event;

use super::keeping::{Done, Kept};
use super::office;
use super::tick::{Errand, Errands, Tie};
use crate::Surroundings;
use crate::hosting::pass::MemberId;
use crate::members;
use crate::store::statistics::{self, SessionCounted};
use crate::store::suggestions;

/// Runs an errand; what follows is an input for the room. What is answered is on disk.
pub fn run(around: Arc<Surroundings>, room: &str, Errand { who, n, what }: Errand) -> Kept {
    let room = room.to_owned();
    let what = match what {
        Errands::Office(asked) => return office::run(around, who, n, *asked),
        what => what,
    };
    Box::pin(async move {
        let ran = do_it(&around, &room, n, what).await;
        let (event, tie) = ran.unwrap_or_else(|refusal| (Event::Refused { n, refusal }, Tie::Same));
        (Done::Errand { who, event, tie }, Ok(()))
    })
}

/// The answer, and what it makes of the person.
async fn do_it(around: &Surroundings, room: &str, n: u32, what: Errands) -> Result<(Event, Tie), Refusal> {
    let done = Event::Done { n, id: None };
    let busy = |error| {
        tracing::error!(%error, "an errand of a room could not be run");
        Refusal::from(RefusalCode::Busy)
    };
    match what {
        Errands::Box(text) => {
            let put =
                suggestions::boxed(&around.store, &around.dice, room, &text, around.day(around.clock.now())).await;
            if put.map_err(busy)? { Ok((done, Tie::Same)) } else { Err(RefusalCode::ListFull.into()) }
        }
        Errands::Keep { existing, session } => {
            let (member, words) = members::keep(around, existing).await?;
            if let Some(session) = session {
                members::attended(around, member, &session).await.map_err(busy)?;
            }
            Ok((Event::Phrase { n, words }, Tie::Is(member)))
        }
        Errands::Office(_) => Err(RefusalCode::Busy.into()),
        Errands::Forget(member) => {
            members::forget(around, member).await.map_err(busy)?;
            Ok((done, Tie::Nobody))
        }
    }
}

/// Keeps what was counted of a session. Nobody waits for it.
pub fn count(around: &Arc<Surroundings>, counted: SessionCounted) {
    let around = around.clone();
    tokio::spawn(async move {
        if let Err(error) = statistics::put(&around.store, &counted, around.day(counted.starts)).await {
            tracing::error!(%error, session = counted.session, "the numbers of a session could not be kept");
        }
    });
}

/// Remembers that a member came to a session. Nobody waits for it.
pub fn attended(around: &Arc<Surroundings>, member: MemberId, session: String) {
    let around = around.clone();
    tokio::spawn(async move {
        if let Err(error) = members::attended(&around, member, &session).await {
            tracing::error!(%error, session, "that a member came could not be kept");
        }
    });
}
