//! A room from outside: an address to send to. Today the room is in this process; it could be on another node.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use ibasho_protocol::client::{ClientMessage, Enter};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::role::Role;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::desk::news::News;
use crate::hosting::pass::DoorPass;
use crate::hosting::planned::Planned;
use crate::line::LineId;
use crate::line::outbox::Outbox;
use crate::room::tick::hurries;

/// Most messages that wait for a room: 250 people, four each. More are refused with `busy`.
pub const INBOX: usize = 1024;

/// Somebody at the door.
pub struct Arrival {
    /// Their line.
    pub line: LineId,
    /// What goes out on it. The welcome is put here before the verdict comes.
    pub outbox: Outbox,
    /// As whom.
    pub enter: Enter,
    /// What the door found out about them, for newcomers.
    pub pass: DoorPass,
    /// Whether they are in.
    pub verdict: oneshot::Sender<Result<PersonId, Refusal>>,
}

/// What is sent to a room.
pub enum ToRoom {
    /// Somebody wants in.
    Arrival(Box<Arrival>),
    /// A person wants something.
    Command { line: LineId, who: PersonId, message: ClientMessage },
    /// Everything that waited for a slow reader is written.
    CaughtUp { line: LineId, who: PersonId },
    /// A line is gone.
    Lost { line: LineId, who: PersonId },
    /// What is on in the room: sent by the calendar's clockwork at the start, and whenever it changes.
    Agenda {
        /// The session whose doors are open. The same again, edited, changes it; another one replaces it.
        session: Option<Box<Planned>>,
        /// Whether the room is open without a session, by its opening hours.
        open: bool,
    },
    /// A member of staff lost their login (`login` names which, absent: all of them) or got another role.
    Revoke {
        /// The account.
        account: String,
        /// The login; absent for every login of the account.
        login: Option<String>,
        /// The new role; absent: none, and their line closes.
        role: Option<Role>,
    },
    /// The office tells something.
    Desk(Box<News>),
    /// The server stops: keep everybody's seat and say when to come back.
    Stop { done: oneshot::Sender<()> },
}

impl ToRoom {
    /// Whether it is early enough to look at this at the next tick: a command that is answered, and silences nobody.
    fn can_wait(&self) -> bool {
        matches!(self, Self::Command { message, .. } if message.nonce().is_some() && !hurries(message))
    }
}

/// The address of a room. Cheap to clone.
#[derive(Clone)]
pub struct RoomHandle {
    to: mpsc::Sender<ToRoom>,
    hurry: Arc<Notify>,
    inside: Arc<AtomicU16>,
}

/// The room's side of its handles.
pub struct Doorway {
    /// What is sent to the room.
    pub(super) inbox: mpsc::Receiver<ToRoom>,
    /// Something in the inbox does not wait for the tick.
    pub(super) hurry: Arc<Notify>,
    /// How many people are inside, for those who ask the handle.
    pub(super) inside: Arc<AtomicU16>,
}

/// A handle and the room's side of it.
pub(super) fn doorway(inside: usize) -> (RoomHandle, Doorway) {
    let (to, inbox) = mpsc::channel(INBOX);
    let (hurry, inside) = (Arc::new(Notify::new()), Arc::new(AtomicU16::new(inside as u16)));
    (RoomHandle { to, hurry: hurry.clone(), inside: inside.clone() }, Doorway { inbox, hurry, inside })
}

impl RoomHandle {
    /// How many people are inside.
    pub fn inside(&self) -> u16 {
        self.inside.load(Ordering::Relaxed)
    }

    /// Sends without waiting.
    ///
    /// # Errors
    /// `busy` if too much waits already, `room_closed` if the room is gone.
    pub fn try_send(&self, message: ToRoom) -> Result<(), RefusalCode> {
        let can_wait = message.can_wait();
        self.to.try_send(message).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => RefusalCode::Busy,
            mpsc::error::TrySendError::Closed(_) => RefusalCode::RoomClosed,
        })?;
        // A room that gathers does not look by itself; nobody is refused because it gathers.
        if !can_wait || self.to.capacity() < INBOX / 2 {
            self.hurry.notify_one();
        }
        Ok(())
    }

    /// Sends, and waits for a place. Does nothing if the room is gone.
    pub async fn send(&self, message: ToRoom) {
        // A room that is gone has nothing to be told.
        let _ = self.to.send(message).await;
        self.hurry.notify_one();
    }

    /// Whether this is the address of the same room, not of one that has opened anew since.
    pub fn same(&self, other: &Self) -> bool {
        self.to.same_channel(&other.to)
    }

    /// Returns when the room is gone.
    pub async fn gone(&self) {
        self.to.closed().await;
    }
}
