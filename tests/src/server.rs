//! A server in this process, on a port of its own, with a clock that is moved by hand.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ibasho_moderation::hook::Hook;
use ibasho_protocol::ids::Millis;
use ibasho_server::clock::{Clock, ManualClock};
use ibasho_server::config::Config;
use ibasho_server::config::staff::StaffConfig;
use ibasho_server::config::voice::VoiceConfig;
use ibasho_server::dice::Dice;
use ibasho_server::hooks::asking::AsyncHook;
use ibasho_server::voice::media::Media;
use ibasho_server::{Inspect, Parts, Server};
use tempfile::TempDir;

use crate::client::TestClient;
use crate::recorder::Recorder;

/// When the clock of the tests begins.
const BEGIN: Millis = 1_763_700_000_000;
/// Most milliseconds the clock is moved at once while people are there: shorter than any heartbeat.
const STRIDE: Millis = 20_000;

/// A server.
pub struct TestServer {
    server: Option<Server>,
    now: Clock,
    hand: ManualClock,
    config: Config,
    voice: Option<Arc<Recorder>>,
    /// Holds the store; it outlives a restart.
    _home: TempDir,
}

/// What changes a configuration before a server starts with it.
pub type Configure = Box<dyn FnOnce(&mut Config) + Send>;

/// What a [`TestServer`] is made of, beyond the usual.
#[derive(Default)]
pub struct Recipe {
    /// Rules besides the built-in ones.
    pub hooks: Vec<Box<dyn Hook>>,
    /// Rules that need time.
    pub asked: Vec<Arc<dyn AsyncHook>>,
    /// Looks at each command before its room does.
    pub inspect: Option<Inspect>,
    /// Changes the configuration.
    pub configure: Option<Configure>,
    /// How staff sign in.
    pub staff: StaffConfig,
    /// What stands in for the voice engine; it outlives a restart.
    pub voice: Option<Arc<Recorder>>,
}

/// The rooms of the scenarios.
pub fn scenes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rooms/scenes")
}

fn media(voice: Option<&Arc<Recorder>>) -> Option<Arc<dyn Media>> {
    voice.map(|voice| voice.clone() as Arc<dyn Media>)
}

impl TestServer {
    /// Starts with the rooms of the scenarios.
    pub async fn start() -> Self {
        Self::with(Recipe::default()).await
    }

    /// Starts with something special.
    pub async fn with(recipe: Recipe) -> Self {
        let home = TempDir::new().expect("a folder");
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut config = Config {
            listen: anywhere,
            admin: anywhere,
            data: home.path().join("data"),
            rooms: Some(scenes()),
            staff: recipe.staff,
            voice: VoiceConfig { listen: anywhere, ..VoiceConfig::default() },
            ..Config::default()
        };
        if let Some(configure) = recipe.configure {
            configure(&mut config);
        }
        let (clock, hand) = Clock::manual(BEGIN);
        let dice = Dice::seeded(7);
        let parts = Parts {
            clock: clock.clone(),
            dice,
            hooks: recipe.hooks,
            asked: recipe.asked,
            inspect: recipe.inspect,
            voice: media(recipe.voice.as_ref()),
        };
        let server = Box::pin(Server::start(config.clone(), parts)).await.expect("the server starts");
        Self { server: Some(server), now: clock, hand, config, voice: recipe.voice, _home: home }
    }

    /// Where people connect.
    pub fn addr(&self) -> SocketAddr {
        self.server.as_ref().expect("running").address()
    }

    /// Where the operator's tools connect.
    pub fn admin(&self) -> SocketAddr {
        self.server.as_ref().expect("running").admin()
    }

    /// Where sound comes in and goes out.
    pub fn voice(&self) -> SocketAddr {
        self.server.as_ref().expect("running").voice_address().expect("there is voice")
    }

    /// The server's time.
    pub fn now(&self) -> Millis {
        self.now.now()
    }

    /// How it is configured.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Moves the clock.
    pub fn advance(&self, millis: Millis) {
        self.hand.advance(millis);
    }

    /// Lets time pass for people whose lines stay alive.
    pub async fn pass(&self, mut millis: Millis, people: &mut [&mut TestClient]) {
        while millis > 0 {
            let step = millis.min(STRIDE);
            self.advance(step);
            millis -= step;
            for person in &mut *people {
                person.beat().await;
            }
        }
    }

    /// Stops it, as SIGTERM does.
    pub async fn stop(&mut self) {
        self.server.take().expect("running").stop().await;
    }

    /// Starts it again on the same data, some time later, at the same address.
    pub async fn start_again(&mut self) {
        assert!(self.server.is_none(), "stop it first");
        let (clock, hand) = Clock::manual(self.now() + 1_000);
        (self.now, self.hand) = (clock.clone(), hand);
        let (dice, voice) = (Dice::seeded(self.now()), media(self.voice.as_ref()));
        let parts = Parts { clock, dice, voice, ..Parts::default() };
        self.server = Some(Box::pin(Server::start(self.config.clone(), parts)).await.expect("the server starts again"));
    }

    /// Comes into the house.
    pub async fn enter(&self, nick: &str) -> TestClient {
        TestClient::enter(self.addr(), nick).await
    }

    /// Lets a walk come to its end, everybody's line staying alive.
    pub async fn arrive(&self, who: usize, people: &mut [&mut TestClient]) {
        let mirror = &people[who].mirror;
        let until = mirror.people[&mirror.me()].walk.until;
        self.pass(until.saturating_sub(self.now()), people).await;
    }
}
