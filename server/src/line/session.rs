//! The task of a line: from the upgrade to the close.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use ibasho_protocol::client::{ClientMessage, Enter};
use ibasho_protocol::close::{self, Close};
use ibasho_protocol::codec::{decode_client, encode_server};
use ibasho_protocol::ids::{Millis, Nonce, PersonId};
use ibasho_protocol::limits::{ASSEMBLE_MS, HELLO_MS, MAX_MESSAGE_BYTES, SILENT_MS};
use ibasho_protocol::phase::Phase;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::ServerMessage;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::guard::{Counted, Inside};
use super::outbox::{Drained, Outbox};
use super::wire::{OpenSince, Wire};
use super::{LineId, frame, knock, pass};
use crate::Surroundings;
use crate::hosting::pass::DoorPass;
use crate::rate::{Bucket, LINE};
use crate::room::actor::BACK_AFTER_RESTART;
use crate::room::handle::{Arrival, RoomHandle, ToRoom};

/// After so much silence the server asks with a ping whether anybody is there, in milliseconds.
const PING_MS: Millis = SILENT_MS / 2;
/// So many messages that cannot be understood, and the line closes: it is no client of ours.
const MOST_MALFORMED: u32 = 8;
/// So many refusals for speed, and the line closes.
const MOST_TOO_FAST: u32 = 100;
/// How long a close may take to be written and read, before the socket is dropped.
const GOODBYE: Duration = Duration::from_secs(2);
/// Most bytes read and thrown away after a close, so that the close frame is not lost to a reset.
const GOODBYE_BYTES: usize = 256 * 1024;

/// Why a line ends.
enum End {
    /// With a close frame from us.
    Close(Close),
    /// The client closed, or the socket broke.
    Gone,
}

/// When something was last heard, and whether the server has asked since.
struct Life {
    heard: Millis,
    pinged: Option<Millis>,
}

impl Life {
    /// Asked only after a ping has had its time: a server that was asleep itself must not blame the others.
    fn next_look(&self) -> Millis {
        self.pinged.unwrap_or(self.heard) + PING_MS
    }
}

struct Session {
    id: LineId,
    around: Arc<Surroundings>,
    socket: WebSocketStream<Wire>,
    open_since: OpenSince,
    outbox: Outbox,
    pace: Bucket,
    malformed: u32,
    too_fast: u32,
}

/// Serves an upgraded socket until it is closed.
pub async fn run(id: LineId, stream: TcpStream, read_already: Vec<u8>, around: Arc<Surroundings>) {
    let now = around.clock.now();
    let (reader, writer) = stream.into_split();
    let outbox = Outbox::new(writer, around.metrics.clone());
    let (mut wire, open_since) = Wire::new(reader, outbox.clone(), around.clock.clone());
    if wire.passed(&read_already).is_err() {
        return;
    }
    // `perf.md`: the default read buffer of 128 KiB costs twenty times the memory of a connection.
    let config = WebSocketConfig::default()
        .read_buffer_size(1024)
        .write_buffer_size(0)
        .max_write_buffer_size(64 * 1024)
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES));
    let socket = WebSocketStream::from_partially_read(wire, read_already, Role::Server, Some(config)).await;
    let pace = Bucket::new(LINE, now);
    let _counted = Counted::new(around.metrics.clone());
    tracing::debug!(line = %id, "connected");
    let mut session = Session { id, around, socket, open_since, outbox, pace, malformed: 0, too_fast: 0 };
    let end = session.serve().await;
    if let End::Close(close) = end {
        session.outbox.close(close, None);
    }
    session.goodbye().await;
}

impl Session {
    async fn serve(&mut self) -> End {
        // In memory of its own, which is given back: what the door needs is more than all that a line needs later.
        match Box::pin(self.door()).await {
            Ok((room, who)) => self.inside(&Inside { room, line: self.id, who }).await,
            Err(end) => end,
        }
    }

    /// Waits for `hello`, and for the room's verdict.
    async fn door(&mut self) -> Result<(RoomHandle, PersonId), End> {
        let around = self.around.clone();
        let waiting = around.gate.wait(self.id, self.outbox.clone());
        let deadline = around.clock.now() + HELLO_MS;
        let (name, enter) = loop {
            tokio::select! {
                message = self.socket.next() => match self.understood(message, Phase::Door)? {
                    Some(ClientMessage::Hello { v, room, enter }) => match self.check_hello(v) {
                        Ok(()) => break (room, enter),
                        Err(code) => return Err(self.turn_away(code.into())),
                    },
                    Some(ClientMessage::Leave {}) => return Err(End::Close(close::LEFT)),
                    _ => {}
                },
                drained = self.outbox.drain() => look(drained)?,
                () = around.clock.sleep_until(deadline) => return Err(End::Close(close::HELLO_LATE)),
            }
        };
        drop(waiting);
        match self.enter(&name, enter).await {
            Ok(Ok(inside)) => Ok(inside),
            Ok(Err(refusal)) => Err(self.turn_away(refusal)),
            Err(end) => Err(end),
        }
    }

