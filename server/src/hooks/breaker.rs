//! Whoever does not answer is left alone for a while, instead of making everybody wait for each deadline.

use ibasho_protocol::ids::Millis;

/// So many failures in a row, and nobody asks any more: fewer would be a hiccup, more would be a minute of waiting.
pub const FAILURES: u32 = 5;
/// For how long, in milliseconds. Then one asks, and the others wait for what comes of it.
pub const OPEN_MS: Millis = 30_000;

/// Counts failures in a row. Pure: the time is passed in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Breaker {
    failures: u32,
    /// Nobody asks before then.
    until: Option<Millis>,
}

/// How a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everybody may ask.
    Closed,
    /// Nobody asks.
    Open,
    /// One may try.
    HalfOpen,
}

impl Breaker {
    /// How it stands.
    pub fn standing(&self, now: Millis) -> Standing {
        match self.until {
            None => Standing::Closed,
            Some(until) if now < until => Standing::Open,
            Some(_) => Standing::HalfOpen,
        }
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// When one may try again; `None`: now.
    pub fn wait(&self, now: Millis) -> Option<Millis> {
        self.until.filter(|&until| now < until)
    }

    /// Whether to ask now. Half open, the first who may ask keeps the others out for as long as it was open: whatever
    /// becomes of that question, even if nobody waits for its answer any more, another one is asked after that.
    pub fn enter(&mut self, now: Millis) -> bool {
        match self.standing(now) {
            Standing::Closed => true,
            Standing::Open => false,
            Standing::HalfOpen => {
                self.until = Some(now + OPEN_MS);
                true
            }
        }
    }

    /// There was an answer.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// There was none.
    pub fn failed(&mut self, now: Millis) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
            self.until = Some(now + OPEN_MS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_and_lets_one_try() {
        let mut breaker = Breaker::default();
        for _ in 1..FAILURES {
            breaker.failed(0);
        }
        breaker.succeeded();
        for _ in 1..FAILURES {
            breaker.failed(0);
            assert!(breaker.enter(0), "an answer in between: not in a row");
        }
        breaker.failed(10);
        assert_eq!((breaker.standing(10), breaker.wait(10)), (Standing::Open, Some(10 + OPEN_MS)));
        assert!(!breaker.enter(9 + OPEN_MS));
        assert_eq!(breaker.standing(10 + OPEN_MS), Standing::HalfOpen);
        assert!(breaker.enter(10 + OPEN_MS) && !breaker.enter(10 + OPEN_MS), "one tries");
        breaker.failed(10 + OPEN_MS);
        assert!(!breaker.enter(10 + 2 * OPEN_MS - 1), "once more is enough");
        assert!(breaker.enter(10 + 2 * OPEN_MS));
        breaker.succeeded();
        assert!(breaker.enter(0) && breaker.enter(0) && breaker.failures() == 0);
    }
}
