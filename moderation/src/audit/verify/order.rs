//! Which numbers were there, which are missing, which come late or twice.

use super::Fault;

/// The numbers so far. Gaps are kept as ranges: a single wrong number may open one of any size.
#[derive(Default)]
pub(super) struct Order {
    /// The highest number so far.
    last: u64,
    /// What was passed over: from, to.
    gaps: Vec<(u64, u64)>,
}

impl Order {
    /// Takes the next number. A gap before it is told as missing; whether it really is, [`Order::missing`] knows at the
    /// end.
    pub(super) fn place(&mut self, seq: u64) -> Option<Fault> {
        let expected = self.last.saturating_add(1);
        if seq >= expected {
            self.last = seq;
            if seq == expected {
                return None;
            }
            self.gaps.push((expected, seq - 1));
            return Some(Fault::Missing { from: expected, to: seq - 1 });
        }
        let Some(at) = self.gaps.iter().position(|&(from, to)| (from..=to).contains(&seq)) else {
            return Some(Fault::Doubled { seq });
        };
        let (from, to) = self.gaps.swap_remove(at);
        self.gaps.extend((from < seq).then(|| (from, seq - 1)));
        self.gaps.extend((seq < to).then(|| (seq + 1, to)));
        Some(Fault::Reordered { seq })
    }

    /// What never came.
    pub(super) fn missing(&mut self) -> Vec<(u64, u64)> {
        self.gaps.sort_unstable();
        std::mem::take(&mut self.gaps)
    }
}
