//! One WebRTC connection: what comes in is decrypted, what goes out is encrypted, and a fault of the library ends it and
//! nobody else. The library does everything but the sound itself.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use ibasho_protocol::ids::{Millis, PersonId};
use ibasho_protocol::voice::Slot;
use str0m::config::CryptoProvider;
use str0m::media::{Mid, Pt};
use str0m::{Event, IceConnectionState, Input, Output, Rtc};

use super::book::{Key, Route};
use super::join::Joined;
use super::keys;
use super::level::Level;
use super::media::News;
use super::net::Net;
use super::reception::Reception;
use super::rewrite::{Placed, Rewrite, Source};
use super::rtp::{self, Header};
use super::slots::Slots;
use super::srtp::Srtp;
use crate::line::LineId;
use crate::rate::{Bucket, Rate};

/// Sound: 50 packets a second, and as many again for short frames; a second of them at once after a jam on the way.
const SOUND: Rate = Rate { per_second: 100.0, burst: 100.0 };
/// Everything else: checks, handshake, reports. A handshake over a bad line takes some dozens.
const UPKEEP: Rate = Rate { per_second: 50.0, burst: 150.0 };

/// So many packets of a stream say which section it belongs to (ten seconds of them): after that every client knows, also
/// one that does not read it from the answer.
const NAMED: u64 = 500;

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
    /// Boxed: it is large, and most packets do not need it.
    rtc: Box<Rtc>,
    /// Whose.
    pub owner: Owner,
    /// Different from every other connection's.
    pub serial: u32,
    /// Its own name in STUN messages.
    pub name: String,
    /// Where its packets come from.
    pub routes: Vec<Route>,
    /// Where packets to it go: the last of those addresses that the client said it uses (RFC 8445, 8.1.1: nominated).
    pub to: Option<Route>,
    /// Whether it is up.
    pub connected: bool,
    /// What sound is sealed and opened with, once both sides have agreed.
    srtp: Option<Srtp>,
    crypto: Arc<CryptoProvider>,
    /// Its voice, once there was a packet of it.
    reception: Option<Reception>,
    /// Our SSRC in reports to it.
    reporter: u32,
    /// The number of the extension in which it says how loud a packet is.
    level_number: Option<u8>,
    /// When the library wants to be woken.
    pub due: Instant,
    /// The earliest wake-up that is set; none is lost because of it, and few are set.
    pub set: Option<Instant>,
    /// When it ends in any case, if so.
    pub until: Option<Millis>,
    /// Whether their voice goes out.
    pub talks: Talks,
    /// Who hears them.
    pub listeners: Vec<Key>,
    /// How many packets in a row found no slot with anybody.
    pub unheard: u32,
    /// How loud they are.
    pub level: Level,
    /// Whose voices it carries.
    pub slots: Slots,
    streams: Vec<Stream>,
    pt: Pt,
    sound: Bucket,
    upkeep: Bucket,
}

/// A packet with sound, without its sound.
#[derive(Debug, Clone, Copy)]
pub struct Sound {
    /// Whose stream it is, different from every other connection's.
    pub source: Source,
    /// Its number; it does not wrap.
    pub number: u64,
    /// When it is to be heard, in ticks.
    pub time: u32,
    /// Whether it begins something.
    pub marked: bool,
    /// How loud it says it is, in dBov.
    pub level: Option<i8>,
}

/// A slot on its way out.
struct Stream {
    mid: Mid,
    ssrc: u32,
    /// The header extension that says which section it belongs to; empty if the client does not know it.
    name: Vec<u8>,
    rewrite: Rewrite,
}

