//! The ibasho server.
//!
//! One line through the house: socket → size gate → decode → phase and role check → rate → **room inbox** → ECS
//! systems of one tick → encode once → outboxes → sockets. `line` is a connection, `room` a room; what a room
//! decides is pure (`room::sim`), what awaits only ferries (`room::actor`).

pub mod audit;
mod calendar;
pub mod clock;
pub mod command;
pub mod config;
mod day;
pub mod desk;
pub mod dice;
pub mod evidence;
pub mod forget;
pub mod hooks;
mod hosting;
mod http;
mod line;
mod members;
mod metrics;
pub mod plan;
mod rate;
mod registry;
mod room;
pub mod rules_cli;
mod secret;
pub mod staff;
mod statistics;
pub mod store;
pub mod voice;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ibasho_moderation::desk::settings::Reach;
use ibasho_moderation::hook::Hook;
use ibasho_protocol::api::calendar::Template;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use calendar::Calendar;
use calendar::clockwork::Clockwork;
use calendar::templates;
use calendar::zone::Zone;
use clock::Clock;
use config::Config;
use day::Day;
use desk::Office;
use dice::Dice;
use hooks::asking::AsyncHook;
use hooks::event::EventKind;
use hosting::ticket::Tickets;
use http::origin::Origins;
use line::gate::Gate;
use members::Members;
use metrics::Metrics;
use plan::{PlanError, Room};
use rate::Addresses;
use registry::Registry;
use room::handle::{RoomHandle, ToRoom};
use staff::Staff;
use store::lock::{Lock, LockError};
use store::{Sqlite, Store, StoreError};
use voice::media::Media;
use voice::{Sfu, VoiceError};

/// Looks at each command before its room does.
pub type Inspect = Arc<dyn Fn(&ClientMessage) + Send + Sync>;

/// The longest wait for rooms to say goodbye.
const ROOMS_STOP: Duration = Duration::from_secs(4);
/// The longest wait for the engine of voices, after the rooms.
const VOICE_STOP: Duration = Duration::from_secs(1);
/// The longest wait for lines to be closed, after that.
const LINES_STOP: Duration = Duration::from_secs(3);
/// The longest wait for the store. All together stay at the promised 10 s.
const STORE_STOP: Duration = Duration::from_secs(2);

/// What a server is made of besides its configuration.
pub struct Parts {
    /// The clock.
    pub clock: Clock,
    /// Randomness.
    pub dice: Dice,
    /// Rules besides the built-in ones.
    pub hooks: Vec<Box<dyn Hook>>,
    /// Rules that need time, besides the configured webhooks.
    pub asked: Vec<Arc<dyn AsyncHook>>,
    /// Looks at each command; a panic in it fails the room, which is how tests see that others notice nothing.
    pub inspect: Option<Inspect>,
    /// What carries voices, in place of the engine that the configuration asks for.
    pub voice: Option<Arc<dyn Media>>,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            clock: Clock::real(),
            dice: Dice::system(),
            hooks: Vec::new(),
            asked: Vec::new(),
            inspect: None,
            voice: None,
        }
    }
}

/// What everything in the server may use.
pub struct Surroundings {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) dice: Dice,
    /// Where everything that staff decide comes together.
    pub(crate) office: Arc<Office>,
    /// Hooks that need time, and webhooks.
    pub(crate) hooks: Arc<hooks::Hooks>,
    pub(crate) inspect: Option<Inspect>,
    pub(crate) store: Arc<Sqlite>,
    pub(crate) calendar: Calendar,
    pub(crate) tickets: Tickets,
    pub(crate) members: Members,
    pub(crate) staff: Staff,
    pub(crate) registry: Arc<Registry>,
    pub(crate) rooms: BTreeMap<String, Room>,
    pub(crate) templates: Vec<Template>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) origins: Origins,
    pub(crate) gate: Gate,
    /// How fast addresses begin to practise.
    pub(crate) practices: Addresses,
    /// How fast addresses appeal at the door.
    pub(crate) appeals: Addresses,
    /// How fast staff ask at the desk.
    pub(crate) pace: http::Pace,
    /// Who has the console open.
    pub(crate) consoles: http::Consoles,
    /// Carries sound; absent where there is no voice.
    pub(crate) voice: Option<Arc<dyn Media>>,
    stopping: AtomicBool,
}

