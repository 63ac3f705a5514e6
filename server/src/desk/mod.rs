//! The office: where everything that staff decide comes together. There is one in a server; rooms and the console act
//! through it.
//!
//! A command is applied to the desk (`ibasho_moderation::desk`, which is pure), what changed is put on disk as one
//! acknowledged batch together with its entries in the audit and what other systems are told, and only then it is
//! answered and takes effect ([`effects`]). Commands are done one after the other, so that what the disk, the rooms and
//! the consoles hear has one order. After a fault of the store the desk is made again from what is on disk.

mod ask;
mod behind;
mod clockwork;
mod console;
pub(crate) mod count;
mod door;
mod effects;
mod found;
pub(crate) mod moment;
pub(crate) mod news;
mod rules;
pub(crate) mod write;

use std::sync::{Arc, Mutex};

use ibasho_moderation::desk::settings::Settings;
use ibasho_moderation::desk::{Changes, Desk, DeskRefusal};
use ibasho_moderation::hook::Hook;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use tokio::sync::{MutexGuard, Notify, broadcast};

pub(crate) use ask::{Held, Helped, Reported, sanction, scope};
pub(crate) use clockwork::run;
pub use console::{CaseFile, HeldText, QueueLine};
pub use rules::{RulesError, RulesNow};

use crate::clock::Clock;
use crate::dice::Dice;
use crate::hooks::Hooks;
use crate::metrics::Metrics;
use crate::registry::Registry;
use crate::store::moderation::Batch;
use crate::store::{Sqlite, StoreError};
use door::Passes;
use news::News;
use rules::Book;

/// How many live events wait for a console that does not read. One that is behind loads anew.
const LIVE: usize = 256;

/// What the office is made of.
pub(crate) struct Around {
    pub store: Arc<Sqlite>,
    pub clock: Clock,
    pub dice: Dice,
    pub registry: Arc<Registry>,
    pub metrics: Arc<Metrics>,
    pub hooks: Arc<Hooks>,
    /// Rules in this process besides the rule book.
    pub rules: Vec<Arc<dyn Hook>>,
}

/// What an operator set for it.
pub(crate) struct Terms {
    /// What the desk works by.
    pub settings: Settings,
    /// How many days evidence is kept.
    pub evidence_days: u16,
    /// How many days the values behind the record are kept.
    pub audit_days: u16,
}

/// Where everything that staff decide comes together.
pub struct Office {
    around: Around,
    terms: Terms,
    desk: tokio::sync::Mutex<Kept>,
    /// Rung when something may be due sooner than before.
    bell: Notify,
    live: broadcast::Sender<Live>,
    passes: Mutex<Passes>,
    /// The key of device hashes.
    key: [u8; 32],
    book: Mutex<Book>,
}

struct Kept {
    desk: Desk,
    /// What is in memory may not be what is on disk: load it again before anything else.
    stale: bool,
}

/// Something that consoles are told at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Live {
    /// Load this anew.
    Touched {
        /// The code of its kind: `case`, `sanction`, `lockdown`, `rules`.
        kind: &'static str,
        /// Its id.
        id: u64,
        /// Its version; `None` when it is gone.
        version: Option<u32>,
        /// In this room; `None` for the whole site, or for what is gone.
        room: Option<String>,
    },
    /// Staff are needed, at once.
    Alert {
        /// The case.
        case: u64,
        /// There.
        room: Option<String>,
        /// How many calls there were before this one.
        step: u32,
        /// Everybody who may see it, not only those who are on duty there.
        wide: bool,
    },
}

/// Why the office did not do something.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OfficeError {
    /// The desk refused it; nothing has changed.
    #[error(transparent)]
    Refused(#[from] DeskRefusal),
    /// It could not be kept, and so it was not done.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The evidence could not be sealed or opened.
    #[error("the evidence could not be sealed or opened")]
    Evidence,
}

impl From<OfficeError> for Refusal {
    fn from(error: OfficeError) -> Self {
        match error {
            OfficeError::Refused(refusal) => refusal_code(refusal).into(),
            OfficeError::Store(_) | OfficeError::Evidence => RefusalCode::Busy.into(),
        }
    }
}

