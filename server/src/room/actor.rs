//! The room's shell: all its awaits. Takes what comes, steps the world, carries out what the world decided.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{FuturesUnordered, StreamExt};
use ibasho_protocol::client::{ClientMessage, Enter};
use ibasho_protocol::close;
use ibasho_protocol::codec::encode_server;
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::ServerMessage;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use super::calls::{Calls, Post};
use super::errand;
use super::frames::Frames;
use super::handle::{Arrival, Doorway, ToRoom};
use super::keeping::{Changed, Done, Kept};
use super::office;
use super::sim::Sim;
use super::tick::{Admitted, Door, Input, Outcome, Reply, SentAway, State};
use crate::Surroundings;
use crate::line::outbox::Outbox;
use crate::line::{LineId, frame};
use crate::secret::Token;
use crate::store::{Change, Store as _};

/// Least time between two ticks: 10 Hz is enough for people who walk and write (`perf.md`). The first thing that
/// happens after a quiet while is not delayed at all.
const TICK: Duration = Duration::from_millis(100);
/// The same for what does not wait for a tick: people at the door, of whom a crowd still shares one, and whatever
/// silences a voice.
const DOOR_TICK: Duration = Duration::from_millis(10);
/// With so many inputs in a tick a room is busy: then another within the next tick is much likelier than none.
const BUSY: usize = 2;
/// Most messages taken before a tick: a full inbox.
const BATCH: usize = super::handle::INBOX;
/// When to come back after a restart, in milliseconds: spread, so that not all come at once.
pub const BACK_AFTER_RESTART: (u32, u32) = (500, 4_000);

/// The actor of a room.
pub struct Actor {
    pub(super) sim: Sim,
    pub(super) around: Arc<Surroundings>,
    inbox: mpsc::Receiver<ToRoom>,
    /// Something in the inbox does not wait for the tick.
    hurry: Arc<Notify>,
    inside: Arc<AtomicU16>,
    /// Who is connected.
    pub(super) lines: HashMap<PersonId, Line>,
    /// Who stands at the door, by line, until the world has looked at them.
    arriving: HashMap<LineId, Knock>,
    /// Who waits for their seat to be on disk.
    pub(super) entering: HashMap<PersonId, (LineId, Knock)>,
    /// What waits for the disk.
    pub(super) keeping: FuturesUnordered<Kept>,
    /// Of whom something has changed since it was written, and what.
    pub(super) moved: HashMap<PersonId, Changed>,
    pub(super) write_places_at: Option<Millis>,
    /// What is asked of the voice engine.
    calls: Calls,
    /// What the voice engine tells.
    post: Arc<Post>,
}

pub(super) struct Line {
    id: LineId,
    pub(super) outbox: Outbox,
    /// What was left out because the reader was behind.
    stale: BTreeSet<State>,
    /// In the lobby: nothing of the room goes out on it.
    pub(super) waits: bool,
}

pub(super) struct Knock {
    outbox: Outbox,
    pub(super) verdict: oneshot::Sender<Result<PersonId, Refusal>>,
}

impl Actor {
    /// An actor for this world.
    pub fn new(sim: Sim, around: Arc<Surroundings>, Doorway { inbox, hurry, inside }: Doorway) -> Self {
        let calls = Calls::new(around.voice.clone(), sim.room());
        Self {
            post: calls.post(),
            calls,
            sim,
            around,
            inbox,
            hurry,
            inside,
            lines: HashMap::new(),
            arriving: HashMap::new(),
            entering: HashMap::new(),
            keeping: FuturesUnordered::new(),
            moved: HashMap::new(),
            write_places_at: None,
        }
    }

