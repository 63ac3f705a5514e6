//! The calendar: what staff plan becomes sessions, which people see and book, and which open and close rooms.
//!
//! `zone`, `rule`, `occur`, `check` and `almanac` are pure; [`Calendar`] keeps plans, `book` seats; `clockwork` tells
//! the rooms; `door` knows what a code is good for.

pub mod almanac;
pub mod book;
mod check;
pub mod clockwork;
pub mod code;
pub mod door;
pub mod lang;
pub mod occur;
pub mod plans;
mod rule;
pub mod templates;
pub mod zone;

use std::sync::{Arc, Mutex as StdMutex, PoisonError, RwLock};
use std::time::Duration;

use ibasho_moderation::hook::{Context, Hooks, Subject, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::{Mutex, watch};

use crate::dice::Dice;
use crate::members::hash::{Hasher, Kept};
use crate::rate::{Addresses, BOOKING, Bucket, DOOR_CODES};
use crate::store::members::secret;
use crate::store::{Sqlite, StoreError};
use almanac::Almanac;
use zone::Zone;

/// The name of the secret that salts the codes.
const SECRET: &str = "calendar codes";

/// The longest wait until rooms were told of a change.
const SPREAD: Duration = Duration::from_secs(2);

/// What is kept of a code.
pub type CodeHash = Kept;

/// Something of the calendar could not be done.
#[derive(Debug)]
pub enum Failed {
    /// It is refused.
    Refused(RefusalCode),
    /// The store did not do its part.
    Store(StoreError),
}

impl From<RefusalCode> for Failed {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The calendar of the place.
pub struct Calendar {
    /// The time zone of the place.
    pub zone: Zone,
    almanac: RwLock<Arc<Almanac>>,
    /// How many changes there were that rooms may have to be told, and how many of them they were told.
    changes: watch::Sender<u64>,
    told: watch::Sender<u64>,
    /// Who plans or books, one after the other: each decides on what the one before has left.
    writing: Mutex<()>,
    /// How fast addresses book and try codes.
    pub rates: Addresses,
    doors: StdMutex<Bucket>,
    hasher: Hasher,
}

impl Calendar {
    /// Reads the plans.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn open(store: &Sqlite, zone: Zone, dice: &Dice, now: Millis) -> Result<Self, StoreError> {
        let secret = secret(store, SECRET, dice.bytes()).await?;
        let almanac = Almanac::reckon(store.plans().await?, zone, now);
        Ok(Self {
            zone,
            almanac: RwLock::new(Arc::new(almanac)),
            changes: watch::Sender::new(0),
            told: watch::Sender::new(0),
            writing: Mutex::new(()),
            rates: Addresses::new(BOOKING),
            doors: StdMutex::new(Bucket::new(DOOR_CODES, now)),
            hasher: Hasher::new(secret, code::COST),
        })
    }

    /// The plans and sessions as they are now.
    pub fn almanac(&self) -> Arc<Almanac> {
        self.almanac.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells the clockwork that something changed.
    pub fn touch(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    /// The same, and returns when the rooms were told: who gets an answer can go there.
    async fn spread(&self) {
        self.touch();
        let change = *self.changes.borrow();
        let mut told = self.told.subscribe();
        // If a room is too busy to be told, people are not kept waiting for it.
        let _ = tokio::time::timeout(SPREAD, told.wait_for(|told| *told >= change)).await;
    }

    /// Takes from the rate at which wrong codes may be tried at doors, from everywhere together.
    fn try_door(&self, now: Millis) -> Result<(), RefusalCode> {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        doors.take(now).map_err(|_| RefusalCode::TooFast)
    }

    /// The code was right: that attempt does not count.
    fn right_at_door(&self) {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner).put_back();
    }

    /// Reads the plans anew.
    async fn reload(&self, store: &Sqlite, now: Millis) -> Result<(), StoreError> {
        let almanac = Arc::new(Almanac::reckon(store.plans().await?, self.zone, now));
        *self.almanac.write().unwrap_or_else(PoisonError::into_inner) = almanac;
        Ok(())
    }

    /// What is kept of a code that somebody typed.
    ///
    /// # Errors
    /// `code_unknown`: no code looks like this; `busy`.
    async fn hash(&self, typed: &str) -> Result<CodeHash, RefusalCode> {
        self.hasher.hash(code::typed(typed).ok_or(RefusalCode::CodeUnknown)?).await
    }
}

/// Asks the rules about something that is written outside of a room. What staff would have to look at first is refused.
fn judge(rules: &Hooks, subject: &Subject<'_>, room: &str, now: Millis) -> Result<(), RefusalCode> {
    match rules.judge(subject, &Context::new(room, Role::Participant, now)).verdict {
        Verdict::Allow | Verdict::Flag => Ok(()),
        Verdict::Hold => Err(RefusalCode::NotSent),
        Verdict::Block(code) => Err(code),
    }
}