/// What people are told of a refusal of the desk.
pub fn refusal_code(refusal: DeskRefusal) -> RefusalCode {
    match refusal {
        DeskRefusal::Unknown => RefusalCode::NotFound,
        DeskRefusal::NotAllowed | DeskRefusal::NeverAnOffence | DeskRefusal::NotByRule => RefusalCode::NotAllowed,
        DeskRefusal::OutOfReach | DeskRefusal::NotInReach | DeskRefusal::Involved => RefusalCode::NotInReach,
        DeskRefusal::DecidedByYou => RefusalCode::DecidedByYou,
        DeskRefusal::AlreadyHandled { .. } | DeskRefusal::Stale { .. } | DeskRefusal::OtherKind => {
            RefusalCode::Overtaken
        }
        DeskRefusal::Over => RefusalCode::TooLate,
        DeskRefusal::BadLength | DeskRefusal::BadScope | DeskRefusal::Harsher => RefusalCode::ValueOutOfRange,
        DeskRefusal::NoteTooLong => RefusalCode::TextTooLong,
        DeskRefusal::AlreadyInForce { .. } => RefusalCode::InForceAlready,
        DeskRefusal::NotYours => RefusalCode::NotYours,
        DeskRefusal::AlreadyAppealed => RefusalCode::AppealedAlready,
        DeskRefusal::TooManyHeld => RefusalCode::TooManyHeld,
        DeskRefusal::Silenced => RefusalCode::Silenced,
    }
}

impl Office {
    /// The office as it was left. Whose held words were lost with the last run is told so.
    ///
    /// # Errors
    /// The store does not answer, or holds something that cannot be understood.
    pub(crate) async fn open(around: Around, terms: Terms) -> Result<Arc<Self>, StoreError> {
        let key = door::key(&around.store, &around.dice).await?;
        let (desk, rules) = write::read(around.store.records().await?, &terms.settings)?;
        let book = Book::open(&around.rules, rules)?;
        let (live, _) = broadcast::channel(LIVE);
        let office = Arc::new(Self {
            around,
            terms,
            desk: tokio::sync::Mutex::new(Kept { desk, stale: false }),
            bell: Notify::new(),
            live,
            passes: Mutex::default(),
            key,
            book: Mutex::new(book),
        });
        let restarted = office.act(|desk, now, _| Ok(desk.restarted(now))).await;
        restarted.map(drop).map_err(|error| StoreError(error.to_string()))?;
        Ok(office)
    }

    /// Events for consoles from now on.
    pub fn live(&self) -> broadcast::Receiver<Live> {
        self.live.subscribe()
    }

    /// Applies a command: what it changed is on disk, and has taken effect, when this returns. It is carried through
    /// also when nobody waits for it any more.
    ///
    /// # Errors
    /// [`OfficeError::Refused`], and then nothing has changed; [`OfficeError::Store`] when it could not be kept.
    pub(crate) async fn act(
        self: &Arc<Self>,
        command: impl FnOnce(&mut Desk, Millis, &mut Batch) -> Result<Changes, OfficeError> + Send + 'static,
    ) -> Result<Changes, OfficeError> {
        self.act_then(command, |_| None).await
    }

    /// The same; `first` tells a room about what was made, before anything else takes effect.
    pub(crate) async fn act_then(
        self: &Arc<Self>,
        command: impl FnOnce(&mut Desk, Millis, &mut Batch) -> Result<Changes, OfficeError> + Send + 'static,
        first: impl FnOnce(u64) -> Option<(String, News)> + Send + 'static,
    ) -> Result<Changes, OfficeError> {
        let office = self.clone();
        let task = tokio::spawn(async move { office.carry_out(command, first).await });
        task.await.unwrap_or_else(|failed| {
            tracing::error!(%failed, "a command of the office failed");
            Err(StoreError("a command of the office failed".into()).into())
        })
    }

    async fn carry_out(
        &self,
        command: impl FnOnce(&mut Desk, Millis, &mut Batch) -> Result<Changes, OfficeError>,
        first: impl FnOnce(u64) -> Option<(String, News)>,
    ) -> Result<Changes, OfficeError> {
        let began = std::time::Instant::now();
        let mut kept = self.desk().await?;
        let now = self.around.clock.now();
        // Whatever goes wrong from here on, a panic too, leaves a desk that nobody trusts.
        kept.stale = true;
        let mut batch = Batch::default();
        // What time has decided meanwhile comes before what somebody decides now.
        let mut all = kept.desk.tick(now);
        let result = command(&mut kept.desk, now, &mut batch);
        if let Ok(changes) = &result {
            all.and(changes.clone());
        }
        if !write::is_empty(&all, &batch) {
            self.write(&kept.desk, &all, batch, now).await?;
        }
        kept.stale = false;
        if let Some((room, news)) = result.as_ref().ok().and_then(|changes| changes.made).and_then(first) {
            self.there(&room, news).await;
        }
        self.let_happen(&kept.desk, &all, now).await;
        self.bell.notify_one();
        if let Ok(changes) = &result {
            self.around.metrics.desk.decided(&changes.audit, began.elapsed());
        }
        result
    }

    /// The desk, made again from what is on disk if the last command failed.
    async fn desk(&self) -> Result<MutexGuard<'_, Kept>, StoreError> {
        let mut kept = self.desk.lock().await;
        if kept.stale {
            let (desk, _) = write::read(self.around.store.records().await?, &self.terms.settings)?;
            *kept = Kept { desk, stale: false };
        }
        Ok(kept)
    }
}
