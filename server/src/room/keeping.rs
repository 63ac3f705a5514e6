//! What of a room is put on disk, when, and what follows when it is there.

use std::collections::{BTreeMap, HashSet};

use bytes::Bytes;
use ibasho_protocol::close;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;

use super::actor::{Actor, BACK_AFTER_RESTART};
use super::office;
use super::tick::{Emitted, Hosted, Input, Outcome, Tie};
use crate::line::LineId;
use crate::store::{Change, Pending, Store as _, StoreError};

/// How often places are written that need not be on disk at once, in milliseconds of the clock. All rooms write at the
/// same moment, so that they share a transaction.
const KEEP_PLACES_MS: Millis = 1_000;
/// The same where nobody has moved but within a zone, from floor to floor: who hears whom is the same wherever in it they
/// are found after a power cut. To write these each second and to ask the store for what others wrote (`store::beside`)
/// were together a tenth of what twenty quiet rooms cost.
const KEEP_STROLLS_MS: Millis = 5 * KEEP_PLACES_MS;
/// A goal that was changed so recently may change again: people who run about are written when they have calmed down.
const RESTLESS_MS: Millis = 1_000;

pub(super) type Kept = std::pin::Pin<Box<dyn Future<Output = (Done, Result<(), StoreError>)> + Send>>;

/// What follows when something is on disk.
pub(super) enum Done {
    Enter(PersonId, LineId, Vec<InForce>),
    /// Answers that promised it, with whom they are for.
    Answers(Vec<(PersonId, Bytes)>),
    /// The room is to hear this.
    Input(Input),
    /// Nothing more.
    Nothing,
    /// An errand is done: the answer, and what it makes of the person.
    Errand {
        who: PersonId,
        event: Event,
        tie: Tie,
    },
}

/// What of somebody is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// Where they are.
    Place,
    /// Anything.
    Seat,
}

impl Actor {
    pub(super) fn enter_when_kept(&mut self, who: PersonId, line: LineId) {
        tracing::debug!(%line, "may enter when the seat is on disk");
        self.moved.remove(&who);
        let written: Pending<()> = match self.sim.kept(who) {
            Some(seat) => self.around.store.write(vec![Change::Keep(Box::new(seat))]),
            None => Box::pin(std::future::ready(Err(StoreError("the person is gone".into())))),
        };
        let (around, subject) = (self.around.clone(), self.sim.subject(who));
        self.keeping.push(Box::pin(async move {
            let known = match (written.await, subject) {
                (Ok(()), Some(subject)) => office::in_force(&around, &subject).await,
                (written, _) => written.map(|()| Vec::new()),
            };
            match known {
                Ok(in_force) => (Done::Enter(who, line, in_force), Ok(())),
                Err(error) => (Done::Enter(who, line, Vec::new()), Err(error)),
            }
        }));
    }

    pub(super) fn on_disk(&mut self, done: Done, result: &Result<(), StoreError>) {
        match (done, result) {
            (Done::Enter(who, on, in_force), Ok(())) => {
                tracing::debug!(line = %on, "the seat is on disk");
                self.sim.push(Input::Admit { who, on, in_force });
            }
            (Done::Enter(who, on, _), Err(_)) => {
                let mine = self.entering.get(&who).is_some_and(|(line, _)| *line == on);
                if let Some((_, knock)) = mine.then(|| self.entering.remove(&who)).flatten() {
                    let _ = knock.verdict.send(Err(RefusalCode::Busy.into()));
                } else if let Some(line) = self.lines.remove(&who).filter(|line| line.waits) {
                    line.outbox.close(close::ROOM_TROUBLE, Some(BACK_AFTER_RESTART));
                }
                self.sim.push(Input::Turned { who, on });
            }
            (Done::Answers(answers), Ok(())) => self.send_promised(answers),
            (Done::Errand { who, event, tie }, Ok(())) => self.sim.push(Input::Outside { who, event, tie }),
            (Done::Input(input), _) => self.sim.push(input),
            // An errand says itself what went wrong.
            (Done::Nothing, _) | (Done::Errand { .. }, Err(_)) => {}
            // Not acknowledged: the client asks again after a while and is answered then.
            (Done::Answers(answers), Err(_)) => {
                for line in answers.iter().filter_map(|(who, _)| self.lines.get(who)) {
                    line.outbox.close(close::ROOM_TROUBLE, Some(BACK_AFTER_RESTART));
                }
            }
        }
    }