    fn check_hello(&self, version: u16) -> Result<(), RefusalCode> {
        if version != ibasho_protocol::VERSION {
            return Err(RefusalCode::UnknownVersion);
        }
        if self.around.stopping() { Err(RefusalCode::Busy) } else { Ok(()) }
    }

    async fn enter(&mut self, name: &str, enter: Enter) -> Result<Result<(RoomHandle, PersonId), Refusal>, End> {
        let room = match self.around.room(name) {
            Ok(room) => room,
            Err(code) => return Ok(Err(code.into())),
        };
        tracing::debug!(line = %self.id, "hello");
        let pass = match &enter {
            Enter::New { pass: Some(pass), .. } => pass::resolve(&self.around, name, pass).await,
            _ => Ok(DoorPass::default()),
        };
        let mut pass = match pass {
            Ok(pass) => pass,
            Err(code) => return Ok(Err(code.into())),
        };
        if let Enter::New { device, nick, .. } = &enter {
            pass.device = self.around.office.device(device.as_deref());
            if let Err(refusal) = knock::may_enter(&self.around, name, &pass, nick).await {
                return Ok(Err(refusal));
            }
        }
        let (verdict, answer) = oneshot::channel();
        let arrival = Arrival { line: self.id, outbox: self.outbox.clone(), enter, pass, verdict };
        if let Err(code) = room.try_send(ToRoom::Arrival(Box::new(arrival))) {
            return Ok(Err(code.into()));
        }
        tokio::pin!(answer);
        loop {
            tokio::select! {
                answer = &mut answer => return match answer {
                    Ok(verdict) => Ok(verdict.map(|who| (room, who))),
                    Err(_) => Err(self.room_failed()),
                },
                drained = self.outbox.drain() => look(drained)?,
            }
        }
    }

    fn turn_away(&self, refusal: Refusal) -> End {
        self.refuse(None, refusal);
        End::Close(close::REFUSED)
    }

    fn room_failed(&self) -> End {
        self.outbox.close(close::ROOM_TROUBLE, Some(BACK_AFTER_RESTART));
        End::Gone
    }

    /// Carries messages to the room until the line ends.
    async fn inside(&mut self, Inside { room, who, .. }: &Inside) -> End {
        let who = *who;
        let clock = self.around.clock.clone();
        let mut life = Life { heard: clock.now(), pinged: None };
        // Set anew only when it rings or something comes sooner: a timer for each message would cost more than the rest.
        let mut rings_at = life.next_look();
        let alarm = clock.sleep_until(rings_at);
        let gone = room.gone();
        let outbox = self.outbox.clone();
        let drained = outbox.drain();
        tokio::pin!(alarm, gone, drained);
        loop {
            let complete_by = self.open_since.get().map_or(Millis::MAX, |since| since + ASSEMBLE_MS);
            if complete_by < rings_at {
                rings_at = complete_by;
                alarm.set(clock.sleep_until(rings_at));
            }
            let ended = tokio::select! {
                // The socket first: mostly it is what there is to do, and then the others need not be looked at. It
                // cannot keep them waiting: from time to time the runtime has it say that it has nothing.
                biased;
                message = self.socket.next() => {
                    life = Life { heard: clock.now(), pinged: None };
                    match self.understood(message, Phase::Inside) {
                        // Leaving is never too fast, and waits for its place in a full inbox.
                        Ok(Some(message @ ClientMessage::Leave {})) => {
                            room.send(ToRoom::Command { line: self.id, who, message }).await;
                            Ok(())
                        }
                        Ok(Some(message)) => self.carry(message, room, who),
                        Ok(None) => Ok(()),
                        Err(end) => Err(end),
                    }
                }
                how = &mut drained => {
                    drained.set(outbox.drain());
                    if how == Drained::Open && !outbox.is_behind() {
                        // If the inbox is full the next drain or the next message tells it.
                        let _ = room.try_send(ToRoom::CaughtUp { line: self.id, who });
                    }
                    look(how)
                }
                () = &mut alarm => {
                    let looked = self.look_after(&mut life, complete_by);
                    rings_at = life.next_look();
                    alarm.set(clock.sleep_until(rings_at));
                    looked
                }
                () = &mut gone => Err(self.room_failed()),
            };
            if let Err(end) = ended {
                return end;
            }
        }
    }

