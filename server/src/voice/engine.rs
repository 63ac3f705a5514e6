//! The media engine: one thread, one UDP socket, everybody's connections. A packet comes in (`inbound.rs`), is decrypted,
//! goes past the gate (whose voice may be heard by whom, as the rooms last said) and out to its listeners' slots
//! (`forward.rs`). Here is when it does what, and how connections begin and end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use slab::Slab;
use str0m::Input;
use str0m::net::Protocol;
use tokio::sync::mpsc;

use super::ECHO_SECONDS;
use super::book::{Book, Key};
use super::inbound::DATAGRAM;
use super::media::News;
use super::net::{Net, canonical};
use super::peer::{End, Owner, Peer, Talks};
use super::post::{Letters, Newcomer, Post};
use super::rooms::{Rooms, leave_slots};
use super::tcp::Tcp;
use super::timers::Timers;
use crate::clock::Clock;

/// Packets between two looks at everything else there is to do.
const BATCH: usize = 32;
/// How long the engine rests when it has read all there was: waking up for each packet costs more than the packet. Nobody
/// hears two milliseconds; one packet holds twenty.
const REST: Duration = Duration::from_millis(2);
/// A connection that is not up so many milliseconds after its answer ends (`PROTOCOL.md`, Voice 4).
const HALF_OPEN: Millis = 15_000;
/// Most people who practise at once: it is for a minute or two before meeting anybody.
const ECHOES: usize = 50;
/// The longest sleep. There is always something to wake up for earlier, once there is anybody.
const IDLE: Duration = Duration::from_mins(1);

/// The engine.
pub struct Engine {
    pub(super) net: Net,
    pub(super) peers: Slab<Peer>,
    pub(super) book: Book,
    rooms: Rooms,
    /// When connections want to be woken, and when they end.
    timers: Timers<Instant>,
    ends: Timers<Millis>,
    /// The sound of one packet; kept for its memory.
    pub(super) payload: Vec<u8>,
    buffer: Box<[u8]>,
    practising: usize,
    most: usize,
    serial: u32,
    start: Instant,
    clock: Clock,
    post: Arc<Post>,
    tcp: mpsc::Receiver<Tcp>,
    /// The server stops: it is said once, at whatever moment the post is read.
    stopped: bool,
}

impl Engine {
    /// Nobody is there yet. `most` is how many can be.
    pub fn new(net: Net, most: usize, clock: Clock, post: Arc<Post>, tcp: mpsc::Receiver<Tcp>) -> Self {
        Self {
            net,
            peers: Slab::new(),
            book: Book::default(),
            rooms: Rooms::default(),
            timers: Timers::default(),
            ends: Timers::default(),
            payload: Vec::new(),
            // A byte more than the largest, to see that something was larger.
            buffer: vec![0; DATAGRAM + 1].into(),
            practising: 0,
            most,
            serial: 0,
            start: Instant::now(),
            clock,
            post,
            tcp,
            stopped: false,
        }
    }

    /// Serves until the server stops.
    pub async fn run(&mut self) {
        loop {
            let wake = self.timers.next().unwrap_or_else(|| Instant::now() + IDLE);
            let end = self.ends.next().unwrap_or(Millis::MAX);
            let readable = async {
                match &self.net.udp {
                    // An error shows itself when reading.
                    Some(udp) => drop(udp.readable().await),
                    None => std::future::pending().await,
                }
            };
            let mut tcp = None;
            tokio::select! {
                biased;
                () = self.post.wait() => {}
                () = readable => {}
                event = self.tcp.recv() => tcp = event,
                () = tokio::time::sleep_until(wake.into()) => {}
                () = self.clock.sleep_until(end) => {}
            }
            self.net.now = Instant::now();
            if self.read_post() {
                return;
            }
            if let Some(event) = tcp {
                self.tcp_event(event);
            }
            let all = self.read_sockets();
            if self.stopped {
                return;
            }
            self.wake_due();
            if all {
                // This thread has nothing else to do: also those who read from TCP connections can wait so long.
                std::thread::sleep(REST);
            }
        }
    }

    /// Everybody's connection ends. After a fault of the engine itself: then it begins anew.
    pub fn end_all(&mut self) {
        for key in self.peers.iter().map(|(key, _)| key).collect::<Vec<_>>() {
            self.end(key, true);
        }
    }

    /// Reads what has come for a batch, from both kinds of connections. What the rooms say counts for the very next packet.
    /// Tells whether that was all.
    fn read_sockets(&mut self) -> bool {
        let mut all = false;
        for _ in 0..BATCH {
            let Some(udp) = &self.net.udp else { break };
            let mut buffer = std::mem::take(&mut self.buffer);
            let got = udp.try_recv_from(&mut buffer);
            if let Ok((length, from)) = got {
                self.packet((Protocol::Udp, canonical(from)), &buffer[..length]);
            }
            self.buffer = buffer;
            // Nothing there, or an error of a packet that was sent before: it is gone with being read.
            if got.is_err() || self.read_post() {
                all = true;
                break;
            }
        }
        for _ in 0..BATCH {
            let Ok(event) = self.tcp.try_recv() else { return all || self.net.udp.is_none() };
            self.tcp_event(event);
        }
        false
    }

    fn tcp_event(&mut self, event: Tcp) {
        match event {
            Tcp::Open(from, wire) => self.net.open(from, wire),
            Tcp::Packet(from, bytes) => {
                self.read_post();
                self.packet((Protocol::Tcp, from), &bytes);
            }
            Tcp::Closed(from) => {
                self.net.close(from);
                self.book.forget((Protocol::Tcp, from));
            }
        }
    }

