//! One WebRTC connection: what comes in is decrypted, what goes out is encrypted, and a fault of the library ends it and
//! nobody else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::voice::Slot;
use str0m::media::{Mid, Pt};
use str0m::rtp::{RtpPacket, RtpWrite, Ssrc};
use str0m::{Event, IceConnectionState, Input, Output, Rtc};

use super::book::{Key, Route};
use super::join::Joined;
use super::level::Level;
use super::media::News;
use super::net::Net;
use super::rewrite::{Placed, Rewrite, Source};
use super::slots::Slots;
use crate::line::LineId;
use crate::rate::{Bucket, Rate};

/// Sound: 50 packets a second, and as many again for short frames; a second of them at once after a jam on the way.
const SOUND: Rate = Rate { per_second: 100.0, burst: 100.0 };
/// Everything else: checks, handshake, reports. A handshake over a bad line takes some dozens.
const UPKEEP: Rate = Rate { per_second: 50.0, burst: 150.0 };

/// Whose connection it is.
pub enum Owner {
    /// A person's, on one of their lines.
    Person {
        /// Who.
        who: PersonId,
        /// Their line.
        line: LineId,
        /// Where news go.
        news: Arc<dyn Fn(News) + Send + Sync>,
    },
    /// Somebody's who practises alone.
    Echo,
}

/// Whoever hears themselves, in their only slot. No person has this number.
const MYSELF: PersonId = PersonId(0);

/// Whether somebody's voice goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talks {
    /// It ends at the door.
    No,
    /// It does.
    Yes,
    /// It does, and comes before others.
    First,
}

/// Why a connection has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The client closed it, or is gone.
    Gone,
    /// The library failed.
    Failed,
}

/// A connection.
pub struct Peer {
    rtc: Rtc,
    /// Whose.
    pub owner: Owner,
    /// Different from every other connection's.
    pub serial: u32,
    /// Its own name in STUN messages.
    pub name: String,
    /// Where its packets come from.
    pub routes: Vec<Route>,
    /// Whether sound can be sent.
    pub connected: bool,
    /// When the library wants to be woken.
    pub due: Instant,
    /// The earliest wake-up that is set; none is lost because of it, and few are set.
    pub set: Option<Instant>,
    /// Whether something waits to be sent.
    pub dirty: bool,
    /// When it ends in any case, if so.
    pub until: Option<Millis>,
    /// The library failed while something was written.
    broken: bool,
    /// Whether their voice goes out.
    pub talks: Talks,
    /// Who hears them.
    pub listeners: Vec<Key>,
    /// How loud they are.
    pub level: Level,
    /// Whose voices it carries.
    pub slots: Slots,
    streams: Vec<Stream>,
    voice: Mid,
    /// The stream that was found to be the voice.
    ssrc: Option<Ssrc>,
    pt: Pt,
    sound: Bucket,
    upkeep: Bucket,
}

/// A slot on its way out.
struct Stream {
    mid: Mid,
    ssrc: Ssrc,
    rewrite: Rewrite,
}

impl Peer {
    /// A connection that waits for its client.
    pub fn new(owner: Owner, serial: u32, joined: Joined, now: Instant, ms: Millis) -> (Self, String) {
        let streams =
            joined.slots.iter().map(|(mid, ssrc)| Stream { mid: *mid, ssrc: *ssrc, rewrite: Rewrite::default() });
        let peer = Self {
            slots: Slots::new(joined.slots.len()),
            streams: streams.collect(),
            rtc: joined.rtc,
            owner,
            serial,
            name: joined.name,
            routes: Vec::new(),
            connected: false,
            due: now,
            set: None,
            dirty: false,
            until: None,
            broken: false,
            talks: Talks::No,
            listeners: Vec::new(),
            level: Level::default(),
            voice: joined.voice,
            ssrc: None,
            pt: joined.pt,
            sound: Bucket::new(SOUND, ms),
            upkeep: Bucket::new(UPKEEP, ms),
        };
        (peer, joined.answer)
    }

    /// Who they are to those who hear them.
    pub fn who(&self) -> PersonId {
        match self.owner {
            Owner::Person { who, .. } => who,
            Owner::Echo => MYSELF,
        }
    }