    /// Is a message still incomplete, or has nobody been heard for too long?
    fn look_after(&self, life: &mut Life, complete_by: Millis) -> Result<(), End> {
        let now = self.around.clock.now();
        if now >= complete_by {
            return Err(End::Close(close::FRAGMENTS));
        }
        match life.pinged {
            Some(pinged) if now >= pinged + PING_MS => return Err(End::Close(close::SILENT)),
            None if now >= life.heard + PING_MS => {
                life.pinged = Some(now);
                self.outbox.send(&frame::PING_FRAME);
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// Decodes and checks one message; whatever is wrong with it is answered here.
    fn understood(
        &mut self,
        message: Option<Result<Message, Error>>,
        phase: Phase,
    ) -> Result<Option<ClientMessage>, End> {
        let decoded = match message {
            Some(Ok(Message::Binary(bytes))) => decode_client(&bytes),
            Some(Ok(Message::Text(_))) => Err(RefusalCode::NotMessagepack),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_))) => return Ok(None),
            Some(Err(Error::Capacity(CapacityError::MessageTooLong { .. }))) => {
                self.refuse(None, RefusalCode::TooBig);
                return Err(End::Close(close::TOO_BIG));
            }
            Some(Err(Error::Io(error))) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(End::Close(close::FRAGMENTS));
            }
            Some(Err(Error::Protocol(_) | Error::Utf8(_))) => return Err(End::Close(close::BAD_CLIENT)),
            Some(Err(_)) | None => return Err(End::Gone),
        };
        match decoded {
            Ok(ClientMessage::Beat {}) => {
                self.tell(&ServerMessage::Beat { at: self.around.clock.now() });
                Ok(None)
            }
            Ok(message) => {
                let code = match &message {
                    ClientMessage::Unknown => Some(RefusalCode::UnknownType),
                    message if !phase.allows(message) => Some(RefusalCode::WrongPhase),
                    _ => None,
                };
                let Some(code) = code else { return Ok(Some(message)) };
                self.refuse(message.nonce(), code);
                // A newer client may say things this server does not know: no fault of either, if it is not a flood.
                if code == RefusalCode::UnknownType { self.paced().map(|_| None) } else { self.count_malformed() }
            }
            Err(code) => {
                self.refuse(None, code);
                self.count_malformed()
            }
        }
    }

    fn count_malformed(&mut self) -> Result<Option<ClientMessage>, End> {
        self.malformed += 1;
        if self.malformed >= MOST_MALFORMED { Err(End::Close(close::BAD_CLIENT)) } else { Ok(None) }
    }

    fn carry(&mut self, message: ClientMessage, room: &RoomHandle, who: PersonId) -> Result<(), End> {
        let n = message.nonce();
        if let Err(after) = self.paced()? {
            self.refuse(n, Refusal::new(RefusalCode::TooFast).after(after));
            return Ok(());
        }
        if let Err(code) = room.try_send(ToRoom::Command { line: self.id, who, message }) {
            self.refuse(n, Refusal::new(code).after(1000));
        }
        Ok(())
    }

    /// Whether the next message is within the rate of a line; if not, after how many milliseconds it would be.
    fn paced(&mut self) -> Result<Result<(), u32>, End> {
        let taken = self.pace.take(self.around.clock.now());
        self.too_fast += u32::from(taken.is_err());
        if self.too_fast >= MOST_TOO_FAST { Err(End::Close(close::FLOOD)) } else { Ok(taken) }
    }

    fn refuse(&self, n: Option<Nonce>, refusal: impl Into<Refusal>) {
        let refusal = refusal.into();
        self.around.metrics.refused(refusal.code);
        self.tell(&ServerMessage::Refused { n, refusal });
    }

    fn tell(&self, message: &ServerMessage) {
        self.outbox.send(&frame::binary(&encode_server(message)));
    }

    /// Lets the close frame arrive: writes what is left, says that nothing more comes, and reads on for a moment.
    async fn goodbye(&mut self) {
        let parting = async {
            while self.outbox.is_behind() {
                if self.outbox.drain().await == Drained::Broken {
                    return;
                }
            }
            self.outbox.finish();
            let mut rest = [0; 1024];
            let mut left = GOODBYE_BYTES;
            while let Ok(read @ 1..) = self.socket.get_mut().read(&mut rest).await {
                left = left.saturating_sub(read);
                if left == 0 {
                    return;
                }
            }
        };
        // Whoever does not read their goodbye in time goes without.
        let _ = tokio::time::timeout(GOODBYE, parting).await;
    }
}

/// Whether the line goes on after something was written.
fn look(drained: Drained) -> Result<(), End> {
    match drained {
        Drained::Open => Ok(()),
        Drained::Closed | Drained::Broken => Err(End::Gone),
    }
}
