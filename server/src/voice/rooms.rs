//! Who hears whom, as the rooms last said, turned into what a packet needs: each talker's listeners.

use std::collections::HashMap;
use std::sync::Arc;

use ibasho_protocol::ids::PersonId;
use slab::Slab;

use super::book::{Book, Key};
use super::media::{Hearing, News};
use super::peer::{Peer, Talks};

/// What the rooms said.
#[derive(Default)]
pub struct Rooms(HashMap<Arc<str>, Hearing>);

impl Rooms {
    /// A room says anew who hears whom.
    pub fn say(&mut self, room: Arc<str>, hearing: Hearing, peers: &mut Slab<Peer>, book: &Book) {
        let before = self.0.remove(&room).unwrap_or_default();
        let mut touched: Vec<Key> = Vec::new();
        for talker in &before.talkers {
            if let Some(peer) = book.by_person(talker.who).and_then(|key| peers.get_mut(key)) {
                touched.append(&mut peer.listeners);
                peer.talks = Talks::No;
            }
        }
        apply(&hearing, peers, book);
        for talker in &before.talkers {
            fall_silent(talker.who, peers, book);
        }
        touched.sort_unstable();
        touched.dedup();
        for listener in touched {
            leave_slots(listener, peers, book);
        }
        if !hearing.talkers.is_empty() {
            self.0.insert(room, hearing);
        }
    }

    /// Somebody's connection is new: what was said of them is in force for it.
    pub fn enter(&self, who: PersonId, peers: &mut Slab<Peer>, book: &Book) {
        let speaks_of = |hearing: &&Hearing| {
            hearing.talkers.iter().any(|talker| talker.who == who || talker.heard_by.contains(&who))
        };
        for hearing in self.0.values().filter(speaks_of) {
            apply(hearing, peers, book);
        }
    }
}

fn apply(hearing: &Hearing, peers: &mut Slab<Peer>, book: &Book) {
    for talker in &hearing.talkers {
        let Some(key) = book.by_person(talker.who) else { continue };
        let peer = &mut peers[key];
        peer.talks = if talker.first { Talks::First } else { Talks::Yes };
        peer.listeners.clear();
        // Nobody hears themselves, whatever a room says.
        let heard_by = talker.heard_by.iter().filter_map(|who| book.by_person(*who));
        peer.listeners.extend(heard_by.filter(|listener| *listener != key));
    }
}

/// Whoever may not be heard any more has stopped speaking.
fn fall_silent(who: PersonId, peers: &mut Slab<Peer>, book: &Book) {
    let Some(peer) = book.by_person(who).and_then(|key| peers.get_mut(key)) else { return };
    if peer.talks == Talks::No && peer.level.end() {
        peer.tell(|who, _| News::Speaks { who, on: false });
    }
}

/// Those whom a listener does not hear any more leave the listener's slots.
pub fn leave_slots(listener: Key, peers: &mut Slab<Peer>, book: &Book) {
    let Some(mut slots) =
        peers.get_mut(listener).map(|peer| std::mem::replace(&mut peer.slots, super::slots::Slots::new(0)))
    else {
        return;
    };
    let changed = slots.keep(|who| {
        let talker = book.by_person(who).and_then(|key| peers.get(key));
        talker.is_some_and(|talker| talker.talks != Talks::No && talker.listeners.contains(&listener))
    });
    let peer = &mut peers[listener];
    peer.slots = slots;
    if changed {
        peer.tell_slots();
    }
}