impl Surroundings {
    /// Whether the server is about to stop.
    pub(crate) fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Whether a room is open: by its hours, or because a session is on.
    pub(crate) fn is_open(&self, id: &str) -> bool {
        let now = self.clock.now();
        self.rooms.get(id).is_some_and(|room| {
            let by_hours = room.hours.as_ref().is_none_or(|hours| hours.is_open(self.calendar.zone, now));
            room.plan.open && (by_hours || self.calendar.almanac().on(id, now).is_some())
        })
    }

    /// When a room that is closed opens next.
    pub(crate) fn opens(&self, id: &str) -> Option<Millis> {
        let room = self.rooms.get(id).filter(|room| room.plan.open)?;
        let now = self.clock.now();
        let by_hours = room.hours.as_ref().and_then(|hours| hours.opens(self.calendar.zone, now));
        let doors = self.calendar.almanac().next_doors(id, now);
        by_hours.into_iter().chain(doors).min()
    }

    /// Reminds the operator of places to turn to that were not checked for long.
    fn remind(&self) {
        let today = self.calendar.zone.date(self.clock.now());
        for help in config::safety::unchecked(&self.config.place.help, today) {
            let (source, verified) = (&help.source, &help.verified);
            tracing::warn!(source, verified, "a place to turn to was not checked for long; see [[place.help]]");
        }
        let is_told = |kind| self.config.webhooks.iter().any(|webhook| webhook.events.contains(&kind));
        let outside = self.config.safety.help.iter().any(|step| step.call == Reach::Outside);
        if outside && !is_told(EventKind::HelpEscalated) {
            // No warning: a small place may well have nobody outside who is awake.
            tracing::info!("no webhook is told of help.escalated: the steps \"outside\" of [safety] help reach nobody");
        }
    }

    /// What the calendar on the wall shows at a moment.
    pub(crate) fn day(&self, at: Millis) -> Day {
        Day::of(self.calendar.zone, at)
    }

    /// How to reach a room that can be entered.
    pub(crate) fn room(&self, id: &str) -> Result<RoomHandle, RefusalCode> {
        let room = self.rooms.get(id).ok_or(RefusalCode::RoomUnknown)?;
        if !room.plan.open {
            return Err(RefusalCode::RoomClosed);
        }
        // Not in the registry: it failed and is about to open again.
        self.registry.get(id).ok_or(RefusalCode::Busy)
    }
}

