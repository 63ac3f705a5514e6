//! The clock, passed in: everything that people notice (grace, walks, deadlines) runs on it, so that tests can
//! move time by hand.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ibasho_protocol::ids::Millis;
use tokio::sync::watch;

/// Tells the time and waits for it. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    /// Wall time at start plus elapsed monotonic time: it never jumps back.
    Real {
        base: Millis,
        start: Instant,
    },
    Manual(watch::Receiver<Millis>),
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self(Kind::Real { base: since_epoch.as_millis() as Millis, start: Instant::now() })
    }

    /// A clock that stands until it is advanced.
    pub fn manual(start: Millis) -> (Self, ManualClock) {
        let (sender, receiver) = watch::channel(start);
        (Self(Kind::Manual(receiver)), ManualClock(sender))
    }

    /// Milliseconds since the Unix epoch.
    pub fn now(&self) -> Millis {
        match &self.0 {
            Kind::Real { base, start } => base + start.elapsed().as_millis() as Millis,
            Kind::Manual(now) => *now.borrow(),
        }
    }

    /// Returns when it is `time` or later.
    pub async fn sleep_until(&self, time: Millis) {
        match &self.0 {
            Kind::Real { base, start } => {
                let due = *start + Duration::from_millis(time.saturating_sub(*base));
                tokio::time::sleep_until(due.into()).await;
            }
            Kind::Manual(now) => {
                // An error means that nobody can advance the clock any more: then it stands for ever.
                if now.clone().wait_for(|now| *now >= time).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    /// Returns after `millis` milliseconds.
    pub async fn sleep(&self, millis: Millis) {
        self.sleep_until(self.now() + millis).await;
    }
}

/// Moves a [`Clock::manual`] forward.
#[derive(Clone)]
pub struct ManualClock(watch::Sender<Millis>);

impl ManualClock {
    /// Moves the clock forward by `millis` milliseconds.
    pub fn advance(&self, millis: Millis) {
        self.0.send_modify(|now| *now += millis);
    }
}
