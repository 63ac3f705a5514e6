//! What comes in: which packet of whom it is, and whether it is let through to anything that costs more.

use str0m::Input;
use str0m::ice::StunMessage;
use str0m::net::{Protocol, Receive};

use super::book::{Key, Route};
use super::count::Dropped;
use super::engine::Engine;

/// Largest datagram, in bytes: what an Ethernet carries. A handshake with a long certificate needs it.
pub const DATAGRAM: usize = 1500;
/// Largest packet with sound, in bytes, as `PROTOCOL.md` says. Opus at its best takes 200.
pub const RTP_BYTES: usize = 1200;

/// What a datagram is, by its first bytes (RFC 7983, RFC 5761).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stun,
    Dtls,
    Rtp,
    Rtcp,
}

impl Engine {
    /// A datagram has come.
    pub(super) fn packet(&mut self, from: Route, bytes: &[u8]) {
        let Some(kind) = kind(bytes) else { return self.net.counts.dropped(Dropped::Malformed) };
        if bytes.len() > DATAGRAM || (kind == Kind::Rtp && bytes.len() > RTP_BYTES) {
            return self.net.counts.dropped(Dropped::TooBig);
        }
        if kind == Kind::Stun {
            return self.check(from, bytes);
        }
        let Some(key) = self.book.by_route(from) else { return self.net.counts.dropped(Dropped::Stranger) };
        let ms = self.ms();
        if !self.peers[key].may_send(kind == Kind::Rtp, ms) {
            return self.net.counts.dropped(Dropped::TooFast);
        }
        if kind == Kind::Rtp {
            return self.sound(key, bytes);
        }
        let Some(receive) = self.receive(from, bytes) else { return self.net.counts.dropped(Dropped::Malformed) };
        self.feed(key, Input::Receive(self.net.now, receive));
    }

    /// A packet with sound has come.
    fn sound(&mut self, key: Key, packet: &[u8]) {
        self.net.counts.packets_in.inc();
        let mut payload = std::mem::take(&mut self.payload);
        match self.peers[key].hear(packet, &mut payload, &mut self.net) {
            Some(sound) => self.forward(key, &sound, &payload),
            None => self.net.counts.dropped(Dropped::Refused),
        }
        self.payload = payload;
    }

    /// A STUN message has come: the only thing that an address is believed by, and only if it is signed by the client whose
    /// connection it names.
    fn check(&mut self, from: Route, bytes: &[u8]) {
        // The library panics on its own faults, and this is read before anything is known of who sent it.
        let named = std::panic::catch_unwind(|| {
            let message = StunMessage::parse(bytes).ok()?;
            message.split_username().map(|(name, _)| (name.to_owned(), message.use_candidate()))
        });
        let Ok(Some((name, nominated))) = named else { return self.net.counts.dropped(Dropped::Malformed) };
        let Some(key) = self.book.by_name(&name) else { return self.net.counts.dropped(Dropped::Stranger) };
        let ms = self.ms();
        if !self.peers[key].may_send(false, ms) {
            return self.net.counts.dropped(Dropped::TooFast);
        }
        let Some(receive) = self.receive(from, bytes) else { return self.net.counts.dropped(Dropped::Malformed) };
        let input = Input::Receive(self.net.now, receive);
        let peer = &mut self.peers[key];
        if !peer.signed(&input) {
            return self.net.counts.dropped(Dropped::Unsigned);
        }
        if !self.book.heard_from(from, key, &mut peer.routes, self.net.now) {
            return self.net.counts.dropped(Dropped::Address);
        }
        if nominated {
            peer.to = Some(from);
        }
        if from.0 == Protocol::Tcp {
            self.net.is_known(from.1);
        }
        self.feed(key, input);
    }

    fn receive<'a>(&self, (protocol, source): Route, bytes: &'a [u8]) -> Option<Receive<'a>> {
        Receive::new(protocol, source, self.net.ours(source), bytes).ok()
    }
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [0..=1, ..] if bytes.len() >= 20 => Some(Kind::Stun),
        [20..=63, ..] if bytes.len() >= 13 => Some(Kind::Dtls),
        [128..=191, second, ..] if matches!(second & 0x7f, 64..=95) => (bytes.len() >= 22).then_some(Kind::Rtcp),
        [128..=191, ..] if bytes.len() >= 12 => Some(Kind::Rtp),
        _ => None,
    }
}
