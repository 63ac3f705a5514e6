//! Calling one after the other until somebody comes.

use serde::{Deserialize, Serialize};

use super::settings::{MINUTE, Reach, Step};

/// After the last step a cry for help is called out again after this time, in milliseconds: whoever was called needs a
/// few minutes to get to a screen.
pub const AGAIN: u64 = 5 * MINUTE;
/// So often, which makes an hour. Whoever did not come by then is not woken by one more call; the case stays first in
/// every queue.
pub const TIMES_AGAIN: u32 = 12;

/// How far one has come on the way from the first to the last who can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// When it began, in milliseconds since the Unix epoch.
    pub since: u64,
    /// How many calls there were.
    pub step: u32,
}

impl Ladder {
    /// From the beginning.
    pub(super) const fn from(since: u64) -> Self {
        Self { since, step: 0 }
    }

    /// When the next call is due.
    pub(super) fn next(self, steps: &[Step], again: u32) -> Option<u64> {
        let taken = self.step as usize;
        if let Some(step) = steps.get(taken) {
            return Some(self.since.saturating_add(step.after));
        }
        let repeats = u32::try_from(taken - steps.len()).unwrap_or(u32::MAX);
        let last = steps.last().filter(|_| repeats < again)?;
        Some(self.since.saturating_add(last.after).saturating_add(AGAIN.saturating_mul(u64::from(repeats) + 1)))
    }

    /// Takes the next step: whom to call, and after how many calls.
    pub(super) fn climb(&mut self, steps: &[Step]) -> Option<(u32, Reach)> {
        let before = self.step;
        let step = steps.get(before as usize).or(steps.last())?;
        self.step += 1;
        Some((before, step.to))
    }
}