    /// Does what the rooms said. Tells whether the server stops.
    fn read_post(&mut self) -> bool {
        let Some(Letters { gone, newcomers, hearings, stop }) = self.post.collect() else { return self.stopped };
        self.stopped |= stop;
        for (who, line) in gone {
            let theirs = |key: &Key| matches!(self.peers[*key].owner, Owner::Person { line: on, .. } if on == line);
            if let Some(key) = self.book.by_person(who).filter(theirs) {
                self.end(key, false);
            }
        }
        for newcomer in newcomers {
            self.enter(newcomer);
        }
        for (room, hearing) in hearings {
            self.rooms.say(room, hearing, &mut self.peers, &self.book);
        }
        self.stopped
    }

    pub(super) fn ms(&self) -> Millis {
        self.net.now.saturating_duration_since(self.start).as_millis() as Millis
    }

    fn enter(&mut self, Newcomer { owner, joined, answer }: Newcomer) {
        let who = match owner {
            Owner::Person { who, .. } => Some(who),
            Owner::Echo => None,
        };
        if let Some(key) = who.and_then(|who| self.book.by_person(who)) {
            self.end(key, false);
        }
        if self.peers.len() >= self.most || (who.is_none() && self.practising >= ECHOES) {
            // Whoever asked may be gone.
            let _ = answer.send(Err(RefusalCode::Busy));
            return;
        }
        self.serial = self.serial.wrapping_add(1);
        let (mut peer, text) = Peer::new(owner, self.serial, joined, self.net.now, self.ms());
        let (name, serial) = (peer.name.clone(), peer.serial);
        let entry = self.peers.vacant_entry();
        let key = entry.key();
        if who.is_none() {
            self.practising += 1;
            (peer.talks, peer.listeners) = (Talks::Yes, vec![key]);
            peer.until = Some(self.clock.now() + Millis::from(ECHO_SECONDS) * 1000);
        }
        let until = peer.until;
        entry.insert(peer);
        self.net.counts.peers.inc();
        self.book.enter(key, name, who);
        self.ends.set(self.clock.now() + HALF_OPEN, key, serial);
        if let Some(until) = until {
            self.ends.set(until, key, serial);
        }
        if let Some(who) = who {
            self.rooms.enter(who, &mut self.peers, &self.book);
        }
        self.feed(key, Input::Timeout(self.net.now));
        if answer.send(Ok(text)).is_err() && self.peers.contains(key) {
            // Nobody wants it any more.
            self.end(key, false);
        }
    }

    /// Gives something to a connection.
    pub(super) fn feed(&mut self, key: Key, input: Input) {
        let peer = &mut self.peers[key];
        match peer.take(input, &mut self.net) {
            Ok(()) => self.schedule(key),
            Err(end) => {
                if end == End::Failed {
                    self.net.counts.failed.inc();
                }
                self.end(key, true);
            }
        }
    }

    /// Sees to it that a connection is woken when it wants to be.
    pub(super) fn schedule(&mut self, key: Key) {
        let peer = &mut self.peers[key];
        let due = peer.level.stops().map_or(peer.due, |stops| stops.min(peer.due));
        // A wake-up that is too early only sets the next one: most packets move it, and few wake-ups are needed.
        if peer.set.is_none_or(|set| due < set) {
            peer.set = Some(due);
            self.timers.set(due, key, peer.serial);
        }
    }

    /// Wakes those who want to be woken, and ends those whose time is over.
    fn wake_due(&mut self) {
        let now = self.net.now;
        while let Some((key, serial)) = self.timers.due(now) {
            let Some(peer) = self.peers.get_mut(key).filter(|peer| peer.serial == serial) else { continue };
            peer.set = None;
            if peer.level.rest(now).is_some() {
                peer.tell(|who, _| News::Speaks { who, on: false });
            }
            if peer.due <= now {
                self.feed(key, Input::Timeout(now));
            } else {
                self.schedule(key);
            }
        }
        let time = self.clock.now();
        while let Some((key, serial)) = self.ends.due(time) {
            let Some(peer) = self.peers.get(key).filter(|peer| peer.serial == serial) else { continue };
            if !peer.connected || peer.until.is_some_and(|until| until <= time) {
                self.end(key, true);
            }
        }
    }

    /// A connection ends. `by_itself`: the room does not know yet.
    fn end(&mut self, key: Key, by_itself: bool) {
        let mut peer = self.peers.remove(key);
        peer.close(&mut self.net);
        self.net.counts.peers.dec();
        let who = matches!(peer.owner, Owner::Person { .. }).then(|| peer.who());
        if who.is_none() {
            self.practising -= 1;
        }
        self.book.leave(key, &peer.name, who, &peer.routes);
        for (protocol, address) in &peer.routes {
            if *protocol == Protocol::Tcp {
                self.net.close(*address);
            }
        }
        if peer.level.end() {
            peer.tell(|who, _| News::Speaks { who, on: false });
        }
        if by_itself {
            peer.tell(|who, line| News::HungUp { who, line });
        }
        for listener in std::mem::take(&mut peer.listeners) {
            leave_slots(listener, &mut self.peers, &self.book);
        }
        // Others' lists of listeners may name its place, which somebody else will have.
        for (_, other) in &mut self.peers {
            other.listeners.retain(|listener| *listener != key);
        }
    }
}
