//! What a peer hears.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ibasho_protocol::ids::PersonId;

use super::stamp::Stamp;

/// RTP clock ticks in a second of Opus (RFC 7587, section 4.1).
const TICKS: f64 = 48_000.0;

/// A packet that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    /// The section it came in: its place in the offer.
    pub mid: str0m::media::Mid,
    /// What it says about itself.
    pub stamp: Stamp,
    /// Its RTP sequence number.
    pub seq: u16,
    /// Its RTP timestamp.
    pub time: u32,
    /// Its source.
    pub ssrc: u32,
    /// Bytes of its datagram.
    pub size: usize,
    /// When it arrived, by [`super::stamp::clock`].
    pub at: Duration,
}

/// Everything a peer heard.
#[derive(Debug, Default)]
pub struct Heard {
    /// The connection is up.
    pub up: bool,
    /// The connection has ended.
    pub ended: bool,
    /// Packets with sound in them: those of somebody who is none of these peers.
    pub sounds: usize,
    /// What arrived, in order.
    pub packets: Vec<Packet>,
}

impl Heard {
    /// How many packets of somebody arrived.
    pub fn of(&self, who: PersonId) -> usize {
        self.packets.iter().filter(|packet| packet.stamp.who == who).count()
    }

    /// How many packets of somebody arrived later than this.
    pub fn since(&self, who: PersonId, at: Duration) -> usize {
        // From the end: a test that waits looks after every packet.
        self.packets.iter().rev().take_while(|packet| packet.at > at).filter(|packet| packet.stamp.who == who).count()
    }

    /// Whose packets arrived later than this.
    pub fn voices_since(&self, at: Duration) -> BTreeSet<PersonId> {
        self.packets.iter().rev().take_while(|packet| packet.at > at).map(|packet| packet.stamp.who).collect()
    }

    /// When the last packet of somebody arrived.
    pub fn last_of(&self, who: PersonId) -> Option<Duration> {
        self.packets.iter().rev().find(|packet| packet.stamp.who == who).map(|packet| packet.at)
    }

    /// The packets of each section.
    pub fn slots(&self) -> BTreeMap<String, Vec<Packet>> {
        let mut slots: BTreeMap<String, Vec<Packet>> = BTreeMap::new();
        for packet in &self.packets {
            slots.entry(packet.mid.to_string()).or_default().push(*packet);
        }
        slots
    }

    /// Checks that each section is one even stream, whoever speaks in it: one source, each sequence number one more
    /// than the one before, and timestamps that go as the time of the senders goes, give or take `slack`. For a network
    /// that loses nothing.
    pub fn assert_even(&self, slack: Duration) {
        for (mid, packets) in self.slots() {
            for (one, next) in packets.iter().zip(packets.iter().skip(1)) {
                assert_eq!(one.ssrc, next.ssrc, "section {mid} changes its source");
                assert_eq!(one.seq.wrapping_add(1), next.seq, "section {mid} jumps: {one:?} {next:?}");
                let ticks = next.time.wrapping_sub(one.time);
                assert!(ticks > 0 && ticks < u32::MAX / 2, "section {mid} goes back: {one:?} {next:?}");
                let told = f64::from(ticks) / TICKS;
                // By the clock of those who sent or of the one who listens: a machine that is busy holds packets up
                // between the two, and that is not the stream's doing.
                let passed = |at: fn(&Packet) -> Duration| at(next).saturating_sub(at(one)).as_secs_f64();
                let off = |passed: f64| (told - passed).abs();
                let off = off(passed(|packet| packet.at)).min(off(passed(|packet| packet.stamp.sent)));
                assert!(off <= slack.as_secs_f64(), "section {mid} is {off:.3} s off: {one:?} {next:?}");
            }
        }
    }

    /// How often a voice went from one section to another.
    pub fn moves(&self) -> usize {
        let mut last: BTreeMap<PersonId, str0m::media::Mid> = BTreeMap::new();
        let places = self.packets.iter().map(|packet| (packet.stamp.who, packet.mid));
        places.filter(|&(who, mid)| last.insert(who, mid).is_some_and(|before| before != mid)).count()
    }
}
