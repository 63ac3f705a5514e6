//! What has come in of somebody's voice: which numbers its packets have without wrapping, that none counts twice
//! (RFC 3711, 3.3), and what its sender is told of losses (RFC 3550, 6.4.2), so that Opus repairs them.

use std::time::{Duration, Instant};

/// Packets behind the newest that are still taken, as many as there are bits in the list of them (RFC 3711, 3.3.2).
const WINDOW: u64 = u64::BITS as u64;
/// Time between two reports (RFC 3550, 6.2: five seconds at least).
const REPORTS: Duration = Duration::from_secs(5);
/// Ticks of the RTP clock of Opus in a millisecond (RFC 7587).
const TICKS_PER_MS: u64 = 48;
/// A reception report, and a description of its sender; one block in each (RFC 3550, 6.4.2 and 6.5).
const ONE_BLOCK: u8 = 2 << 6 | 1;
const REPORT: u8 = 201;
const DESCRIPTION: u8 = 202;
/// The name of a sender, the only thing that must be in a description.
const CNAME: u8 = 1;
/// Most losses a report can tell of: 23 bits, without the sign.
const MOST_LOST: u64 = (1 << 23) - 1;

/// One stream on its way in. It begins with its first packet.
#[derive(Debug, Clone)]
pub struct Reception {
    /// Whose stream.
    pub ssrc: u32,
    first: u64,
    newest: u64,
    /// Which of those up to the newest have come; the lowest bit is the newest.
    came: u64,
    received: u64,
    /// What was expected and received at the last report.
    before: (u64, u64),
    /// When the last packet came, on its own clock, and how much that varies, in sixteenths of a tick.
    transit: u32,
    jitter: u32,
    began: Instant,
    reported: Instant,
}

impl Reception {
    /// With the first packet.
    pub fn new(ssrc: u32, seq: u16, time: u32, now: Instant) -> Self {
        let first = u64::from(seq);
        let transit = 0u32.wrapping_sub(time);
        let (received, before) = (1, (0, 0));
        Self { ssrc, first, newest: first, came: 1, received, before, transit, jitter: 0, began: now, reported: now }
    }

    /// What the number of a packet is without wrapping: the nearest to the newest. `None` if it came already, or is too old.
    pub fn number(&self, seq: u16) -> Option<u64> {
        let ahead = seq.wrapping_sub(self.newest as u16) as i16;
        let number = self.newest.checked_add_signed(ahead.into())?;
        let behind = self.newest.saturating_sub(number);
        (number > self.newest || (behind < WINDOW && self.came >> behind & 1 == 0)).then_some(number)
    }

    /// A packet of this number, which was checked, is there.
    pub fn take(&mut self, number: u64, time: u32, now: Instant) {
        if number > self.newest {
            self.came =
                u32::try_from(number - self.newest).ok().and_then(|by| self.came.checked_shl(by)).unwrap_or(0) | 1;
            self.newest = number;
        } else {
            self.came |= 1 << (self.newest - number);
            self.first = self.first.min(number);
        }
        self.received += 1;
        // RFC 3550, A.8.
        let arrived = (now.saturating_duration_since(self.began).as_micros() as u64 * TICKS_PER_MS / 1000) as u32;
        let transit = arrived.wrapping_sub(time);
        let change = (transit.wrapping_sub(self.transit) as i32).unsigned_abs();
        self.transit = transit;
        self.jitter = self.jitter.saturating_add(change).saturating_sub(self.jitter / 16);
    }

