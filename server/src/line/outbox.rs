//! What goes out on a line. The room writes to the socket itself; only what the socket does not take at once waits
//! here, bounded, until the line's task finds it writable (`perf.md`: a channel and a wake-up per connection would
//! cost a fifth).

use std::collections::VecDeque;
use std::io;
use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Buf, Bytes};
use ibasho_protocol::close::{self, Close};
use ibasho_protocol::codec::encode_server;
use ibasho_protocol::server::ServerMessage;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;

use super::frame;
use crate::metrics::Metrics;

/// Most bytes that wait for a slow reader: about half a minute of a room in which everybody runs about. Past it the line closes with 4004 and
/// can be resumed.
pub const MOST_WAITING: usize = 128 * 1024;

/// Writes to a line from anywhere. Cheap to clone.
#[derive(Clone)]
pub struct Outbox(Arc<Shared>);

struct Shared {
    stream: OwnedWriteHalf,
    metrics: Arc<Metrics>,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Bytes>,
    /// Bytes in `waiting`.
    bytes: usize,
    /// Part of the first frame in `waiting` is written already.
    torn: bool,
    closing: Option<Close>,
    broken: bool,
}

/// What the line's task learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Nothing waits any more; or it was a nudge.
    Open,
    /// Nothing waits any more, the close frame included.
    Closed,
    /// The socket is gone.
    Broken,
}

impl Outbox {
    /// The outbox of a connected socket.
    pub fn new(stream: OwnedWriteHalf, metrics: Arc<Metrics>) -> Self {
        Self(Arc::new(Shared { stream, metrics, state: Mutex::default(), changed: Notify::new() }))
    }

    /// Says that nothing more comes.
    pub fn finish(&self) {
        // Fails only if the socket is gone already.
        let _ = socket2::SockRef::from(self.0.stream.as_ref()).shutdown(std::net::Shutdown::Write);
    }

    /// Sends a whole WebSocket frame. Never waits; what the socket does not take is queued.
    pub fn send(&self, frame: &Bytes) {
        let mut state = self.state();
        if state.closing.is_some() || state.broken {
            return;
        }
        self.0.metrics.frames_out.inc();
        if state.waiting.is_empty() {
            match self.counted(self.write_now(frame)) {
                Ok(written) if written == frame.len() => {}
                Ok(written) => {
                    state.torn = written > 0;
                    state.push(frame.slice(written..));
                    self.0.changed.notify_one();
                }
                Err(_) => self.broken(&mut state),
            }
        } else if state.bytes + frame.len() > MOST_WAITING {
            self.close_with(&mut state, close::TOO_SLOW, None);
        } else {
            state.push(frame.clone());
        }
    }

    /// Fetches what [`Self::send`] looks at. The lines of a room are cold memory when a tick comes: who sends to many calls
    /// this for each first, and waits for the memory of all of them at once instead of for one after the other.
    pub fn warm(&self) {
        std::hint::black_box((self.0.stream.as_ref().as_raw_fd(), self.0.state.is_poisoned()));
    }

    /// Whether something waits: then movement may be left out.
    pub fn is_behind(&self) -> bool {
        !self.state().waiting.is_empty()
    }

    /// Says goodbye and closes. What else waits is dropped; it can be resumed. Only the first close counts.
    pub fn close(&self, close: Close, back_in: Option<(u32, u32)>) {
        self.close_with(&mut self.state(), close, back_in);
    }

    fn close_with(&self, state: &mut State, close: Close, back_in: Option<(u32, u32)>) {
        if state.closing.is_some() {
            return;
        }
        self.0.metrics.closed(close.code);
        // A frame that is half written must be finished, or the reader could not find the next one.
        state.keep_torn_only();
        state.push(frame::binary(&encode_server(&ServerMessage::Bye { code: close.code, back_in })));
        state.push(frame::close(close));
        state.closing = Some(close);
        self.0.changed.notify_one();
    }

    /// Wakes the line's task.
    pub fn nudge(&self) {
        self.0.changed.notify_one();
    }

    /// Writes what waits, as the socket takes it; returns when all is written. Waits while there is nothing to do.
    /// Cancel safe. Only the line's own task calls this.
    pub async fn drain(&self) -> Drained {
        self.0.changed.notified().await;
        if self.write_waiting().await.is_none() {
            return Drained::Broken;
        }
        if self.state().closing.is_some() { Drained::Closed } else { Drained::Open }
    }

    async fn write_waiting(&self) -> Option<()> {
        loop {
            {
                let mut state = self.state();
                if state.broken {
                    return None;
                }
                let Some(frame) = state.waiting.front().cloned() else { return Some(()) };
                let Ok(written) = self.counted(self.0.stream.try_write(&frame)) else {
                    self.broken(&mut state);
                    return None;
                };
                state.advance(written, frame.len());
                if state.waiting.is_empty() {
                    return Some(());
                }
            }
            // If this is cancelled the next call must come here again.
            let unfinished = Unfinished(&self.0.changed);
            let writable = self.0.stream.writable().await;
            std::mem::forget(unfinished);
            writable.ok()?;
        }
    }

    /// Past the runtime's record of what the socket is ready for: nearly always it takes everything, and the record of
    /// each line is one more piece of cold memory. If it does not, the line's task goes the runtime's way.
    fn write_now(&self, frame: &Bytes) -> io::Result<usize> {
        socket2::SockRef::from(self.0.stream.as_ref()).send(frame)
    }

    fn counted(&self, written: io::Result<usize>) -> io::Result<usize> {
        match written {
            Ok(written) => {
                self.0.metrics.bytes_out.inc_by(written as u64);
                Ok(written)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            Err(error) => Err(error),
        }
    }

    fn broken(&self, state: &mut State) {
        state.broken = true;
        state.waiting.clear();
        state.bytes = 0;
        self.0.changed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notifies again when a wait for the socket is given up half-way.
struct Unfinished<'a>(&'a Notify);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl State {
    fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.waiting.push_back(frame);
    }

    fn advance(&mut self, written: usize, len: usize) {
        self.bytes -= written;
        if written == len {
            self.waiting.pop_front();
            self.torn = false;
        } else if let Some(front) = self.waiting.front_mut() {
            front.advance(written);
            self.torn |= written > 0;
        }
    }

    fn keep_torn_only(&mut self) {
        self.waiting.truncate(usize::from(self.torn));
        self.bytes = self.waiting.iter().map(Bytes::len).sum();
    }
}
