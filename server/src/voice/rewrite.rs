//! One slot is one stream for its listener, whoever speaks in it: sequence numbers and timestamps (RFC 3550) go on without
//! a jump when the speaker changes, and packets that overtook each other on their way in keep their places.

use std::time::{Duration, Instant};

/// Ticks of the RTP clock of Opus in a millisecond (RFC 7587: 48 kHz).
const TICKS_PER_MS: u64 = 48;
/// Ticks of one packet of 20 ms, what every browser sends.
const TICKS_PER_PACKET: u32 = 960;
/// How late a packet may be, in packets. Receivers refuse what is more than 64 behind the newest (RFC 3711, 3.3.2).
const LATE: u64 = 64;
/// The longest gap that is kept as a gap, in packets (ten seconds). A longer one is somebody who was silent in between:
/// for the listener their voice goes on as if another speaker began.
const GAP: u64 = 500;
/// The longest silence that is told to the listener's clock. Beyond it nothing is gained, and the clock cannot overflow.
const SILENCE: Duration = Duration::from_hours(1);

/// A stream on its way in: a connection and what it calls its stream. A new one begins anew.
pub type Source = u64;

/// A packet's place in the stream on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its sequence number, extended: it never wraps.
    pub seq: u64,
    /// Its timestamp.
    pub time: u32,
    /// Whether it is the first of somebody: then it carries the marker (RFC 3551, 4.1).
    pub first: bool,
}

/// The stream of one slot.
#[derive(Debug, Default)]
pub struct Rewrite {
    from: Option<From>,
    /// The newest packet that went out.
    seq: u64,
    time: u32,
    at: Option<Instant>,
}

/// How the numbers of the speaker become those of the slot.
#[derive(Debug)]
struct From {
    source: Source,
    /// The first packet and the newest one.
    first: u64,
    newest: u64,
    /// What is added, modulo 2^64 and 2^32.
    seq: u64,
    time: u32,
}

impl Rewrite {
    /// The place of a packet; `None` if it comes too late for one.
    pub fn place(&mut self, source: Source, seq: u64, time: u32, now: Instant) -> Option<Placed> {
        let goes_on = |from: &&mut From| from.source == source && seq <= from.newest.saturating_add(GAP);
        let Some(from) = self.from.as_mut().filter(goes_on) else {
            return Some(self.begin(source, seq, time, now));
        };
        if seq < from.first || from.newest.saturating_sub(seq) > LATE {
            return None;
        }
        let placed = Placed { seq: seq.wrapping_add(from.seq), time: time.wrapping_add(from.time), first: false };
        if seq > from.newest {
            from.newest = seq;
            (self.seq, self.time, self.at) = (placed.seq, placed.time, Some(now));
        }
        Some(placed)
    }

    /// The next packet is somebody's first.
    fn begin(&mut self, source: Source, seq: u64, time: u32, now: Instant) -> Placed {
        let silent = self.at.map(|at| now.saturating_duration_since(at).min(SILENCE)).unwrap_or_default();
        let ticks = (silent.as_millis() as u64 * TICKS_PER_MS) as u32;
        // It begins at 1: whoever listens counts the rollovers of 16 bits from the beginning (RFC 3711, 3.3.1).
        let placed =
            Placed { seq: self.seq + 1, time: self.time.wrapping_add(ticks.max(TICKS_PER_PACKET)), first: true };
        self.from = Some(From {
            source,
            first: seq,
            newest: seq,
            seq: placed.seq.wrapping_sub(seq),
            time: placed.time.wrapping_sub(time),
        });
        (self.seq, self.time, self.at) = (placed.seq, placed.time, Some(now));
        placed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_of_speaker_is_no_jump() {
        let start = Instant::now();
        let mut slot = Rewrite::default();
        let one = slot.place(1, 40_000, 7_000_000, start).expect("placed");
        let two = slot.place(1, 40_001, 7_000_960, start + Duration::from_millis(20)).expect("placed");
        assert_eq!((one.seq, one.first, two.seq, two.time.wrapping_sub(one.time)), (1, true, 2, 960));
        let three = slot.place(2, 9, 5, start + Duration::from_millis(60)).expect("placed");
        assert_eq!((three.seq, three.first, three.time.wrapping_sub(two.time)), (3, true, 40 * 48));
        // What the first one sent before comes too late; a gap of the second stays one.
        assert_eq!(slot.place(2, 8, 5u32.wrapping_sub(960), start), None);
        assert_eq!(slot.place(2, 12, 5 + 3 * 960, start).expect("placed").seq, 6);
        assert_eq!(slot.place(2, 11, 5 + 2 * 960, start).expect("in its place").seq, 5);
        // After a minute of silence they begin like another speaker.
        let back = slot.place(2, 3012, 2_880_005, start + Duration::from_mins(1)).expect("placed");
        assert_eq!((back.seq, back.first), (7, true));
    }

    proptest! {
        /// Whoever speaks and however packets overtake each other: no number goes out twice, the newest never jumps by
        /// more than a gap, and within a speaker order and distances stay.
        #[test]
        fn numbers_are_unique_and_go_on(
            turns in prop::collection::vec((0u64..3, 0u64..1 << 40, any::<u32>(), prop::collection::vec((0u64..40, 0u64..90), 1..40)), 1..20)
        ) {
            let start = Instant::now();
            let (mut slot, mut used, mut newest, mut ms) = (Rewrite::default(), BTreeSet::new(), 0u64, 0);
            for (turn, (who, base, time, packets)) in turns.into_iter().enumerate() {
                // Every turn is a stream of its own, as every connection is.
                let source = who << 32 | turn as u64;
                let mut sent = BTreeSet::new();
                let (mut first, mut at) = (None, base);
                for (ahead, back) in packets {
                    at += ahead;
                    let seq = at.saturating_sub(back);
                    // A repeated packet does not reach the slot: SRTP refuses it.
                    if !sent.insert(seq) { continue; }
                    ms += 20;
                    let ticks = time.wrapping_add((seq.wrapping_sub(base) as u32).wrapping_mul(960));
                    let placed = slot.place(source, seq, ticks, start + Duration::from_millis(ms));
                    let Some(placed) = placed else { continue };
                    prop_assert!(used.insert(placed.seq), "{} twice", placed.seq);
                    prop_assert!(placed.seq <= newest + GAP);
                    newest = newest.max(placed.seq);
                    if let Some((seq0, out0, time0)) = first {
                        let ahead = seq.wrapping_sub(seq0);
                        prop_assert_eq!(placed.seq.wrapping_sub(out0), ahead);
                        prop_assert_eq!(placed.time.wrapping_sub(time0), (ahead as u32).wrapping_mul(960));
                    } else {
                        prop_assert!(placed.first);
                        first = Some((seq, placed.seq, placed.time));
                    }
                }
            }
        }
    }
}
