//! One run of a workload against a server or the floor, and what was seen.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::codec::{decode_server, encode_client};
use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::server::{Event, ServerMessage};

use super::children::{Measured, room_id};
use super::life::{self, Act, Life};
use super::swarm::{Seen, Swarm};
use super::trace::Sent;
use crate::measure::cpu_seconds;

/// After the last command the window stays open so long, for what is still on the way.
const TAIL_MS: u32 = 250;
/// So long everything rests after the last one came in, before the window opens.
const SETTLE: Duration = Duration::from_millis(1500);
/// Longest time for all to come in.
const JOIN: Duration = Duration::from_mins(1);

/// What a run brought.
#[derive(Default)]
pub struct Outcome {
    /// Processor seconds of the measured process.
    pub cpu_s: f64,
    /// What it sent.
    pub trace: Vec<Sent>,
    /// Milliseconds from each command to its event at each other person, sorted.
    pub delays_ms: Vec<f64>,
    /// Seconds of walking, times those who saw it.
    pub walk_seconds_seen: f64,
    /// How many commands were sent.
    pub commands: usize,
    /// How many commands were refused.
    pub refused: usize,
}

/// Runs a workload for `millis` against a server. Returns the server's pid's costs and everything seen.
pub fn against_server(life: &Life, millis: u32, seed: u64) -> Result<Outcome> {
    let server = Measured::server(life.rooms, life.shape)?;
    let mut swarm = Swarm::new(server.addr)?;
    let mut watch = Watch::new(life);
    let ready = encode_client(&ClientMessage::Ready {});
    let deadline = Instant::now() + JOIN;
    // Not all at once: a storm is another benchmark.
    while watch.inside < life.people() {
        let begun = swarm.len();
        for who in begun..(begun + 50).min(life.people()) {
            swarm.connect(&life::hello(&room_id(life.shape, life.room_of(who)), who))?;
        }
        while watch.inside < swarm.len() {
            if watch.closed > 0 || Instant::now() > deadline {
                bail!("{} of {} came in, {} closed", watch.inside, life.people(), watch.closed);
            }
            let before = watch.inside;
            swarm.poll(Duration::from_millis(100), |seen| watch.see(&seen))?;
            if watch.inside > before {
                for conn in std::mem::take(&mut watch.newly) {
                    swarm.send(conn, &ready);
                }
            }
        }
    }
    live(life, millis, seed, &server, swarm, watch)
}

/// Runs the same against the floor with what the server had sent.
pub fn against_floor(life: &Life, millis: u32, seed: u64, trace: &mut [Sent]) -> Result<Outcome> {
    let floor = Measured::floor(trace, life.people())?;
    let mut swarm = Swarm::new(floor.addr)?;
    let mut watch = Watch::new(life);
    // One after the other, so that the floor knows them by the same numbers.
    for who in 0..life.people() {
        swarm.connect(&life::hello("floor", who))?;
        while watch.open < swarm.len() {
            swarm.poll(Duration::from_secs(1), |seen| watch.see(&seen))?;
            if watch.closed > 0 {
                bail!("the floor closed a connection");
            }
        }
    }
    live(life, millis, seed, &floor, swarm, watch)
}

fn live(
    life: &Life,
    millis: u32,
    seed: u64,
    measured: &Measured,
    mut swarm: Swarm,
    mut watch: Watch,
) -> Result<Outcome> {
    let settled = Instant::now() + SETTLE;
    while Instant::now() < settled {
        swarm.poll(Duration::from_millis(20), |seen| watch.see(&seen))?;
    }
    let plan = life.plan(millis, seed);
    let mut nonces = vec![0; life.people()];
    let cpu_before = cpu_seconds(measured.pid())?;
    let begun = Instant::now();
    watch.open_window(begun);
    // The floor begins with this; a server answers it with a beat.
    swarm.send(0, &encode_client(&ClientMessage::Beat {}));
    let end = begun + Duration::from_millis(u64::from(millis + TAIL_MS));
    let mut next = 0;
    loop {
        let now = Instant::now();
        if now >= end {
            break;
        }
        while let Some(planned) = plan.get(next) {
            let due = begun + Duration::from_millis(planned.at.into());
            if due > now {
                break;
            }
            nonces[planned.who] += 1;
            swarm.send(planned.who, &life::message(planned.act, nonces[planned.who]));
            watch.sent(planned.who, planned.act, Instant::now());
            next += 1;
        }
        let due = plan.get(next).map_or(end, |planned| begun + Duration::from_millis(planned.at.into()));
        swarm.poll(due.min(end).saturating_duration_since(Instant::now()), |seen| watch.see(&seen))?;
    }
    let cpu_s = cpu_seconds(measured.pid())? - cpu_before;
    if watch.closed > 0 {
        bail!("{} connections were closed, the last with {:?}", watch.closed, watch.last_code);
    }
    Ok(watch.outcome(cpu_s, next))
}