impl Peer {
    /// A connection that waits for its client.
    pub fn new(owner: Owner, serial: u32, joined: Joined, now: Instant, ms: Millis) -> (Self, String) {
        let naming = joined.naming;
        let streams = joined.slots.iter().map(|(mid, ssrc)| Stream {
            mid: *mid,
            ssrc: **ssrc,
            name: naming.map_or_else(Vec::new, |number| rtp::named(number, mid)),
            rewrite: Rewrite::default(),
        });
        let peer = Self {
            slots: Slots::new(joined.slots.len()),
            streams: streams.collect(),
            rtc: Box::new(joined.rtc),
            owner,
            serial,
            name: joined.name,
            routes: Vec::new(),
            to: None,
            connected: false,
            srtp: None,
            crypto: joined.crypto,
            reception: None,
            reporter: joined.reporter,
            level_number: joined.level,
            due: now,
            set: None,
            until: None,
            talks: Talks::No,
            listeners: Vec::new(),
            unheard: 0,
            level: Level::default(),
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

    /// Takes a packet without sound or a wake-up, and sends all that follows from it.
    ///
    /// # Errors
    /// The connection has ended.
    pub fn take(&mut self, input: Input, net: &mut Net) -> Result<(), End> {
        let done = catch_unwind(AssertUnwindSafe(|| {
            self.rtc.handle_input(input).map_err(|_| End::Gone)?;
            self.drain(net)
        }));
        done.unwrap_or(Err(End::Failed))
    }

    /// Says goodbye, so that the client need not find out by itself.
    pub fn close(&mut self, net: &mut Net) {
        // Whatever comes of it: it is over.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            if self.connected && self.rtc.close().is_ok() {
                let _ = self.drain(net);
            }
        }));
    }

    fn drain(&mut self, net: &mut Net) -> Result<(), End> {
        loop {
            let (output, keys) = keys::heard(|| self.rtc.poll_output());
            if let Some(keys) = keys {
                self.srtp = Srtp::new(&self.crypto, &keys);
            }
            match output.map_err(|_| End::Gone)? {
                Output::Timeout(due) => {
                    self.due = due;
                    return if self.rtc.is_alive() { Ok(()) } else { Err(End::Gone) };
                }
                Output::Transmit(packet) => net.send(&packet.contents, (packet.proto, packet.destination)),
                Output::Event(Event::Connected) => self.connected = true,
                Output::Event(Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed) => {
                    return Err(End::Gone);
                }
                Output::Event(_) => {}
            }
        }
    }

    /// Opens a packet with sound: its payload goes into `payload`. `None` if it is not what the client sent, not for the
    /// first time, or not of the format that was agreed on. Tells the client, now and then, what came of its packets.
    pub fn hear(&mut self, packet: &[u8], payload: &mut Vec<u8>, net: &mut Net) -> Option<Sound> {
        // Before that it is not certain whose keys they are.
        let srtp = self.srtp.as_mut().filter(|_| self.connected)?;
        let header = Header::read(packet, self.level_number).filter(|header| header.pt == *self.pt)?;
        let number = match &self.reception {
            // One voice is offered, so the first stream is the only one.
            Some(reception) if reception.ssrc != header.ssrc => return None,
            Some(reception) => reception.number(header.seq)?,
            None => header.seq.into(),
        };
        if !srtp.open(packet, header.length, header.ssrc, number, payload) {
            return None;
        }
        if let Some(reception) = &mut self.reception {
            reception.take(number, header.time, net.now);
        }
        let begun = || Reception::new(header.ssrc, header.seq, header.time, net.now);
        let reception = self.reception.get_or_insert_with(begun);
        if let (Some(mut report), Some(to)) = (reception.report(self.reporter, &self.name, net.now), self.to)
            && srtp.seal_report(&mut report, self.reporter)
        {
            net.send(&report, to);
        }
        let plain = rtp::unpadded(payload, header.padded)?.len();
        payload.truncate(plain);
        let source = u64::from(self.serial) << 32 | u64::from(header.ssrc);
        Some(Sound { source, number, time: header.time, marked: header.marked, level: header.level })
    }

    /// Where a packet goes in the stream of a slot; `None` if it comes too late.
    pub fn place(&mut self, slot: usize, sound: &Sound, now: Instant) -> Option<Placed> {
        self.streams[slot].rewrite.place(sound.source, sound.number, sound.time, now)
    }

    /// Sends a packet of somebody else in a slot. Tells whether it could.
    pub fn write(&mut self, slot: usize, placed: Placed, marked: bool, payload: &[u8], net: &mut Net) -> bool {
        let (Some(srtp), Some(to)) = (&mut self.srtp, self.to) else { return false };
        let stream = &self.streams[slot];
        let header = Header {
            ssrc: stream.ssrc,
            seq: placed.seq as u16,
            time: placed.time,
            marked: placed.first || marked,
            pt: *self.pt,
            level: None,
            padded: false,
            length: 0,
        };
        let mut packet = std::mem::take(&mut net.packet);
        rtp::write(&mut packet, &header, if placed.seq <= NAMED { &stream.name } else { &[] });
        let done = srtp.seal(&mut packet, payload, stream.ssrc, placed.seq);
        if done {
            net.send(&packet, to);
        }
        net.packet = packet;
        done
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
