//! A person with a line to the server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use ibasho_protocol::client::{ClientMessage, Enter, Pass, Target};
use ibasho_protocol::codec::{decode_server, encode_client};
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{Nonce, PersonId, Seq, ZoneIndex};
use ibasho_protocol::person::{Look, Way};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::Event;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::http::{Request, StatusCode};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::mirror::Mirror;

/// Nothing that must happen takes longer, on the slowest machine; only a failing test waits so long.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What everybody looks like, unless it matters.
pub const LOOK: Look = Look { figure: 3, colour: 5 };

/// A person.
pub struct TestClient {
    /// What they know.
    pub mirror: Mirror,
    /// How the line ended: the close code, if there was one.
    pub closed: Option<Option<u16>>,
    /// How many pongs came.
    pub pongs: usize,
    /// Every byte of every message, for tests that look for what must not be there.
    pub received: Vec<u8>,
    /// Commands without an answer, to be sent again after a lost line.
    unanswered: BTreeMap<Nonce, ClientMessage>,
    room: String,
    socket: WebSocketStream<TcpStream>,
}

/// The head of an upgrade request as a page of the server would send it.
pub fn upgrade(host: &str) -> Request<()> {
    Request::get(format!("ws://{host}/ws"))
        .header("Host", host)
        .header("Upgrade", "websocket")
        .header("Connection", "Upgrade")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("Sec-WebSocket-Protocol", ibasho_protocol::SUBPROTOCOL)
        .header("Origin", format!("http://{host}"))
        .body(())
        .expect("a request")
}

/// Tries to open a WebSocket.
///
/// # Errors
/// The status the server refused it with.
pub async fn open(addr: SocketAddr, request: Request<()>) -> Result<WebSocketStream<TcpStream>, StatusCode> {
    let stream = TcpStream::connect(addr).await.expect("the server listens");
    match client_async(request, stream).await {
        Ok((socket, response)) => {
            let chosen = response.headers().get("Sec-WebSocket-Protocol").and_then(|value| value.to_str().ok());
            assert_eq!(chosen, Some(ibasho_protocol::SUBPROTOCOL));
            Ok(socket)
        }
        Err(Error::Http(response)) => Err(response.status()),
        Err(error) => panic!("no answer to the upgrade: {error}"),
    }
}

impl TestClient {
    /// Connects, and says nothing yet. `host` is where the server itself is, also behind a bad network.
    pub async fn connect_by(addr: SocketAddr, host: SocketAddr) -> Self {
        let socket = open(addr, upgrade(&host.to_string())).await.expect("the upgrade is allowed");
        let (mirror, unanswered) = (Mirror::default(), BTreeMap::new());
        Self { mirror, closed: None, pongs: 0, received: Vec::new(), unanswered, room: "house".into(), socket }
    }

    /// Connects, and says nothing yet.
    pub async fn connect(addr: SocketAddr) -> Self {
        Self::connect_by(addr, addr).await
    }

    /// Comes into the house, with the right to write.
    pub async fn enter(addr: SocketAddr, nick: &str) -> Self {
        let mut client = Self::connect(addr).await;
        client.hello(nick).await;
        client.inside().await;
        client
    }

    /// Says `hello` as a newcomer who wants to write.
    pub async fn hello(&mut self, nick: &str) {
        self.hello_as("house", nick, Way::Write).await;
    }

    /// Says `hello` as a newcomer.
    pub async fn hello_as(&mut self, room: &str, nick: &str, way: Way) {
        self.knock(room, nick, way, None, None).await;
    }

    /// Says `hello` as a newcomer whose page keeps this of itself.
    pub async fn hello_from(&mut self, nick: &str, device: &str) {
        self.hello_into("house", nick, device).await;
    }

    /// The same for any room.
    pub async fn hello_into(&mut self, room: &str, nick: &str, device: &str) {
        self.hello_on(room, nick, device, None).await;
    }

    /// The same with something for the door.
    pub async fn hello_on(&mut self, room: &str, nick: &str, device: &str, pass: Option<Pass>) {
        self.knock(room, nick, Way::Write, pass, Some(device.into())).await;
    }

    /// Says `hello` as a newcomer who wants to write and brings something for the door.
    pub async fn hello_with(&mut self, room: &str, nick: &str, pass: Pass) {
        self.knock(room, nick, Way::Write, Some(pass), None).await;
    }