    /// Runs until the server stops.
    pub async fn run(mut self) {
        let mut batch = Vec::new();
        let mut stepped = Instant::now();
        // The last tick brought much: more is likely to come before the next, and it need not wake the room.
        let mut busy = false;
        // Set anew only when something is due sooner, or it has rung: a timer for each turn would cost more than the turn.
        let clock = self.around.clock.clone();
        let mut rings_at = Millis::MAX;
        let alarm = clock.sleep_until(rings_at);
        tokio::pin!(alarm);
        // People who were here before a restart have a grace time that ends by itself.
        self.step();
        loop {
            let due = [self.sim.due(), self.write_places_at].into_iter().flatten().min();
            if let Some(due) = due.filter(|due| *due < rings_at) {
                rings_at = due;
                alarm.set(clock.sleep_until(rings_at));
            }
            let not_before = stepped + if self.sim.hurries() { DOOR_TICK } else { TICK };
            // Once a tick is to come, commands gather in the inbox until then: a wake-up for each would cost more
            // than the command.
            let gathers = busy || self.sim.inputs() > 0;
            tokio::select! {
                taken = self.inbox.recv_many(&mut batch, BATCH), if !gathers => {
                    if taken == 0 {
                        return;
                    }
                }
                () = self.hurry.notified(), if gathers => {}
                Some((done, result)) = self.keeping.next(), if !self.keeping.is_empty() => self.on_disk(done, &result),
                Some(answered) = self.calls.answer(), if self.calls.awaits_answers() => self.sim.push(answered),
                () = self.post.arrives(), if !gathers => {}
                () = tokio::time::sleep_until(not_before), if gathers => busy = false,
                () = &mut alarm, if rings_at < Millis::MAX => rings_at = Millis::MAX,
            }
            while batch.len() < BATCH
                && let Ok(message) = self.inbox.try_recv()
            {
                batch.push(message);
            }
            for heard in self.post.take() {
                self.sim.push(Input::Voice(heard));
            }
            for message in batch.drain(..) {
                if let Some(done) = self.take(message) {
                    Box::pin(self.stop(done)).await;
                    return;
                }
            }
            let not_before = stepped + if self.sim.hurries() { DOOR_TICK } else { TICK };
            let now = clock.now();
            let is_due = self.sim.due().is_some_and(|due| due <= now);
            if is_due || (self.sim.inputs() > 0 && Instant::now() >= not_before) {
                busy = self.sim.inputs() >= BUSY;
                self.step();
                stepped = Instant::now();
            }
            if self.write_places_at.is_some_and(|at| at <= now) {
                self.write_places();
            }
        }
    }

    /// Takes a message. Returns whom to tell if it was the last one.
    fn take(&mut self, message: ToRoom) -> Option<oneshot::Sender<()>> {
        match message {
            ToRoom::Arrival(arrival) => self.arrive(*arrival),
            ToRoom::Command { line, who, message } => {
                if self.lines.get(&who).is_some_and(|known| known.id == line) {
                    self.command(line, who, message);
                }
            }
            ToRoom::CaughtUp { line, who } => self.catch_up(line, who),
            ToRoom::Lost { line, who } => {
                if self.lines.get(&who).is_some_and(|known| known.id == line) {
                    self.lines.remove(&who);
                    self.sim.push(Input::LineLost { who, on: line });
                }
            }
            ToRoom::Agenda { session, open } => self.sim.push(Input::Agenda { session, open }),
            ToRoom::Revoke { account, login, role } => self.sim.push(Input::Revoke { account, login, role }),
            ToRoom::Desk(news) => self.sim.push(Input::Desk(news)),
            ToRoom::Stop { done } => return Some(done),
        }
        None
    }

    fn command(&mut self, line: LineId, who: PersonId, message: ClientMessage) {
        if let Some(inspect) = &self.around.inspect {
            inspect(&message);
        }
        match message {
            ClientMessage::Leave {} => {
                if let Some(line) = self.lines.remove(&who) {
                    line.outbox.close(close::LEFT, None);
                }
                self.sim.push(Input::Leave { who });
            }
            ClientMessage::Ready {} => self.sim.push(Input::Confirmed { who }),
            message => {
                tracing::trace!(%line, "command");
                self.sim.push(Input::Command { who, message });
            }
        }
    }

