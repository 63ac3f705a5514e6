//! Tells webhooks what is in the outbox: at least once, about one subject in order, each webhook by itself so that one
//! that is slow keeps no other waiting.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use ibasho_protocol::api::hooks::WebhookTrouble as Trouble;
use ibasho_protocol::ids::Millis;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::breaker::{Breaker, Standing};
use super::event::{EventKind, message_id};
use super::post::{NotTaken, Poster};
use super::{WebhookError, poster, schedule, timestamp, trouble_name};
use crate::Surroundings;
use crate::clock::Clock;
use crate::config::webhooks::WebhookConfig;
use crate::dice::Dice;
use crate::store::StoreError;
use crate::store::beside::Beside;
use crate::store::outbox::{self, Letter};
use crate::store::staff::begin;

/// The longest wait for a webhook that is told: what the standard recommends at least.
pub const DEADLINE: Duration = Duration::from_secs(15);
/// Most events that are on their way to one webhook at a time.
const AT_ONCE: usize = 8;
/// After what time the store is asked again when it did not answer, in milliseconds.
const STORE_MS: Millis = 5_000;

/// A webhook that is told.
pub(crate) struct Told {
    pub(crate) id: String,
    events: Vec<EventKind>,
    poster: Poster,
    breaker: Mutex<Breaker>,
    /// Rung when there is something for it.
    bell: Notify,
    clock: Clock,
    dice: Dice,
}

impl Told {
    pub(super) fn new(config: &WebhookConfig, clock: Clock, dice: Dice) -> Result<Self, WebhookError> {
        let deadline = config.deadline_ms.map_or(DEADLINE, |millis| Duration::from_millis(millis.into()));
        Ok(Self {
            id: config.id.clone(),
            events: config.events.clone(),
            poster: poster(config, deadline, clock.clone())?,
            breaker: Mutex::default(),
            bell: Notify::new(),
            clock,
            dice,
        })
    }

    pub(crate) fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins again, as if nothing had failed.
    pub(crate) fn wake(&self) {
        self.breaker().succeeded();
        self.bell.notify_one();
    }

    /// Tells it that nothing happened, once.
    pub(crate) async fn test(&self) -> Result<(), Trouble> {
        let (id, now) = (message_id(&self.dice), self.clock.now());
        let body = json!({ "type": EventKind::Test.name(), "timestamp": timestamp(now), "data": {} });
        self.poster.post(&id, body.to_string(), false).await.map(drop).map_err(|not_taken| not_taken.trouble)
    }

    async fn tell(&self, letter: &Letter) -> Result<(), NotTaken> {
        let mut data: Value = serde_json::from_str(&letter.data).map_err(|_| Trouble::BadAnswer)?;
        data["sequence"] = letter.sequence.into();
        let body = json!({ "type": letter.kind, "timestamp": timestamp(letter.made), "data": data });
        self.poster.post(&letter.id, body.to_string(), false).await.map(drop)
    }
}

/// Gives events to the webhooks that want them. Runs until dropped.
pub(crate) async fn spread(around: Arc<Surroundings>) {
    let mut beside = Beside::new(&around.store);
    loop {
        let now = around.clock.now();
        match spread_some(&around).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "events could not be given to webhooks");
                beside.failed();
            }
        }
        tokio::select! {
            () = around.hooks.bell.notified() => {}
            // What the server itself writes is told at once.
            () = beside.written(now, &around.clock, &around.store) => {}
        }
    }
}

/// `true`: there may be more.
async fn spread_some(around: &Surroundings) -> Result<bool, StoreError> {
    // Looked at first without keeping others from writing: there seldom is anything.
    if outbox::unspread(&mut *around.store.pool().acquire().await?).await?.is_empty() {
        return Ok(false);
    }
    let now = around.clock.now();
    let mut db = begin(around.store.pool()).await?;
    let events = outbox::unspread(&mut db).await?;
    let mut dropped = Vec::new();
    for told in &around.hooks.told {
        let disabled = outbox::state(&mut db, &told.id).await?.disabled;
        let (mut waiting, _) = outbox::counts(&mut db, &told.id).await?;
        for event in events.iter().filter(|event| event.kind.is_some_and(|kind| told.events.contains(&kind))) {
            let trouble = match () {
                () if disabled => Some(Trouble::Gone),
                () if waiting >= outbox::MOST_WAITING => Some(Trouble::Full),
                () => None,
            };
            outbox::give(&mut db, &told.id, event, trouble.map(trouble_name), now).await?;
            waiting += u32::from(trouble.is_none());
        }
        dropped.push((told, outbox::trim(&mut db, &told.id).await?));
    }
    for event in &events {
        outbox::given(&mut db, event.number).await?;
    }
    db.commit().await?;
    for (told, events) in dropped {
        if events > 0 {
            around.hooks.counts.dropped(&told.id, events);
        }
        told.bell.notify_one();
    }
    Ok(events.len() == outbox::SPREAD as usize)
}

