//! What the rooms tell the engine. It is not queued: of each room only what it said last counts, a hung-up connection hangs
//! up an offer that still waits, and so nothing that silences somebody can be lost or be late.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::{Notify, oneshot};

use super::join::Joined;
use super::media::Hearing;
use super::peer::Owner;
use crate::line::LineId;

/// Offers that are being answered at once. Each holds a connection of some 100 KiB; all of a thousand people who come back
/// after a restart are served in a few seconds, since a client that is refused tries again.
const OFFERS: usize = 256;

/// Somebody whose connection is ready.
pub struct Newcomer {
    /// Whose.
    pub owner: Owner,
    /// The connection.
    pub joined: Joined,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<String, RefusalCode>>,
}

/// What has come since the engine looked last.
#[derive(Default)]
pub struct Letters {
    /// Hung up.
    pub gone: Vec<(PersonId, LineId)>,
    /// Ready to come in.
    pub newcomers: Vec<Newcomer>,
    /// What rooms said, the last of each.
    pub hearings: HashMap<Arc<str>, Hearing>,
    /// The server stops.
    pub stop: bool,
}

/// The letter box.
#[derive(Default)]
pub struct Post {
    open: Mutex<Open>,
    any: AtomicBool,
    bell: Notify,
}

#[derive(Default)]
struct Open {
    letters: Letters,
    /// Offers under way: whose, on which line, and which of theirs. Only the last one of a person comes in.
    offers: HashMap<PersonId, (LineId, u64)>,
    practising: usize,
    count: u64,
}

/// An offer under way. However it ends, its place is free again.
pub struct Offer {
    post: Arc<Post>,
    who: Option<PersonId>,
    count: u64,
}

impl Post {
    fn with<T>(&self, change: impl FnOnce(&mut Open) -> T) -> T {
        change(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn ring(&self) {
        self.any.store(true, Ordering::Release);
        self.bell.notify_one();
    }

    /// An offer has come, of a person or of somebody who practises; `None` if there are too many.
    pub fn offer(self: &Arc<Self>, whose: Option<(PersonId, LineId)>) -> Option<Offer> {
        self.with(|open| {
            if open.offers.len() + open.practising >= OFFERS {
                return None;
            }
            open.count += 1;
            match whose {
                Some((who, line)) => drop(open.offers.insert(who, (line, open.count))),
                None => open.practising += 1,
            }
            Some(Offer { post: self.clone(), who: whose.map(|(who, _)| who), count: open.count })
        })
    }

    /// Somebody hangs up: neither what they have nor what they offered is theirs any more.
    pub fn hang_up(&self, who: PersonId, line: LineId) {
        self.with(|open| {
            if open.offers.get(&who).is_some_and(|(offered, _)| *offered == line) {
                open.offers.remove(&who);
            }
            let theirs = |newcomer: &Newcomer| {
                matches!(newcomer.owner, Owner::Person { who: one, line: on, .. } if one == who && on == line)
            };
            open.letters.newcomers.retain(|newcomer| !theirs(newcomer));
            open.letters.gone.push((who, line));
        });
        self.ring();
    }

    /// A room says who hears whom.
    pub fn hearing(&self, room: &Arc<str>, hearing: Hearing) {
        self.with(|open| open.letters.hearings.insert(room.clone(), hearing));
        self.ring();
    }

    /// The server stops.
    pub fn stop(&self) {
        self.with(|open| open.letters.stop = true);
        self.ring();
    }

    /// What has come, if anything. Looking costs next to nothing: it is done before each packet.
    pub fn collect(&self) -> Option<Letters> {
        // The swap is dearer than the look, and only needed when there is something.
        if !self.any.load(Ordering::Relaxed) || !self.any.swap(false, Ordering::Acquire) {
            return None;
        }
        Some(self.with(|open| std::mem::take(&mut open.letters)))
    }

    /// Returns when there is something.
    pub async fn wait(&self) {
        while !self.any.load(Ordering::Acquire) {
            self.bell.notified().await;
        }
    }
}

impl Offer {
    /// The connection is ready. It comes in, unless it was hung up or overtaken by another one meanwhile.
    pub fn bring(self, newcomer: Newcomer) {
        let post = self.post.clone();
        post.with(|open| {
            let last = |who| open.offers.get(&who).is_some_and(|(_, count)| *count == self.count);
            if self.who.is_none_or(last) {
                open.letters.newcomers.push(newcomer);
            }
        });
        post.ring();
    }
}

impl Drop for Offer {
    fn drop(&mut self) {
        self.post.with(|open| match self.who {
            None => open.practising -= 1,
            Some(who) if open.offers.get(&who).is_some_and(|(_, count)| *count == self.count) => {
                open.offers.remove(&who);
            }
            Some(_) => {}
        });
    }
}
