//! Who is where: by the address of a packet, by the name in a STUN message, by person.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use foldhash::fast::RandomState;
use ibasho_protocol::ids::PersonId;
use str0m::net::Protocol;

type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// Most addresses of one connection in its life: two networks with both kinds of address, and some for a NAT that
/// changes its mind. After that it fails, and the client offers anew.
const ADDRESSES: usize = 8;
/// For so long an address stays with the connection that was last heard from there, whatever another one claims. Clients
/// check every few seconds (RFC 7675: consent ends after 30 s).
const OWNED: Duration = Duration::from_secs(15);

/// A peer: its place in the engine.
pub type Key = usize;

/// How packets come from somewhere.
pub type Route = (Protocol, SocketAddr);

/// Where everybody is.
#[derive(Default)]
pub struct Book {
    routes: HashMap<Route, (Key, Instant)>,
    names: HashMap<String, Key>,
    people: HashMap<PersonId, Key>,
}

impl Book {
    /// Whose packets come from there.
    pub fn by_route(&self, route: Route) -> Option<Key> {
        self.routes.get(&route).map(|(key, _)| *key)
    }

    /// Whose name this is (RFC 8445: user name fragment).
    pub fn by_name(&self, name: &str) -> Option<Key> {
        self.names.get(name).copied()
    }

    /// Whose connection is a person's.
    pub fn by_person(&self, who: PersonId) -> Option<Key> {
        self.people.get(&who).copied()
    }

    /// Somebody new.
    pub fn enter(&mut self, key: Key, name: String, who: Option<PersonId>) {
        self.names.insert(name, key);
        if let Some(who) = who {
            self.people.insert(who, key);
        }
    }

    /// A signed message of `key` came from there; `known` are the addresses it has. Tells whether its packets are taken
    /// from there.
    pub fn heard_from(&mut self, route: Route, key: Key, known: &mut Vec<Route>, now: Instant) -> bool {
        match self.routes.get_mut(&route) {
            Some((owner, heard)) if *owner == key => {
                *heard = now;
                return true;
            }
            Some((_, heard)) if now.saturating_duration_since(*heard) < OWNED => return false,
            _ => {}
        }
        if known.len() >= ADDRESSES && !known.contains(&route) {
            return false;
        }
        if !known.contains(&route) {
            known.push(route);
        }
        self.routes.insert(route, (key, now));
        true
    }

    /// Nobody is there any more.
    pub fn forget(&mut self, route: Route) {
        self.routes.remove(&route);
    }

    /// Somebody is gone.
    pub fn leave(&mut self, key: Key, name: &str, who: Option<PersonId>, known: &[Route]) {
        self.names.remove(name);
        if let Some(who) = who.filter(|who| self.by_person(*who) == Some(key)) {
            self.people.remove(&who);
        }
        for route in known {
            if self.by_route(*route) == Some(key) {
                self.routes.remove(route);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_with_who_is_heard_from_it() {
        let (mut book, start) = (Book::default(), Instant::now());
        let route = |port| (Protocol::Udp, SocketAddr::from(([192, 0, 2, 1], port)));
        let (mut one, mut two) = (Vec::new(), Vec::new());
        assert!(book.heard_from(route(1), 1, &mut one, start));
        assert!(!book.heard_from(route(1), 2, &mut two, start + Duration::from_secs(1)), "somebody else's");
        assert!(book.heard_from(route(1), 1, &mut one, start + Duration::from_secs(14)));
        assert!(!book.heard_from(route(1), 2, &mut two, start + Duration::from_secs(16)));
        assert!(book.heard_from(route(1), 2, &mut two, start + Duration::from_secs(29)), "given up");
        book.leave(1, "", None, &one);
        assert_eq!(book.by_route(route(1)), Some(2), "what another has stays theirs");
        assert!((2..9).all(|port| book.heard_from(route(port), 2, &mut two, start)));
        assert!(!book.heard_from(route(9), 2, &mut two, start), "one too many");
        assert_eq!(two.len(), 8);
    }
}