    fn arrive(&mut self, Arrival { line, outbox, enter, pass, verdict }: Arrival) {
        tracing::debug!(%line, "at the door");
        self.arriving.insert(line, Knock { outbox, verdict });
        self.sim.push(match enter {
            Enter::New { nick, look, way, wish, .. } => Input::Enter { line, nick, look, way, wish, pass },
            Enter::Again { token, seen, .. } => Input::Again { line, token: Token::received(token).hash(), seen },
        });
    }

    fn step(&mut self) {
        let now = self.around.clock.now();
        let started = Instant::now();
        let mut outcome = self.sim.step(now);
        // First of all: who was silenced is silent.
        self.calls.make(std::mem::take(&mut outcome.calls), outcome.hearing.take());
        for door in std::mem::take(&mut outcome.doors) {
            self.door(door);
        }
        self.keep(&outcome);
        self.deliver(&outcome, now);
        for SentAway { who, subject, in_force } in outcome.sent_away.drain(..) {
            if let Some(line) = self.lines.remove(&who) {
                let refusal = self.around.office.turns_away(&subject, &in_force, self.sim.room());
                let refusal = refusal.unwrap_or_else(|| RefusalCode::Removed.into());
                line.outbox.send(&frame::binary(&encode_server(&ServerMessage::Refused { n: None, refusal })));
                line.outbox.close(close::SENT_AWAY, None);
            }
        }
        for untold in outcome.told.drain(..) {
            self.keeping.push(office::heard(self.around.clone(), untold));
        }
        for decision in outcome.judged.drain(..) {
            self.around.metrics.desk.judged(&decision);
        }
        for (who, close) in outcome.closed.drain(..) {
            if let Some(line) = self.lines.remove(&who) {
                line.outbox.close(close, None);
            }
        }
        for errand in outcome.errands.drain(..) {
            self.keeping.push(errand::run(self.around.clone(), self.sim.room(), errand));
        }
        for counted in outcome.counted.drain(..) {
            errand::count(&self.around, counted);
        }
        for (member, session) in outcome.attended.drain(..) {
            errand::attended(&self.around, member, session);
        }
        for admitted in outcome.admitted {
            self.welcome(admitted, now);
        }
        self.inside.store(self.sim.count() as u16, Ordering::Relaxed);
        self.around.metrics.tick(started.elapsed());
    }

    fn door(&mut self, door: Door) {
        match door {
            Door::Refused { line, refusal } => {
                if let Some(knock) = self.arriving.remove(&line) {
                    // A line that is gone needs no answer.
                    let _ = knock.verdict.send(Err(refusal));
                }
            }
            Door::Away { line, subject, in_force } => {
                let refusal = self.around.office.turns_away(&subject, &in_force, self.sim.room());
                // What kept them out is over: they come in as anybody else.
                let refusal = refusal.unwrap_or_else(|| RefusalCode::SeatGone.into());
                self.door(Door::Refused { line, refusal });
            }
            Door::Promoted { line, who } => self.enter_when_kept(who, line),
            Door::Entering { line, who } => {
                // The newer tab takes over at once; the older one says so.
                if let Some(older) = self.lines.remove(&who) {
                    older.outbox.close(close::TAKEN_OVER, None);
                }
                let Some(knock) = self.arriving.remove(&line) else { return };
                if let Some((_, older)) = self.entering.insert(who, (line, knock)) {
                    older.outbox.close(close::TAKEN_OVER, None);
                }
                self.enter_when_kept(who, line);
            }
        }
    }