/// Looks at everything that comes in, lightly: of each room one person reads everything, the others look at the
/// number of a frame only.
struct Watch {
    people: usize,
    open: usize,
    inside: usize,
    closed: usize,
    last_code: Option<u16>,
    newly: Vec<usize>,
    who: HashMap<PersonId, usize>,
    /// When each person last walked, wrote and reacted.
    sent: Vec<[Option<Instant>; 3]>,
    /// The number of the last frame of each person.
    last: Vec<u64>,
    window: Option<Instant>,
    /// Frame number and receiver, with the time; for each room.
    arrivals: Vec<Vec<(u64, usize, Instant)>>,
    /// Frame number, with who caused it and when they sent it; for each room.
    causes: Vec<HashMap<u64, Vec<(usize, Instant)>>>,
    walks: HashMap<PersonId, (Millis, Millis)>,
    walked_ms: u64,
    outcome: Outcome,
}

impl Watch {
    fn new(life: &Life) -> Self {
        Self {
            people: life.shape.people,
            open: 0,
            inside: 0,
            closed: 0,
            last_code: None,
            newly: Vec::new(),
            who: HashMap::new(),
            sent: vec![[None; 3]; life.people()],
            last: vec![0; life.people()],
            window: None,
            arrivals: vec![Vec::new(); life.rooms],
            causes: vec![HashMap::new(); life.rooms],
            walks: HashMap::new(),
            walked_ms: 0,
            outcome: Outcome::default(),
        }
    }

    fn open_window(&mut self, begun: Instant) {
        self.window = Some(begun);
        self.walks.clear();
    }

    fn sent(&mut self, who: usize, act: Act, at: Instant) {
        self.sent[who][kind(act)] = Some(at);
    }

    fn see(&mut self, seen: &Seen<'_>) {
        match *seen {
            Seen::Open(_) => self.open += 1,
            Seen::Closed { code, .. } => {
                self.closed += 1;
                self.last_code = code;
            }
            Seen::Message { conn, payload, size, at } => self.message(conn, payload, size, at),
        }
    }

    fn message(&mut self, conn: usize, payload: &[u8], size: usize, at: Instant) {
        let Some(begun) = self.window else {
            if let Ok(ServerMessage::Welcome(welcome)) = decode_welcome(payload) {
                self.inside += 1;
                self.newly.push(conn);
                self.who.insert(welcome.you, conn);
            }
            return;
        };
        let millis = at.saturating_duration_since(begun).as_millis() as u32;
        self.outcome.trace.push(Sent { at: millis, conn: conn as u32, size: size as u32 });
        let Some(seq) = frame_number(payload) else { return };
        // A frame with answers only repeats the number of the one before.
        if seq > self.last[conn] {
            self.last[conn] = seq;
            self.arrivals[conn / self.people].push((seq, conn, at));
        }
        if conn.is_multiple_of(self.people) {
            self.read(conn / self.people, seq, payload);
        }
    }

    fn read(&mut self, room: usize, seq: u64, payload: &[u8]) {
        let Ok(ServerMessage::Frame { ev, .. }) = decode_server(payload) else { return };
        for event in ev {
            let (who, kind) = match event {
                Event::Walks { who, walk } => {
                    if let Some((from, until)) = self.walks.insert(who, (walk.at, walk.until)) {
                        self.walked_ms += until.min(walk.at) - from.min(until.min(walk.at));
                    }
                    (who, 0)
                }
                Event::Said(said) => (said.who, 1),
                Event::Reacts { who, .. } => (who, 2),
                Event::Refused { .. } => {
                    self.outcome.refused += 1;
                    continue;
                }
                _ => continue,
            };
            let Some(&sender) = self.who.get(&who) else { continue };
            if let Some(sent) = self.sent[sender][kind].take() {
                self.causes[room].entry(seq).or_default().push((sender, sent));
            }
        }
    }

    fn outcome(mut self, cpu_s: f64, commands: usize) -> Outcome {
        self.walked_ms += self.walks.values().map(|(from, until)| until - from).sum::<u64>();
        let mut delays = Vec::new();
        for (arrivals, causes) in self.arrivals.iter().zip(&self.causes) {
            for (seq, conn, at) in arrivals {
                let causes = causes.get(seq).into_iter().flatten().filter(|(sender, _)| sender != conn);
                delays.extend(causes.map(|(_, sent)| at.saturating_duration_since(*sent).as_secs_f64() * 1e3));
            }
        }
        delays.sort_by(f64::total_cmp);
        let walk_seconds_seen = self.walked_ms as f64 / 1e3 * (self.people - 1) as f64;
        Outcome { cpu_s, delays_ms: delays, walk_seconds_seen, commands, ..self.outcome }
    }
}

fn kind(act: Act) -> usize {
    match act {
        Act::Walk(_) => 0,
        Act::Say => 1,
        Act::React => 2,
    }
}

fn decode_welcome(payload: &[u8]) -> Result<ServerMessage, ()> {
    let tag = b"welcome";
    if payload.windows(tag.len()).take(8).any(|bytes| bytes == tag) {
        decode_server(payload).map_err(drop)
    } else {
        Err(())
    }
}

/// The `seq` of a frame as our server writes it: first the tag, then the number.
fn frame_number(payload: &[u8]) -> Option<u64> {
    let rest = payload.strip_prefix(b"\x84\xa1t\xa5frame\xa3seq\xcf")?;
    Some(u64::from_be_bytes(*rest.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_frame_stands_where_it_is_looked_for() {
        let seq = ibasho_protocol::ids::Seq(1_763_700_000_000_123);
        assert_eq!(frame_number(&ibasho_protocol::codec::assemble_frame(seq, 5, &[])), Some(seq.0));
    }
}
