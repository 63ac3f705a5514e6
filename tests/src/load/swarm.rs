//! Many WebSockets in one thread.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use socket2::{Domain, Socket, Type};

use crate::wire;

/// What came in.
#[derive(Debug)]
pub enum Seen<'a> {
    /// A connection is upgraded; its first message is on the way.
    Open(usize),
    /// A binary message.
    Message {
        /// The connection.
        conn: usize,
        /// The payload.
        payload: &'a [u8],
        /// How many bytes of the wire it took, header included.
        size: usize,
        /// When it was read.
        at: Instant,
    },
    /// A connection ended, with the close code if there was one.
    Closed {
        /// The connection.
        conn: usize,
        /// The close code.
        code: Option<u16>,
    },
}

#[derive(PartialEq, Eq)]
enum State {
    Connecting,
    Upgrading,
    Open,
    Closed,
}

struct Conn {
    stream: TcpStream,
    state: State,
    /// Sent as soon as the connection is upgraded.
    first: Vec<u8>,
    /// What did not make a whole frame yet.
    inbox: Vec<u8>,
    /// What did not fit into the socket yet.
    outbox: Vec<u8>,
}

/// Many connections to one server.
pub struct Swarm {
    server: SocketAddr,
    poll: Poll,
    events: Events,
    conns: Vec<Conn>,
    buffer: Vec<u8>,
}

impl Swarm {
    /// No connections yet.
    pub fn new(server: SocketAddr) -> io::Result<Self> {
        let poll = Poll::new()?;
        Ok(Self { server, poll, events: Events::with_capacity(1024), conns: Vec::new(), buffer: vec![0; 256 * 1024] })
    }

    /// How many connections there are, closed ones included.
    pub fn len(&self) -> usize {
        self.conns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.conns.is_empty()
    }

    /// Begins a connection, and returns its number. `first` is sent as soon as it is upgraded.
    pub fn connect(&mut self, first: &[u8]) -> io::Result<usize> {
        let number = self.conns.len();
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        // Like people behind many addresses: the server bounds what one address may do.
        let source = Ipv4Addr::new(127, 0, 1 + (number / 200 % 200) as u8, 1);
        socket.bind(&SocketAddr::from((source, 0)).into())?;
        match socket.connect(&self.server.into()) {
            Ok(()) => {}
            Err(error) if error.raw_os_error() == Some(115) || error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        let mut stream = TcpStream::from_std(socket.into());
        self.poll.registry().register(&mut stream, Token(number), Interest::READABLE | Interest::WRITABLE)?;
        let first = wire::client_message(first);
        self.conns.push(Conn { stream, state: State::Connecting, first, inbox: Vec::new(), outbox: Vec::new() });
        Ok(number)
    }

    /// Sends a message. What does not fit into the socket is sent when it does.
    pub fn send(&mut self, conn: usize, payload: &[u8]) {
        self.conns[conn].write(&wire::client_message(payload));
    }

    /// Waits for at most `timeout` and hands over what came in.
    pub fn poll(&mut self, timeout: Duration, mut on: impl FnMut(Seen<'_>)) -> io::Result<()> {
        match self.poll.poll(&mut self.events, Some(timeout)) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            other => other?,
        }
        for event in &self.events {
            let number = event.token().0;
            let conn = &mut self.conns[number];
            if event.is_writable() {
                conn.writable(&self.server);
            }
            if event.is_readable() {
                conn.readable(number, &mut self.buffer, &mut on);
            }
        }
        Ok(())
    }
}

impl Conn {
    fn writable(&mut self, server: &SocketAddr) {
        if self.state == State::Connecting {
            self.state = State::Upgrading;
            self.write(&wire::upgrade_request(&server.to_string()));
        } else if !self.outbox.is_empty() {
            let waiting = std::mem::take(&mut self.outbox);
            self.write(&waiting);
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.state == State::Closed {
            return;
        }
        let written = if self.outbox.is_empty() { self.stream.write(bytes).unwrap_or(0) } else { 0 };
        self.outbox.extend(&bytes[written..]);
    }

    fn readable(&mut self, number: usize, buffer: &mut [u8], on: &mut impl FnMut(Seen<'_>)) {
        // Edge-triggered: a read that did not fill the buffer has taken everything.
        while self.state != State::Closed {
            let read = match self.stream.read(buffer) {
                Ok(0) => return self.close(number, None, on),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => return self.close(number, None, on),
            };
            let at = Instant::now();
            if self.inbox.is_empty() {
                let taken = self.take(&buffer[..read], number, at, on);
                self.inbox.extend(&buffer[taken..read]);
            } else {
                let mut inbox = std::mem::take(&mut self.inbox);
                inbox.extend(&buffer[..read]);
                let taken = self.take(&inbox, number, at, on);
                inbox.drain(..taken);
                self.inbox = inbox;
            }
            if read < buffer.len() {
                return;
            }
        }
    }

    fn close(&mut self, conn: usize, code: Option<u16>, on: &mut impl FnMut(Seen<'_>)) {
        if self.state != State::Closed {
            self.state = State::Closed;
            on(Seen::Closed { conn, code });
        }
    }

    /// Handles all whole frames and says how many bytes they took.
    fn take(&mut self, bytes: &[u8], conn: usize, at: Instant, on: &mut impl FnMut(Seen<'_>)) -> usize {
        let mut taken = 0;
        if self.state == State::Upgrading {
            let Some(head) = wire::head_len(bytes) else { return 0 };
            if !bytes.starts_with(b"HTTP/1.1 101") {
                self.close(conn, None, on);
                return bytes.len();
            }
            self.state = State::Open;
            let first = std::mem::take(&mut self.first);
            self.write(&first);
            on(Seen::Open(conn));
            taken = head;
        }
        while let Some(frame) = wire::server_frame(&bytes[taken..]) {
            let Some(whole) = bytes.get(taken..taken + frame.end) else { break };
            let payload = &whole[frame.start..];
            match frame.opcode {
                wire::BINARY => on(Seen::Message { conn, payload, size: frame.end, at }),
                wire::PING => self.write(&wire::client_frame(0x80 | wire::PONG, payload)),
                wire::CLOSE => {
                    let code = payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                    self.close(conn, code, on);
                    return bytes.len();
                }
                _ => {}
            }
            taken += frame.end;
        }
        taken
    }
}
