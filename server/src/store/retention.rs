//! What is over its time is deleted once a day. Everything that is kept for a time stands in one list here.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ibasho_protocol::ids::Millis;

use super::{Sqlite, StoreError, audit, evidence, members, moderation, outbox, statistics, suggestions};
use crate::Surroundings;
use crate::config::keep::Keep;
use crate::day::Day;

/// Between two rounds, in milliseconds. Nothing is kept by the hour.
const DAY_MS: Millis = 24 * 60 * 60 * 1000;

type Sweep = for<'a> fn(&'a Sqlite, &'a Keep, Day) -> Pin<Box<dyn Future<Output = Swept> + Send + 'a>>;
/// How many rows went.
type Swept = Result<u64, StoreError>;

/// One kind of thing that is kept for a time.
struct Retention {
    /// For the log.
    what: &'static str,
    /// Deletes what is over its time.
    sweep: Sweep,
}

/// All of them but logins and invitations of staff, which end to the minute (`staff::herald`), and seats, which end with
/// the stay.
const ALL: &[Retention] = &[
    Retention {
        // Each row knows its time: thirty days after the session, or the end of a code.
        what: "bookings, codes and themes suggested beforehand",
        sweep: |store, _, today| Box::pin(store.calendar_over(today.at())),
    },
    Retention {
        what: "members",
        sweep: |store, keep, today| Box::pin(members::over(store, today, keep.members_months)),
    },
    Retention {
        what: "suggestion box",
        sweep: |store, keep, today| Box::pin(suggestions::over(store, today, keep.box_days)),
    },
    Retention { what: "events", sweep: |store, _, today| Box::pin(outbox::over(store, today.at())) },
    Retention {
        what: "statistics",
        sweep: |store, keep, today| Box::pin(statistics::over(store, today, keep.statistics_months)),
    },
    // From here on each row knows its time; it was told by [`Keep`] when the row was made.
    Retention { what: "evidence", sweep: |store, _, today| Box::pin(evidence::over(store, today.at())) },
    Retention {
        what: "personal data beside the audit",
        sweep: |store, _, today| Box::pin(audit::over(store, today.at())),
    },
    Retention { what: "cases", sweep: |store, _, today| Box::pin(moderation::over(store, today.at())) },
];

/// Deletes what is over its time, at the start and then each day. Runs until dropped.
pub(crate) async fn run(around: Arc<Surroundings>) {
    let mut folded = true;
    loop {
        folded = sweep(&around, folded).await;
        around.clock.sleep(DAY_MS).await;
    }
}

/// `folded`: what was deleted before is nowhere any more. Returns the same for what is deleted now.
async fn sweep(around: &Surroundings, folded: bool) -> bool {
    let today = around.day(around.clock.now());
    let mut gone = 0;
    for Retention { what, sweep } in ALL {
        match sweep(&around.store, &around.config.keep, today).await {
            Ok(0) => {}
            Ok(rows) => {
                gone += rows;
                tracing::info!(what, rows, "over its time and deleted");
            }
            // Tomorrow it is tried again.
            Err(error) => tracing::error!(what, %error, "could not be deleted"),
        }
    }
    if gone == 0 && folded {
        return true;
    }
    match around.store.fold().await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "what was deleted is still in the log of the store");
            false
        }
    }
}