    async fn knock(&mut self, room: &str, nick: &str, way: Way, pass: Option<Pass>, device: Option<String>) {
        self.room = room.into();
        let enter = Enter::New { nick: nick.into(), look: LOOK, way, wish: None, pass, device };
        self.send(&ClientMessage::Hello { v: ibasho_protocol::VERSION, room: room.into(), enter }).await;
    }

    /// Says `hello` as somebody who was here.
    pub async fn hello_again(&mut self, token: &str, seen: Seq) {
        let enter = Enter::Again { token: token.into(), seen, device: None };
        let room = self.room.clone();
        self.send(&ClientMessage::Hello { v: ibasho_protocol::VERSION, room, enter }).await;
    }

    /// Waits for the welcome and confirms it.
    pub async fn inside(&mut self) {
        let before = self.mirror.token.clone();
        self.until("a welcome", |mirror| mirror.token != before).await;
        self.send(&ClientMessage::Ready {}).await;
    }

    /// Comes back on a new line, the old one dropped without a word; sends again what has no answer.
    pub async fn resume(&mut self, addr: SocketAddr) {
        self.resume_by(addr, addr).await;
    }

    /// The same, through a bad network.
    pub async fn resume_by(&mut self, addr: SocketAddr, host: SocketAddr) {
        self.socket = open(addr, upgrade(&host.to_string())).await.expect("the upgrade is allowed");
        self.closed = None;
        let (token, seen) = (self.mirror.token.clone(), self.mirror.seen);
        self.hello_again(&token, seen).await;
        self.inside().await;
        self.repeat().await;
    }

    /// Loses the line: the socket is gone without a word.
    pub async fn cut(&mut self) {
        let _ = self.socket.get_mut().shutdown().await;
        self.until_closed().await;
    }

    /// Gives up on every command that has no answer.
    pub fn forget(&mut self) {
        self.unanswered.clear();
    }

    /// Asks the room for nothing: what reached the server before has reached the room now.
    pub async fn settle(&mut self) {
        self.beat().await;
        // Refused for speed is as good: the room has answered.
        self.ask(|n| ClientMessage::Away { n, on: false }).await;
    }

    /// Sends every command again that has no answer.
    pub async fn repeat(&mut self) {
        for message in self.unanswered.values().cloned().collect::<Vec<_>>() {
            self.send(&message).await;
        }
    }

    /// Sends a message. On a line that is gone it does nothing.
    pub async fn send(&mut self, message: &ClientMessage) {
        self.send_bytes(encode_client(message)).await;
    }

    /// Sends a binary message with these bytes.
    pub async fn send_bytes(&mut self, bytes: impl Into<Bytes>) {
        self.send_message(Message::Binary(bytes.into())).await;
    }

    /// Sends any WebSocket message.
    pub async fn send_message(&mut self, message: Message) {
        // A broken line shows when reading.
        let _ = self.socket.send(message).await;
    }

    /// Writes bytes to the socket, past the WebSocket.
    pub async fn send_raw(&mut self, bytes: &[u8]) {
        let _ = self.socket.get_mut().write_all(bytes).await;
    }

    /// Sends a command and returns its nonce.
    pub async fn command(&mut self, make: impl FnOnce(Nonce) -> ClientMessage) -> Nonce {
        let n = self.mirror.next_n;
        self.mirror.next_n = n.saturating_add(1);
        let message = make(n);
        self.unanswered.insert(n, message.clone());
        self.send(&message).await;
        n
    }

    /// Sends a command and waits for its answer.
    pub async fn ask(&mut self, make: impl FnOnce(Nonce) -> ClientMessage) -> Event {
        let n = self.command(make).await;
        self.answer(n).await
    }

    /// Waits for the answer to a command.
    pub async fn answer(&mut self, n: Nonce) -> Event {
        self.until(&format!("an answer to {n}"), |mirror| mirror.answer(n).is_some()).await;
        self.mirror.answer(n).expect("it is there").clone()
    }

    /// Sends a command that must be done.
    pub async fn done(&mut self, make: impl FnOnce(Nonce) -> ClientMessage) -> Option<Seq> {
        match self.ask(make).await {
            Event::Done { id, .. } => id,
            other => panic!("not done: {other:?}"),
        }
    }

