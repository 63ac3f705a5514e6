//! The socket as the WebSocket library sees it. It reads from the socket; what it writes (pongs, the answer to a
//! close) goes through the outbox, so that it never lands inside a frame of the room.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use ibasho_protocol::ids::Millis;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::tcp::OwnedReadHalf;

use super::outbox::Outbox;
use super::watch::Watch;
use crate::clock::Clock;

/// No message is incomplete.
const NOTHING_OPEN: u64 = u64::MAX;

/// The socket of a line.
pub struct Wire {
    stream: OwnedReadHalf,
    outbox: Outbox,
    clock: Clock,
    watch: Watch,
    open_since: Arc<AtomicU64>,
}

/// Since when a message is incomplete.
pub struct OpenSince(Arc<AtomicU64>);

impl OpenSince {
    /// The time, if one is.
    pub fn get(&self) -> Option<Millis> {
        let since = self.0.load(Ordering::Relaxed);
        (since != NOTHING_OPEN).then_some(since)
    }
}

impl Wire {
    /// Reads from one half of a socket; the outbox writes to the other.
    pub fn new(stream: OwnedReadHalf, outbox: Outbox, clock: Clock) -> (Self, OpenSince) {
        let open_since = Arc::new(AtomicU64::new(NOTHING_OPEN));
        (Self { stream, outbox, clock, watch: Watch::default(), open_since: open_since.clone() }, OpenSince(open_since))
    }

    /// Looks at bytes that were read before the upgrade was over.
    pub fn passed(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.watch.pass(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "fragments"))?;
        if !self.watch.is_open() {
            self.open_since.store(NOTHING_OPEN, Ordering::Relaxed);
        } else if self.open_since.load(Ordering::Relaxed) == NOTHING_OPEN {
            self.open_since.store(self.clock.now(), Ordering::Relaxed);
            self.outbox.nudge();
        }
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let from = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        Poll::Ready(self.passed(&buf.filled()[from..]))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.outbox.send(&Bytes::copy_from_slice(buf));
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