    /// One frame to each line: what happened and the answers to its own commands.
    fn deliver(&mut self, outcome: &Outcome, now: Millis) {
        // A handful at a time: looking through them costs less than a map of them.
        let answers: Vec<&Reply> = outcome.replies.iter().filter(|reply| !reply.lasting).collect();
        if outcome.events.is_empty() && answers.is_empty() {
            return;
        }
        self.lines.values().for_each(|line| line.outbox.warm());
        let mut frames = Frames::new(self.sim.seq(), now, &outcome.events);
        let mut caught_up = Vec::new();
        for (&who, line) in &mut self.lines {
            let behind = line.outbox.is_behind();
            if !behind && !line.stale.is_empty() {
                caught_up.push((line.id, who));
            }
            if behind {
                line.stale.extend(frames.states());
                self.around.metrics.walks_left_out.inc_by(frames.states().count() as u64);
            }
            let own = answers.iter().filter(|reply| reply.who == who).map(|reply| &reply.body);
            let own: Vec<&Bytes> = own.collect();
            let frame = if line.waits { frames.only(&own) } else { frames.of(who, &own, !behind) };
            if let Some(frame) = frame {
                line.outbox.send(&frame);
            }
        }
        for (line, who) in caught_up {
            self.catch_up(line, who);
        }
    }

    /// A slow reader has read everything: now the newest state of what they missed.
    fn catch_up(&mut self, line: LineId, who: PersonId) {
        let Some(known) = self.lines.get_mut(&who).filter(|known| known.id == line) else { return };
        let newest = std::mem::take(&mut known.stale).into_iter().filter_map(|state| self.sim.newest(who, state));
        let newest: Vec<Bytes> = newest.collect();
        self.send_late(who, &newest);
    }

    /// Sends events to one person, outside a tick.
    pub(super) fn send_late(&self, who: PersonId, bodies: &[Bytes]) {
        let Some(line) = self.lines.get(&who).filter(|_| !bodies.is_empty()) else { return };
        let bodies: Vec<&[u8]> = bodies.iter().map(AsRef::as_ref).collect();
        let payload = ibasho_protocol::codec::assemble_frame(self.sim.seq(), self.around.clock.now(), &bodies);
        line.outbox.send(&frame::binary(&payload));
    }

    fn welcome(&mut self, admitted: Admitted, now: Millis) {
        let who = admitted.who;
        if let Some(subject) = self.sim.subject(who) {
            self.keeping.push(office::greet(self.around.clone(), who, subject));
        }
        let waits = self.sim.waits(who);
        let Some((id, knock)) = self.entering.remove(&who) else {
            // From the lobby into the room, on the same line.
            if let (Some(line), Some(welcome)) = (self.lines.get_mut(&who), self.sim.welcome(admitted, now)) {
                line.waits = waits;
                line.outbox.send(&frame::binary(&welcome));
            }
            return;
        };
        let Some(welcome) = self.sim.welcome(admitted, now) else { return };
        tracing::debug!(line = %id, "welcome");
        knock.outbox.send(&frame::binary(&welcome));
        self.lines.insert(who, Line { id, outbox: knock.outbox, stale: BTreeSet::new(), waits });
        if knock.verdict.send(Ok(who)).is_err() {
            // The line was lost while the seat was being written.
            self.lines.remove(&who);
            self.sim.push(Input::LineLost { who, on: id });
        }
    }

    async fn stop(mut self, done: oneshot::Sender<()>) {
        self.step();
        let seats = self.sim.everybody().into_iter().filter_map(|who| self.sim.kept(who));
        let changes: Vec<Change> = seats.map(|seat| Change::Keep(Box::new(seat))).collect();
        if let Err(error) = self.around.store.write(changes).await {
            tracing::error!(%error, "the places of people could not be kept");
        }
        // What was promised is on disk now: it may be said.
        while let Some((done, result)) = self.keeping.next().await {
            if let (Done::Answers(answers), Ok(())) = (done, result) {
                self.send_promised(answers);
            }
        }
        let entering = self.entering.values().map(|(_, knock)| &knock.outbox);
        let arriving = self.arriving.values().map(|knock| &knock.outbox);
        for outbox in self.lines.values().map(|line| &line.outbox).chain(entering).chain(arriving) {
            outbox.close(close::RESTART, Some(BACK_AFTER_RESTART));
        }
        // Whoever asked is waiting, unless they gave up.
        let _ = done.send(());
    }
}