    /// Sends a command that must be refused.
    pub async fn denied(&mut self, make: impl FnOnce(Nonce) -> ClientMessage) -> RefusalCode {
        match self.ask(make).await {
            Event::Refused { refusal: Refusal { code, .. }, .. } => code,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// Takes part in the session; it must be done.
    pub async fn take(&mut self, take: Take) {
        self.done(|n| ClientMessage::Take { n, take }).await;
    }

    /// Hosts; it must be done.
    pub async fn host(&mut self, act: Act) {
        self.done(|n| ClientMessage::Host { n, act }).await;
    }

    /// Writes to the zone with this number, and returns the message's id.
    pub async fn say(&mut self, to: ZoneIndex, text: &str) -> Seq {
        let said = self.done(|n| ClientMessage::Say { n, to, text: text.into() }).await;
        said.expect("said has an id")
    }

    /// Sets out for a target; the server's clock must move for the walk to end.
    pub async fn walk(&mut self, to: Target) {
        self.done(|n| ClientMessage::Walk { n, to }).await;
    }

    /// Asks whether the line is alive and waits for the answer.
    pub async fn beat(&mut self) {
        let before = self.mirror.beats;
        self.send(&ClientMessage::Beat {}).await;
        self.until("a beat", |mirror| mirror.beats > before).await;
    }

    /// One's own id.
    pub fn me(&self) -> PersonId {
        self.mirror.me()
    }

    /// Reads until something is true of what this person knows.
    pub async fn until(&mut self, what: &str, mut predicate: impl FnMut(&Mirror) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !predicate(&self.mirror) {
            if let Some(code) = self.closed {
                panic!("the line closed ({code:?}) while waiting for {what}\n{}", self.picture());
            }
            let read = timeout_at(deadline, self.read()).await;
            assert!(read.is_ok(), "waited {PATIENCE:?} for {what}\n{}", self.picture());
        }
    }

    /// Reads until a ping is answered: what was sent before has been read.
    pub async fn until_pong(&mut self) {
        let (before, deadline) = (self.pongs, Instant::now() + PATIENCE);
        while self.pongs == before && self.closed.is_none() {
            let read = timeout_at(deadline, self.read()).await;
            assert!(read.is_ok(), "waited {PATIENCE:?} for a pong\n{}", self.picture());
        }
    }

    /// Reads until the line ends, and returns the close code.
    pub async fn until_closed(&mut self) -> Option<u16> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(code) = self.closed {
                return code;
            }
            let read = timeout_at(deadline, self.read()).await;
            assert!(read.is_ok(), "waited {PATIENCE:?} for the line to close\n{}", self.picture());
        }
    }

    /// Reads one message.
    pub async fn read(&mut self) {
        match self.socket.next().await {
            Some(Ok(Message::Binary(bytes))) => {
                self.received.extend(&bytes);
                let message = decode_server(&bytes).unwrap_or_else(|code| panic!("{code:?} in {bytes:02x?}"));
                self.mirror.apply(message);
                let mirror = &self.mirror;
                self.unanswered.retain(|n, _| mirror.answer(*n).is_none());
            }
            Some(Ok(Message::Close(frame))) => {
                self.closed = Some(frame.map(|frame| frame.code.into()));
                // Only answers the close; the other side may be gone already.
                let _ = self.socket.close(None).await;
            }
            Some(Ok(Message::Pong(_))) => self.pongs += 1,
            Some(Ok(Message::Text(text))) => panic!("a text message from the server: {text}"),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => self.closed = self.closed.or(Some(None)),
        }
    }

    /// What this person knows, for people to read.
    pub fn picture(&self) -> String {
        let mirror = &self.mirror;
        let mut out = String::new();
        let _ = writeln!(out, "  {:?} in {}, seen {:?}, at {}", mirror.you, self.room, mirror.seen, mirror.at);
        for person in mirror.people.values() {
            let walk = &person.walk;
            let _ = writeln!(out, "  {} {:?} → zone {} by {}", person.nick, person.who, walk.zone, walk.until);
        }
        for said in &mirror.said {
            let _ = writeln!(out, "  {} in zone {}: {:?}", said.nick, said.zone, said.text);
        }
        let _ = writeln!(out, "  unanswered {:?}", self.unanswered.keys().collect::<Vec<_>>());
        let answers: Vec<_> = mirror.answers.values().rev().take(8).collect();
        let _ = writeln!(out, "  answers {answers:?}");
        let _ = writeln!(out, "  refused {:?}, bye {:?}, closed {:?}", mirror.refused, mirror.bye, self.closed);
        out
    }
}