    /// Whether a packet more is not too fast. `sound`: it is RTP.
    pub fn may_send(&mut self, sound: bool, ms: Millis) -> bool {
        if sound { &mut self.sound } else { &mut self.upkeep }.take(ms).is_ok()
    }

    /// Whether a STUN message is signed by this connection's client.
    pub fn signed(&self, input: &Input) -> bool {
        catch_unwind(AssertUnwindSafe(|| self.rtc.accepts(input))).unwrap_or(false)
    }

    /// Takes a packet or a wake-up, and sends and hands out all that follows from it.
    ///
    /// # Errors
    /// The connection has ended.
    pub fn take(&mut self, input: Input, net: &mut Net, heard: &mut Vec<RtpPacket>) -> Result<(), End> {
        self.dirty = false;
        if self.broken {
            return Err(End::Failed);
        }
        let done = catch_unwind(AssertUnwindSafe(|| {
            self.rtc.handle_input(input).map_err(|_| End::Gone)?;
            self.drain(net, heard)
        }));
        done.unwrap_or(Err(End::Failed))
    }

    /// Says goodbye, so that the client need not find out by itself.
    pub fn close(&mut self, net: &mut Net) {
        // Whatever comes of it: it is over. What is heard meanwhile goes nowhere.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            if self.connected && self.rtc.close().is_ok() {
                let _ = self.drain(net, &mut Vec::new());
            }
        }));
    }

    fn drain(&mut self, net: &mut Net, heard: &mut Vec<RtpPacket>) -> Result<(), End> {
        loop {
            match self.rtc.poll_output().map_err(|_| End::Gone)? {
                Output::Timeout(due) => {
                    self.due = due;
                    return if self.rtc.is_alive() { Ok(()) } else { Err(End::Gone) };
                }
                Output::Transmit(packet) => net.send(packet),
                Output::Event(Event::RtpPacket(packet)) => heard.push(packet),
                Output::Event(Event::Connected) => self.connected = true,
                Output::Event(Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed) => {
                    return Err(End::Gone);
                }
                Output::Event(_) => {}
            }
        }
    }

    /// Whether a stream is the voice that was offered, and nothing else the client could send.
    pub fn is_voice(&mut self, ssrc: Ssrc) -> bool {
        if self.ssrc == Some(ssrc) {
            return true;
        }
        let voice = self.voice;
        let mut direct = self.rtc.direct_api();
        let is = direct.stream_rx(&ssrc).is_some_and(|stream| stream.mid() == voice);
        if is {
            self.ssrc = Some(ssrc);
        }
        is
    }

    /// What a stream of theirs is called to listeners.
    pub fn source(&self, ssrc: Ssrc) -> Source {
        u64::from(self.serial) << 32 | u64::from(*ssrc)
    }

    /// Where a packet goes in the stream of a slot; `None` if it comes too late.
    pub fn place(&mut self, slot: usize, source: Source, packet: &RtpPacket, now: Instant) -> Option<Placed> {
        self.streams[slot].rewrite.place(source, *packet.seq_no, packet.header.timestamp, now)
    }

    /// Writes a packet of somebody else into a slot. It is sent with the next [`Peer::take`].
    pub fn write(&mut self, slot: usize, placed: Placed, packet: &RtpPacket, now: Instant) {
        let (ssrc, pt) = (self.streams[slot].ssrc, self.pt);
        let write = RtpWrite::new(pt, placed.seq.into(), placed.time, now, packet.payload.clone())
            .marker(placed.first || packet.header.marker);
        let wrote = catch_unwind(AssertUnwindSafe(|| {
            if let Some(stream) = self.rtc.direct_api().stream_tx(&ssrc) {
                stream.write_rtp(write);
            }
        }));
        self.broken |= wrote.is_err();
    }

    /// Tells the room of something.
    pub fn tell(&self, news: impl FnOnce(PersonId, LineId) -> News) {
        if let Owner::Person { who, line, news: tell } = &self.owner {
            tell(news(*who, *line));
        }
    }

    /// Tells the room whose voices the slots carry.
    pub fn tell_slots(&self) {
        self.tell(|who, line| {
            let slots = self.slots.holders();
            let slots = slots.map(|(at, who)| Slot { mid: self.streams[at].mid.to_string(), who }).collect();
            News::Slots { who, line, slots }
        });
    }
}
