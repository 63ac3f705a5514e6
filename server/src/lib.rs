//! The ibasho server.
//!
//! One line through the house: socket → size gate → decode → phase and role check → rate → **room inbox** → ECS
//! systems of one tick → encode once → outboxes → sockets. `line` is a connection, `room` a room; what a room
//! decides is pure (`room::sim`), what awaits only ferries (`room::actor`).

mod calendar;
pub mod clock;
pub mod config;
mod day;
pub mod dice;
mod hosting;
mod http;
mod line;
mod members;
mod metrics;
pub mod plan;
mod rate;
mod registry;
mod room;
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

use ibasho_moderation::hook::{Hook, Hooks};
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
use dice::Dice;
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
/// The longest wait for lines to be closed, after the rooms. Both together stay below the promised 10 s.
const LINES_STOP: Duration = Duration::from_secs(3);

/// What a server is made of besides its configuration.
pub struct Parts {
    /// The clock.
    pub clock: Clock,
    /// Randomness.
    pub dice: Dice,
    /// Rules besides the built-in ones.
    pub hooks: Vec<Box<dyn Hook>>,
    /// Looks at each command; a panic in it fails the room, which is how tests see that others notice nothing.
    pub inspect: Option<Inspect>,
    /// What carries voices, in place of the engine that the configuration asks for.
    pub voice: Option<Arc<dyn Media>>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { clock: Clock::real(), dice: Dice::system(), hooks: Vec::new(), inspect: None, voice: None }
    }
}

/// What everything in the server may use.
pub struct Surroundings {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) dice: Dice,
    pub(crate) rules: Arc<Hooks>,
    pub(crate) inspect: Option<Inspect>,
    pub(crate) store: Sqlite,
    pub(crate) calendar: Calendar,
    pub(crate) tickets: Tickets,
    pub(crate) members: Members,
    pub(crate) staff: Staff,
    pub(crate) registry: Registry,
    pub(crate) rooms: BTreeMap<String, Room>,
    pub(crate) templates: Vec<Template>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) origins: Origins,
    pub(crate) gate: Gate,
    /// How fast addresses begin to practise.
    pub(crate) practices: Addresses,
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
        let store = Sqlite::open(&config.data).await?;
        let members = Members::open(&store, &parts.dice).await?;
        let zone = Zone::named(&config.place.zone).unwrap_or_default();
        let calendar = Calendar::open(&store, zone, &parts.dice, parts.clock.now()).await?;
        let bind = |address| http::listener::bind(address).map_err(|error| StartError::Listen(address, error));
        let (listener, admin_listener) = (bind(config.listen)?, bind(config.admin)?);
        let unknown = |error| StartError::Listen(config.listen, error);
        let (address, admin) = (listener.local_addr().map_err(unknown)?, admin_listener.local_addr().map_err(unknown)?);
        let staff = Staff::new(&config, address, |room| rooms.contains_key(room))?;
        let metrics = Arc::new(Metrics::default());
        let sfu = match &parts.voice {
            Some(_) => None,
            None => Sfu::start(&config.voice, &parts.clock, &parts.dice, &metrics.voice)?.map(Arc::new),
        };
        let around = Arc::new(Surroundings {
            origins: Origins::new(address, &config.public_urls),
            practices: Addresses::new(rate::PRACTICE),
            gate: Gate::new(config.limits.waiting),
            clock: parts.clock,
            dice: parts.dice,
            rules: Arc::new(Hooks::new(parts.hooks)),
            inspect: parts.inspect,
            store,
            calendar,
            tickets: Tickets::default(),
            members,
            staff,
            registry: Registry::default(),
            rooms,
            templates,
            metrics,
            voice: parts.voice.or_else(|| sfu.clone().map(|sfu| sfu as Arc<dyn Media>)),
            stopping: AtomicBool::new(false),
            config,
        });
        for room in around.rooms.values() {
            room::keeper::open(room.plan.clone(), around.clone()).await?;
        }
        // Rooms know what is on before anybody can come in.
        let mut clockwork = Clockwork::new(around.clone());
        clockwork.tell().await;
        let routes = http::api::routes(around.clone());
        let admin_routes = http::admin::routes(&around);
        let tasks = vec![
            tokio::spawn(staff::herald::run(around.clone())),
            tokio::spawn(store::retention::run(around.clone())),
            tokio::spawn(http::listener::serve(listener, routes, around.clone())),
            tokio::spawn(http::listener::serve_admin(admin_listener, admin_routes)),
            tokio::spawn(clockwork.run()),
        ];
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
            sfu.stop().await;
        }
        let metrics = &self.around.metrics;
        let gone = async {
            while metrics.lines.get() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // Who does not read their goodbye is cut off.
        let _ = tokio::time::timeout(LINES_STOP, gone).await;
        if let Err(error) = self.around.store.close().await {
            tracing::error!(%error, "the store did not close");
        }
    }
}