    /// Puts on disk what changed. Answers that promise it wait for that.
    pub(super) fn keep(&mut self, outcome: &Outcome) {
        if !outcome.gone.is_empty() {
            let gone = outcome.gone.iter().map(|&who| Change::Forget(who)).collect();
            for who in &outcome.gone {
                self.moved.remove(who);
                if let Some((_, knock)) = self.entering.remove(who) {
                    let _ = knock.verdict.send(Err(RefusalCode::SeatGone.into()));
                }
            }
            // Nobody waits for it; the store says in the log if it cannot.
            drop(self.around.store.write(gone));
        }
        for who in outcome.events.iter().filter_map(Emitted::walker) {
            self.moved.entry(who).or_insert(Changed::Place);
        }
        self.moved.extend(outcome.touched.iter().map(|&who| (who, Changed::Seat)));
        self.keep_promises(outcome);
        let next =
            self.next_writing(outcome.events.iter().filter_map(Emitted::walker).chain(outcome.touched.iter().copied()));
        self.write_places_at = self.write_places_at.into_iter().chain(next).min();
    }

    /// Writes what changed and was promised in this tick, all of it or nothing, and with it what is on in the room if
    /// that has changed. The answers wait for it.
    fn keep_promises(&mut self, outcome: &Outcome) {
        let hosted =
            outcome.hosted.clone().map(|Hosted(state)| Change::Host { room: self.sim.room().to_owned(), state });
        let changed: HashSet<PersonId> = outcome.changed.iter().copied().collect();
        let seats = changed.iter().filter_map(|&who| self.sim.kept(who));
        let changes: Vec<Change> = seats.map(|seat| Change::Keep(Box::new(seat))).chain(hosted).collect();
        if changes.is_empty() {
            return;
        }
        for who in &changed {
            self.moved.remove(who);
        }
        let written = self.around.store.write(changes);
        let promised = outcome.replies.iter().filter(|reply| reply.lasting);
        let promised: Vec<_> = promised.map(|reply| (reply.who, reply.body.clone())).collect();
        // Where nobody was promised anything nobody waits; the store says in the log if it cannot.
        if !promised.is_empty() {
            self.keeping.push(Box::pin(async move { (Done::Answers(promised), written.await) }));
        }
    }

    /// Says what was promised and is on disk now: to each person in one frame.
    pub(super) fn send_promised(&self, answers: Vec<(PersonId, Bytes)>) {
        let mut of: BTreeMap<PersonId, Vec<Bytes>> = BTreeMap::new();
        for (who, body) in answers {
            of.entry(who).or_default().push(body);
        }
        for (who, bodies) in of {
            self.send_late(who, &bodies);
        }
    }

    /// When it is written next where these are, with all rooms.
    fn next_writing(&self, who: impl Iterator<Item = PersonId>) -> Option<Millis> {
        let now = self.around.clock.now();
        let every = |who| match self.moved.get(&who)? {
            Changed::Place if self.sim.strolls(who) => Some(KEEP_STROLLS_MS),
            Changed::Place | Changed::Seat => Some(KEEP_PLACES_MS),
        };
        who.filter_map(every).map(|every| (now / every + 1) * every).min()
    }

    /// Writes where people are or will be. Who has just changed their mind is written a moment later.
    pub(super) fn write_places(&mut self) {
        let now = self.around.clock.now();
        let settled = self.moved.extract_if(|&who, _| !self.sim.set_out_since(who, now - RESTLESS_MS, now));
        let changes = settled.filter_map(|(who, changed)| match changed {
            Changed::Place => self.sim.kept_place(who).map(Change::Place),
            Changed::Seat => self.sim.kept(who).map(|seat| Change::Keep(Box::new(seat))),
        });
        let changes: Vec<Change> = changes.collect();
        self.write_places_at = self.next_writing(self.moved.keys().copied());
        if !changes.is_empty() {
            drop(self.around.store.write(changes));
        }
    }
}
