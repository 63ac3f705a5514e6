//! How fast somebody at the desk may ask. Hands are slower than any of it; a page that runs wild is not.

use ibasho_protocol::ids::Millis;

use super::super::access::Signed;
use crate::Surroundings;
use crate::http::answer::Refused;
use crate::rate::{Buckets, Rate};
use ibasho_protocol::refusal::{Refusal, RefusalCode};

/// Looking: a console loads the queue anew for each thing that is touched, in a raid several times a second.
const LOOK: Rate = Rate { per_second: 8.0, burst: 60.0 };
/// Deciding: twenty held messages of a raid, one tap each.
const DECIDE: Rate = Rate { per_second: 4.0, burst: 40.0 };
/// Trying rules out compiles them: a hundredth of a second of a core each time.
const TRY: Rate = Rate { per_second: 1.0, burst: 10.0 };
/// The whole record at once: a file of some megabytes.
const EXPORT: Rate = Rate { per_second: 0.05, burst: 3.0 };

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pacing {
    Look,
    Decide,
    Try,
    Export,
}

/// The buckets of everybody, by account.
pub(crate) struct Pace {
    look: Buckets<String>,
    decide: Buckets<String>,
    attempt: Buckets<String>,
    export: Buckets<String>,
}

impl Default for Pace {
    fn default() -> Self {
        let [look, decide, attempt, export] = [LOOK, DECIDE, TRY, EXPORT].map(Buckets::new);
        Self { look, decide, attempt, export }
    }
}

impl Pace {
    fn take(&self, what: Pacing, account: &str, now: Millis) -> Result<(), u32> {
        let buckets = match what {
            Pacing::Look => &self.look,
            Pacing::Decide => &self.decide,
            Pacing::Try => &self.attempt,
            Pacing::Export => &self.export,
        };
        buckets.take(account.to_owned(), now)
    }
}

impl Signed {
    /// Takes a token of this account.
    ///
    /// # Errors
    /// `too_fast`, with when there is one.
    pub(super) fn pace(&self, around: &Surroundings, what: Pacing) -> Result<(), Refused> {
        let taken = around.pace.take(what, &self.account.id, around.clock.now());
        Ok(taken.map_err(|millis| Refusal::new(RefusalCode::TooFast).after(millis))?)
    }
}