/// Tells one webhook. Runs until dropped.
pub(crate) async fn run(around: Arc<Surroundings>, told: Arc<Told>) {
    loop {
        let next = round(&around, &told).await.unwrap_or_else(|error| {
            tracing::warn!(webhook = told.id, %error, "the outbox could not be read");
            Some(around.clock.now() + STORE_MS)
        });
        let due = async {
            match next {
                Some(due) => around.clock.sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = told.bell.notified() => {}
            () = due => {}
        }
    }
}

/// Tells what is due; returns when there is more.
async fn round(around: &Surroundings, told: &Told) -> Result<Option<Millis>, StoreError> {
    loop {
        let (now, pool) = (around.clock.now(), around.store.pool());
        let mut db = pool.acquire().await?;
        let (waiting, dead) = outbox::counts(&mut db, &told.id).await?;
        around.hooks.counts.queue(&told.id, waiting, dead);
        let state = outbox::state(&mut db, &told.id).await?;
        if state.disabled {
            return Ok(None);
        }
        let rests = told.breaker().wait(now).into_iter().chain((state.paused > now).then_some(state.paused)).max();
        if rests.is_some() {
            return Ok(rests);
        }
        let most = if told.breaker().standing(now) == Standing::Closed { AT_ONCE } else { 1 };
        let letters = outbox::due(&mut db, &told.id, now, most).await?;
        if letters.is_empty() {
            return outbox::next_due(&mut db, &told.id).await;
        }
        // No connection is held while somebody elsewhere thinks.
        drop(db);
        told.breaker().enter(now);
        let outcomes = join_all(letters.iter().map(|letter| told.tell(letter))).await;
        let now = around.clock.now();
        if outcomes.iter().any(Result::is_ok) {
            told.breaker().succeeded();
        } else {
            told.breaker().failed(now);
        }
        note(around, told, letters.iter().zip(outcomes), now).await?;
    }
}

/// Writes down what came of attempts.
async fn note(
    around: &Surroundings,
    told: &Told,
    outcomes: impl Iterator<Item = (&Letter, Result<(), NotTaken>)>,
    now: Millis,
) -> Result<(), StoreError> {
    let mut db = begin(around.store.pool()).await?;
    let mut state = outbox::state(&mut db, &told.id).await?;
    for (letter, outcome) in outcomes {
        let Err(NotTaken { trouble, after }) = outcome else {
            around.hooks.counts.sent(&told.id, "taken");
            outbox::took(&mut db, &told.id, letter.number).await?;
            (state.failures, state.told, state.trouble) = (0, Some(now), None);
            continue;
        };
        let name = trouble_name(trouble);
        around.hooks.counts.sent(&told.id, name);
        let wait = schedule::wait(letter.tries + 1, told.dice.number()).filter(|_| trouble != Trouble::Gone);
        let due = wait.map(|wait| now + wait.max(after.unwrap_or(0)));
        tracing::warn!(webhook = told.id, event = letter.kind, tries = letter.tries + 1, trouble = name, "not taken");
        outbox::left(&mut db, &told.id, letter, due, name).await?;
        state.failures = state.failures.saturating_add(1);
        state.trouble = Some(name.to_owned());
        state.paused = state.paused.max(after.map_or(0, |after| now + after));
        if trouble == Trouble::Gone {
            state.disabled = true;
            outbox::bury(&mut db, &told.id, name).await?;
        }
    }
    outbox::set_state(&mut db, &told.id, &state).await?;
    Ok(db.commit().await?)
}
