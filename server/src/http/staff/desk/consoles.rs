//! Who has the console open. A colleague sees it before they hand something over, and the place knows whether anybody
//! would see a cry for help.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ibasho_moderation::desk::subject::Actor;
use tokio::sync::broadcast;

/// Most consoles of one member of staff: a computer, a telephone, and what was not closed properly.
const EACH: usize = 8;
/// Most consoles at once. Each holds a connection and a place in the queue of live events.
const MOST: usize = 200;
/// How many changes wait for a console that does not read. One that is behind loads anew.
const CHANGES: usize = 16;

/// Who has the console open.
#[derive(Clone)]
pub(crate) struct Consoles {
    open: Arc<Mutex<Open>>,
    changed: broadcast::Sender<()>,
}

#[derive(Default)]
struct Open {
    all: BTreeMap<u64, Seat>,
    /// The next number.
    next: u64,
}

/// Somebody who listens.
struct Seat {
    /// As what.
    actor: Actor,
    /// In the page of this room, not at a console.
    room: Option<String>,
}

/// An open console; closed when dropped.
pub(crate) struct Console {
    consoles: Consoles,
    number: u64,
}

impl Default for Consoles {
    fn default() -> Self {
        Self { open: Arc::default(), changed: broadcast::channel(CHANGES).0 }
    }
}

impl Consoles {
    /// Whether this member of staff has one open.
    pub(crate) fn is_open(&self, staff: u64) -> bool {
        self.open().of(staff) > 0
    }

    /// Whether anybody is on duty in a room: at a console, or in the page of this room, and one who `sees` what it is about.
    pub(super) fn on_duty(&self, room: Option<&str>, sees: impl Fn(&Actor) -> bool) -> bool {
        self.open().all.values().any(|seat| is_near(seat.room.as_deref(), room) && sees(&seat.actor))
    }

    /// Who would see what happens in this room, at a console or in its page.
    pub(crate) fn reaching(&self, room: &str) -> BTreeSet<u64> {
        let open = self.open();
        let near = open.all.values().filter(|seat| is_near(seat.room.as_deref(), Some(room)));
        near.filter(|seat| seat.actor.reaches(Some(room))).map(|seat| seat.actor.id).collect()
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Told whenever somebody comes or goes.
    pub(crate) fn changes(&self) -> broadcast::Receiver<()> {
        self.changed.subscribe()
    }

    /// Opens one, at the console or in the page of a room; `None` where there are too many.
    pub(super) fn enter(&self, actor: Actor, room: Option<String>) -> Option<Console> {
        let mut open = self.open();
        let (staff, number) = (actor.id, open.next);
        let own = open.of(staff);
        if own >= EACH || open.all.len() >= MOST {
            return None;
        }
        open.next += 1;
        open.all.insert(number, Seat { actor, room });
        drop(open);
        self.tell();
        Some(Console { consoles: self.clone(), number })
    }

    /// Nobody may be listening.
    fn tell(&self) {
        let _ = self.changed.send(());
    }
}

impl Open {
    /// How many this member of staff has open.
    fn of(&self, staff: u64) -> usize {
        self.all.values().filter(|seat| seat.actor.id == staff).count()
    }
}

impl Console {
    /// What somebody may see follows their role as it is now.
    pub(super) fn is_of(&self, actor: &Actor) {
        if let Some(seat) = self.consoles.open().all.get_mut(&self.number) {
            seat.actor.clone_from(actor);
        }
    }
}

/// Whether somebody who listens there is at hand for a room: whoever sits in another one is busy with that.
pub(super) fn is_near(at: Option<&str>, room: Option<&str>) -> bool {
    at.is_none() || at == room
}

impl Drop for Console {
    fn drop(&mut self) {
        let mut open = self.consoles.open();
        open.all.remove(&self.number);
        drop(open);
        self.consoles.tell();
    }
}
