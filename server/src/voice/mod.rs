//! Voice. The rooms decide who hears whom; a media engine behind [`media::Media`] carries the sound.
//!
//! The way of a packet: [`engine`] → [`book`] (whose is it?) → [`peer`] ([`rtp`], [`srtp`], [`reception`]) → [`rooms`] (who
//! hears it?) → [`level`], [`slots`], [`rewrite`] → [`peer`] → [`net`]. Connections are the library's (ICE, DTLS); [`keys`]
//! hears what they agree on. An offer comes over [`offer`] and [`join`], what rooms say over [`post`]. Nothing of any sound is kept: there is no way to record.

mod book;
pub mod count;
mod engine;
mod forward;
mod inbound;
mod join;
mod keys;
mod level;
pub mod media;
mod net;
mod offer;
mod peer;
mod post;
mod reception;
mod rewrite;
mod rooms;
mod rtp;
mod slots;
mod sockets;
mod srtp;
mod tcp;
mod timers;
mod turn;

use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::IceServer;
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::{mpsc, oneshot};

use crate::clock::Clock;
use crate::config::voice::VoiceConfig;
use crate::dice::Dice;
use crate::line::LineId;
use count::Counts;
use engine::Engine;
use join::Common;
use media::{Answering, Call, Hearing, Media};
use net::Net;
use peer::Owner;
use post::{Newcomer, Post};
use sockets::Sockets;
use turn::Turn;

/// How long somebody can practise alone, in seconds: to choose devices and try again, with time to spare.
pub const ECHO_SECONDS: u16 = 180;
/// Packets from TCP connections that wait for the engine. Each connection waits when it is full, as TCP does.
const TCP_WAITING: usize = 512;

/// Voice cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// Its address cannot be listened on.
    #[error("cannot listen on {0} for voice: {1}")]
    Listen(SocketAddr, io::Error),
    /// The secret shared with the TURN server cannot be read.
    #[error("voice.turn: secret_file: {path}: {error}", path = .0.display(), error = .1)]
    Secret(PathBuf, io::Error),
    /// An address cannot be announced, or this machine cannot make certificates.
    #[error("voice: {0}")]
    Unusable(String),
}

/// The media engine of this server: forwards packets selectively, mixes nothing, keeps nothing.
pub struct Sfu {
    post: Arc<Post>,
    common: Arc<Common>,
    turn: Option<Turn>,
    address: SocketAddr,
    /// Ends when the engine has.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

impl Sfu {
    /// Opens the sockets and starts the engine; `None` if there is to be no voice.
    ///
    /// # Errors
    /// See [`VoiceError`].
    pub fn start(
        config: &VoiceConfig,
        clock: &Clock,
        dice: &Dice,
        counts: &Arc<Counts>,
    ) -> Result<Option<Self>, VoiceError> {
        if !config.on {
            return Ok(None);
        }
        let turn = |turn| Turn::new(turn, clock.clone(), dice.clone());
        let turn =
            config.turn.as_ref().map(|of| turn(of).map_err(|error| VoiceError::Secret(of.secret_file.clone(), error)));
        let turn = turn.transpose()?;
        let listen = |error| VoiceError::Listen(config.listen, error);
        let sockets = sockets::open(config).map_err(listen)?;
        let common = Common::new(&sockets.announced, config.udp, dice.clone()).map_err(VoiceError::Unusable)?;
        let address = sockets.announced[0];
        let post = Arc::new(Post::default());
        let (done, ended) = oneshot::channel();
        let engine =
            Running { sockets, most: config.peers, clock: clock.clone(), counts: counts.clone(), post: post.clone() };
        let run = move || {
            engine.run();
            // The server may be gone already.
            let _ = done.send(());
        };
        thread::Builder::new().name("voice".into()).spawn(run).map_err(listen)?;
        let ended = Mutex::new(Some(ended));
        Ok(Some(Self { post, common: Arc::new(common), turn, address, ended }))
    }

    /// Where clients are told to send sound first.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends everybody's connection, and returns when the sockets are free again.
    pub async fn stop(&self) {
        self.post.stop();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ended) = ended {
            // An error means that it has ended already.
            let _ = ended.await;
        }
    }

    fn answer(&self, whose: Option<(PersonId, LineId)>, owner: Owner, sdp: String) -> Answering {
        let (offer, common) = (self.post.offer(whose), self.common.clone());
        Box::pin(async move {
            let offer = offer.ok_or(RefusalCode::Busy)?;
            let joined = common.join(&sdp)?;
            let (answer, answered) = oneshot::channel();
            offer.bring(Newcomer { owner, joined, answer });
            // Hung up or overtaken meanwhile: nobody waits for this answer any more.
            answered.await.unwrap_or(Err(RefusalCode::Busy))
        })
    }
}

impl Media for Sfu {
    fn offer(&self, Call { who, line, sdp, news }: Call) -> Answering {
        self.answer(Some((who, line)), Owner::Person { who, line, news }, sdp)
    }

    fn hang_up(&self, who: PersonId, line: LineId) {
        self.post.hang_up(who, line);
    }

    fn hearing(&self, room: &Arc<str>, hearing: Hearing) {
        self.post.hearing(room, hearing);
    }

    fn echo(&self, sdp: String) -> Answering {
        self.answer(None, Owner::Echo, sdp)
    }

    fn ice_servers(&self) -> Vec<IceServer> {
        self.turn.iter().map(Turn::server).collect()
    }
}

/// What the thread of the engine works with.
struct Running {
    sockets: Sockets,
    most: usize,
    clock: Clock,
    counts: Arc<Counts>,
    post: Arc<Post>,
}

impl Running {
    /// Until the server stops.
    fn run(self) {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return tracing::error!(%error, "the media engine cannot run"),
        };
        let Self { sockets, most, clock, counts, post } = self;
        let entered = runtime.enter();
        let registered = sockets.udp.map(UdpSocket::from_std).transpose();
        let registered = registered.and_then(|udp| TcpListener::from_std(sockets.tcp).map(|tcp| (udp, tcp)));
        let (udp, listener) = match registered {
            Ok(registered) => registered,
            Err(error) => return tracing::error!(%error, "the media engine cannot use its sockets"),
        };
        drop(entered);
        let (to, tcp) = mpsc::channel(TCP_WAITING);
        runtime.spawn(tcp::listen(listener, most, clock.clone(), counts.clone(), to));
        let mut engine = Engine::new(Net::new(udp, sockets.announced, counts.clone()), most, clock, post, tcp);
        // A fault of the engine itself ends all connections; clients offer anew, and words are not touched.
        while catch_unwind(AssertUnwindSafe(|| runtime.block_on(engine.run()))).is_err() {
            counts.failed.inc();
            tracing::error!("the media engine failed and begins anew");
            engine.end_all();
        }
    }
}
