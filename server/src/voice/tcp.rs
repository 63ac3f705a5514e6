//! ICE-TCP (RFC 6544) with the framing of RFC 4571, for networks that block UDP. A connection is only a way for packets:
//! whose it is, its first signed STUN message says.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_util::{SinkExt as _, StreamExt as _};
use ibasho_protocol::ids::Millis;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::codec::LengthDelimitedCodec;

use super::count::{Counts, Dropped};
use super::inbound::DATAGRAM;
use crate::clock::Clock;
use crate::rate::{Addresses, Rate};

/// A connection must say in this time whose it is, in milliseconds: a client sends its first check at once, and repeats
/// it several times.
pub const HELLO: Millis = 5_000;
/// Connections besides those of people who are known: for everybody who comes back at once after a restart.
const UNKNOWN: usize = 256;
/// New connections from one address or network. A school has one; a client opens one or two.
const OPENING: Rate = Rate { per_second: 5.0, burst: 100.0 };
/// Packets that wait for a slow reader: a third of a second of six voices. Older sound is of no use.
const WAITING: usize = 100;
/// Who has not read for so long is gone.
const STUCK: Duration = Duration::from_secs(5);
/// What the kernel holds back for a slow reader, in bytes (it doubles it): sound must be fresh.
const SEND_BUFFER: usize = 16 * 1024;
/// How long to wait when no more files can be opened.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// What happens on connections.
pub enum Tcp {
    /// There is one more.
    Open(SocketAddr, Wire),
    /// A packet.
    Packet(SocketAddr, BytesMut),
    /// One is gone.
    Closed(SocketAddr),
}

/// The way out on a connection. It closes when this is dropped.
pub struct Wire {
    out: mpsc::Sender<Bytes>,
    known: Arc<AtomicBool>,
    /// Since when it takes nothing.
    stuck: Option<Instant>,
}

impl Wire {
    /// It is known whose this is.
    pub fn is_known(&self) {
        self.known.store(true, Ordering::Relaxed);
    }

    /// Sends a packet, or drops it.
    ///
    /// # Errors
    /// It was dropped; whether the connection is to be given up.
    pub fn send(&mut self, packet: Bytes, now: Instant) -> Result<(), bool> {
        match self.out.try_send(packet) {
            Ok(()) => {
                self.stuck = None;
                Ok(())
            }
            Err(mpsc::error::TrySendError::Full(_)) => Err(now - *self.stuck.get_or_insert(now) >= STUCK),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(true),
        }
    }
}

/// Accepts connections until dropped. `peers` is how many can belong to somebody.
pub async fn listen(listener: TcpListener, peers: usize, clock: Clock, counts: Arc<Counts>, to: mpsc::Sender<Tcp>) {
    let places = Arc::new(Semaphore::new(peers + UNKNOWN));
    let rates = Addresses::new(OPENING);
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(EXHAUSTED).await;
            continue;
        };
        let place = places.clone().try_acquire_owned().ok();
        let Some(place) = place.filter(|_| rates.take(from.ip(), clock.now()).is_ok()) else {
            counts.dropped(Dropped::Unknown);
            continue;
        };
        tokio::spawn(carry(stream, from, clock.clone(), counts.clone(), to.clone(), place));
    }
}

async fn carry(
    stream: TcpStream,
    from: SocketAddr,
    clock: Clock,
    counts: Arc<Counts>,
    to: mpsc::Sender<Tcp>,
    _place: OwnedSemaphorePermit,
) {
    // Both fail only on a socket that is gone.
    let _ = (stream.set_nodelay(true), SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER));
    let framed =
        LengthDelimitedCodec::builder().length_field_type::<u16>().max_frame_length(DATAGRAM).new_framed(stream);
    let (mut sink, mut packets) = framed.split();
    let (out, mut waiting) = mpsc::channel::<Bytes>(WAITING);
    let known = Arc::new(AtomicBool::new(false));
    if to.send(Tcp::Open(from, Wire { out, known: known.clone(), stuck: None })).await.is_err() {
        return;
    }
    let write = async {
        while let Some(packet) = waiting.recv().await {
            if sink.feed(packet).await.is_err() || (waiting.is_empty() && sink.flush().await.is_err()) {
                break;
            }
        }
    };
    let read = async {
        while let Some(packet) = packets.next().await {
            let Ok(packet) = packet else {
                // Too long, or the line broke. There is no finding the next frame.
                counts.dropped(Dropped::TooBig);
                break;
            };
            if to.send(Tcp::Packet(from, packet)).await.is_err() {
                break;
            }
        }
    };
    let unknown = async {
        clock.sleep(HELLO).await;
        if known.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        counts.dropped(Dropped::Unknown);
    };
    tokio::select! {
        () = write => {}
        () = read => {}
        () = unknown => {}
    }
    // Said while the socket still holds its address: nobody else can have it before.
    let _ = to.send(Tcp::Closed(from)).await;
}