    /// What is told to the sender, if it is time to; by `us`, who is called `name`.
    pub fn report(&mut self, us: u32, name: &str, now: Instant) -> Option<Vec<u8>> {
        if now.saturating_duration_since(self.reported) < REPORTS {
            return None;
        }
        self.reported = now;
        // RFC 3550, A.3.
        let expected = self.newest - self.first + 1;
        let (were_expected, were_received) = std::mem::replace(&mut self.before, (expected, self.received));
        let since = expected.saturating_sub(were_expected);
        let lost = since.saturating_sub(self.received - were_received);
        let share = (lost * 256).checked_div(since).unwrap_or(0).min(255);
        let all = expected.saturating_sub(self.received).min(MOST_LOST);
        let mut report = vec![ONE_BLOCK, REPORT, 0, 7];
        report.extend(us.to_be_bytes());
        report.extend(self.ssrc.to_be_bytes());
        report.extend(((share << 24 | all) as u32).to_be_bytes());
        report.extend((self.newest as u32).to_be_bytes());
        report.extend((self.jitter / 16).to_be_bytes());
        // When the sender reported last, and how long ago: we do not keep that.
        report.extend([0; 8]);
        // The name, and a zero at least behind it.
        let words = 2 + (2 + name.len() + 1).div_ceil(4);
        report.extend([ONE_BLOCK, DESCRIPTION, 0, words as u8 - 1]);
        report.extend(us.to_be_bytes());
        report.extend([CNAME, name.len() as u8]);
        report.extend(name.as_bytes());
        report.resize(32 + 4 * words, 0);
        Some(report)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn losses_are_told_and_the_description_is_whole() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut stream = Reception::new(7, 65_530, 1000, start);
        // 20 ms apart; each fourth is lost, one comes late.
        for packet in (1..200u64).filter(|packet| packet % 4 != 0).chain([160]) {
            let seq = (65_530 + packet) as u16;
            let number = stream.number(seq).expect("new");
            assert_eq!(number, 65_530 + packet);
            stream.take(number, 1000 + packet as u32 * 960, at(packet * 20));
            assert_eq!(stream.number(seq), None, "twice");
            assert_eq!(stream.report(1, "us", at(4999)), None, "too early");
        }
        let report = stream.report(1, "us", at(5000)).expect("a report");
        assert_eq!(report[..12], [0x81, 201, 0, 7, 0, 0, 0, 1, 0, 0, 0, 7]);
        // 200 expected, 49 of them lost but one that came late: 48 of 256ths.
        assert_eq!(report[12..20], [(48 * 256 / 200) as u8, 0, 0, 48, 0, 1, 0, 193]);
        assert_eq!(report[24..32], [0; 8]);
        assert_eq!(report[32..], [0x81, 202, 0, 3, 0, 0, 0, 1, 1, 2, b'u', b's', 0, 0, 0, 0]);
        // Since then nothing is lost.
        let number = stream.number((65_530 + 200u64) as u16).expect("new");
        stream.take(number, 1000 + 200 * 960, at(4000));
        let report = stream.report(1, "us", at(10_000)).expect("another");
        assert_eq!(report[12..16], [0, 0, 0, 48]);
    }

    #[test]
    fn an_even_pace_is_no_jitter_and_an_uneven_one_is() {
        let start = Instant::now();
        for (uneven, expected) in [(0, 0..=0), (10, 400..=600)] {
            let mut stream = Reception::new(7, 0, 0, start);
            for packet in 1..=300u64 {
                let late = if packet % 2 == 0 { uneven } else { 0 };
                stream.take(packet, packet as u32 * 960, start + Duration::from_millis(packet * 20 + late));
            }
            let report = stream.report(1, "us", start + REPORTS).expect("a report");
            let jitter = u32::from_be_bytes(report[20..24].try_into().expect("four"));
            assert!(expected.contains(&jitter), "{jitter}");
        }
    }

    proptest! {
        /// However packets overtake each other: none counts twice, none in the window is refused, and numbers do not wrap.
        #[test]
        fn each_counts_once(first in any::<u16>(), steps in prop::collection::vec((0u64..3000, 0u64..80), 1..200)) {
            let now = Instant::now();
            let first = u64::from(first);
            let (mut stream, mut came, mut newest) = (Reception::new(7, first as u16, 0, now), BTreeSet::from([first]), first);
            for (ahead, back) in steps {
                let number = (newest + ahead).saturating_sub(back);
                let expected = (number > newest || newest - number < WINDOW && !came.contains(&number)).then_some(number);
                prop_assert_eq!(stream.number(number as u16), expected);
                if expected.is_some() {
                    stream.take(number, 0, now);
                    came.insert(number);
                    newest = newest.max(number);
                }
            }
            prop_assert_eq!(stream.received, came.len() as u64);
        }
    }
}