/// The server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A room file is faulty.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Another server uses the data folder.
    #[error(transparent)]
    Held(#[from] LockError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The municipality's sign-in cannot be set up.
    #[error(transparent)]
    SignIn(#[from] staff::oidc::OidcError),
    /// A webhook cannot be set up.
    #[error(transparent)]
    Webhook(#[from] hooks::WebhookError),
    /// The media engine cannot be set up.
    #[error(transparent)]
    Voice(#[from] VoiceError),
    /// An address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
}

/// A running server.
pub struct Server {
    around: Arc<Surroundings>,
    address: SocketAddr,
    admin: SocketAddr,
    sfu: Option<Arc<Sfu>>,
    tasks: Vec<JoinHandle<()>>,
    /// Holds the data folder until everything else is gone.
    _lock: Lock,
}

impl Server {
    /// Opens the store and the rooms, then the doors.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: Config, parts: Parts) -> Result<Self, StartError> {
        let rooms = plan::load(config.rooms.as_deref())?;
        let templates = templates::load(&config.data.join(templates::FOLDER))?;
        let lock = Lock::take(&config.data)?;
        let store = Arc::new(Sqlite::open(&config.data).await?);
        let members = Members::open(&store, &parts.dice).await?;
        let zone = Zone::named(&config.place.zone).unwrap_or_default();
        let calendar = Calendar::open(&store, zone, &parts.dice, parts.clock.now()).await?;
        let bind = |address| http::listener::bind(address).map_err(|error| StartError::Listen(address, error));
        let (listener, admin_listener) = (bind(config.listen)?, bind(config.admin)?);
        let unknown = |error| StartError::Listen(config.listen, error);
        let (address, admin) = (listener.local_addr().map_err(unknown)?, admin_listener.local_addr().map_err(unknown)?);
        let metrics = Arc::new(Metrics::default());
        let staff = Staff::new(&config, address, |room| rooms.contains_key(room), metrics.passphrases.clone())?;
        let counts = metrics.hooks.clone();
        let hooks = Arc::new(hooks::Hooks::new(&config.webhooks, parts.asked, &parts.clock, &parts.dice, counts)?);
        let registry = Arc::new(Registry::default());
        let office = desk::Around {
            store: store.clone(),
            clock: parts.clock.clone(),
            dice: parts.dice.clone(),
            registry: registry.clone(),
            metrics: metrics.clone(),
            hooks: hooks.clone(),
            rules: parts.hooks.into_iter().map(Arc::from).collect(),
        };
        let terms = desk::Terms {
            settings: config.safety.settings(&config.keep),
            evidence_days: config.keep.evidence_days,
            audit_days: config.keep.audit_days,
        };
        let office = Office::open(office, terms).await?;
        let sfu = match &parts.voice {
            Some(_) => None,
            None => Sfu::start(&config.voice, &parts.clock, &parts.dice, &metrics.voice)?.map(Arc::new),
        };
        let around = Arc::new(Surroundings {
            origins: Origins::new(address, &config.public_urls),
            practices: Addresses::new(rate::PRACTICE),
            appeals: Addresses::new(rate::APPEAL),
            pace: http::Pace::default(),
            consoles: http::Consoles::default(),
            gate: Gate::new(config.limits.waiting),
            clock: parts.clock,
            dice: parts.dice,
            office,
            hooks,
            inspect: parts.inspect,
            store,
            calendar,
            tickets: Tickets::default(),
            members,
            staff,
            registry,
            rooms,
            templates,
            metrics,
            voice: parts.voice.or_else(|| sfu.clone().map(|sfu| sfu as Arc<dyn Media>)),
            stopping: AtomicBool::new(false),
            config,
        });
        around.remind();
        for room in around.rooms.values() {
            room::keeper::open(room.plan.clone(), around.clone()).await?;
        }
        // Rooms know what is on before anybody can come in.
        let mut clockwork = Clockwork::new(around.clone());
        clockwork.tell().await;
        let routes = http::api::routes(around.clone());
        let admin_routes = http::admin::routes(&around);
        let mut tasks = vec![
            tokio::spawn(staff::herald::run(around.clone())),
            tokio::spawn(store::retention::run(around.clone())),
            tokio::spawn(http::listener::serve(listener, routes, around.clone())),
            tokio::spawn(http::listener::serve_admin(admin_listener, admin_routes)),
            tokio::spawn(clockwork.run()),
            tokio::spawn(hooks::spread(around.clone())),
            tokio::spawn(desk::run(around.office.clone())),
            tokio::spawn(http::duty::run(around.clone(), around.consoles.changes())),
        ];
        let told = around.hooks.told.iter();
        tasks.extend(told.map(|told| tokio::spawn(hooks::run(around.clone(), told.clone()))));
        Ok(Self { around, address, admin, sfu, tasks, _lock: lock })
    }

    /// Where people connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the operator's tools connect.
    pub fn admin(&self) -> SocketAddr {
        self.admin
    }

    /// Where sound comes in and goes out, as clients are told first; `None` if there is no voice.
    pub fn voice_address(&self) -> Option<SocketAddr> {
        self.sfu.as_ref().map(|sfu| sfu.address())
    }

    /// Whether the page is built into the program.
    pub fn has_page() -> bool {
        http::page::is_built()
    }

    /// Tells everybody when to come back, keeps their seats, and stops. Takes at most 8 s.
    pub async fn stop(self) {
        self.around.stopping.store(true, Ordering::Relaxed);
        let stopping = self.around.registry.all().into_iter().map(|room| async move {
            let (done, stopped) = oneshot::channel();
            room.send(ToRoom::Stop { done }).await;
            // An error means that the room was gone already.
            let _ = stopped.await;
        });
        let all = futures_util::future::join_all(stopping);
        if tokio::time::timeout(ROOMS_STOP, all).await.is_err() {
            tracing::error!("a room did not stop in time");
        }
        for task in &self.tasks {
            task.abort();
        }
        if let Some(sfu) = &self.sfu {
            // Sockets close with the process, too: nobody waits for them who is about to start it again.
            if tokio::time::timeout(VOICE_STOP, sfu.stop()).await.is_err() {
                tracing::error!("voice did not stop in time");
            }
        }
        let metrics = &self.around.metrics;
        let gone = async {
            while metrics.lines.get() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // Who does not read their goodbye is cut off.
        let _ = tokio::time::timeout(LINES_STOP, gone).await;
        match tokio::time::timeout(STORE_STOP, self.around.store.close()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the store did not close"),
            // What was acknowledged is on disk; the next start folds the log.
            Err(_) => tracing::error!("the store did not close in time"),
        }
    }
}
