//! Packets on their way out: over the UDP socket, or a client's TCP connection.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use foldhash::fast::RandomState;
use str0m::net::Protocol;
use tokio::net::UdpSocket;

use super::book::Route;
use super::count::{Counts, Dropped};
use super::tcp::Wire;

/// The ways out.
pub struct Net {
    /// UDP, if it is used.
    pub udp: Option<UdpSocket>,
    /// Whether the socket wants IPv4 addresses written as IPv6 (RFC 4291, 2.5.5.2).
    mapped: bool,
    /// The addresses clients were told.
    announced: Vec<SocketAddr>,
    tcp: std::collections::HashMap<SocketAddr, Wire, RandomState>,
    /// The time of this batch.
    pub now: Instant,
    /// The packet that is being made; kept for its memory.
    pub packet: Vec<u8>,
    /// What went and what did not.
    pub counts: Arc<Counts>,
}

impl Net {
    /// With these sockets.
    pub fn new(udp: Option<UdpSocket>, announced: Vec<SocketAddr>, counts: Arc<Counts>) -> Self {
        let mapped = udp.as_ref().and_then(|udp| udp.local_addr().ok()).is_some_and(|address| address.is_ipv6());
        Self {
            udp,
            mapped,
            announced,
            tcp: std::collections::HashMap::default(),
            now: Instant::now(),
            packet: Vec::new(),
            counts,
        }
    }

    /// Our address as a client at `from` knows it.
    pub fn ours(&self, from: SocketAddr) -> SocketAddr {
        let same = self.announced.iter().find(|ours| ours.is_ipv4() == from.is_ipv4());
        *same.unwrap_or(&self.announced[0])
    }

    /// Sends a packet, or drops it.
    pub fn send(&mut self, packet: &[u8], (protocol, to): Route) {
        if protocol == Protocol::Udp {
            let Some(udp) = &self.udp else { return };
            let to = if self.mapped { as_mapped(to) } else { to };
            if udp.try_send_to(packet, to).is_err() {
                self.counts.dropped(Dropped::Unsent);
            }
            return;
        }
        let Some(wire) = self.tcp.get_mut(&to) else {
            return self.counts.dropped(Dropped::SlowReader);
        };
        if let Err(gone) = wire.send(Bytes::copy_from_slice(packet), self.now) {
            self.counts.dropped(Dropped::SlowReader);
            if gone {
                self.tcp.remove(&to);
            }
        }
    }

    /// A TCP connection has been opened.
    pub fn open(&mut self, from: SocketAddr, wire: Wire) {
        self.tcp.insert(from, wire);
    }

    /// It is known whose a TCP connection is.
    pub fn is_known(&self, from: SocketAddr) {
        if let Some(wire) = self.tcp.get(&from) {
            wire.is_known();
        }
    }

    /// A TCP connection is of no use any more.
    pub fn close(&mut self, from: SocketAddr) {
        self.tcp.remove(&from);
    }
}

/// An address as it came from the socket, without the disguise of IPv4 in IPv6.
pub fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn as_mapped(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
        IpAddr::V6(_) => address,
    }
}
