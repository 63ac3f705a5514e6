//! The voice side of a person: a WebRTC client over real sockets that follows the chapter "Voice" of `PROTOCOL.md`.
//!
//! | module | holds |
//! |---|---|
//! | [`peer`] | a connection: its offer, its answer, talking, and what it hears |
//! | [`guest`] | somebody with a line and a voice |
//! | [`heard`] | every packet that arrived, and what such a list says |
//! | [`relay`] | a TURN server |
//! | [`road`] | the sockets: UDP, TCP, and UDP on which things go wrong |
//! | [`stamp`] | what a packet says about itself: whose it is, and when it was sent |

pub mod guest;
pub mod heard;
pub mod peer;
pub mod relay;
pub mod road;
pub mod stamp;

use std::net::{IpAddr, SocketAddr};

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::{Practice, Practising, SLOTS};

use crate::client::TestClient;
use crate::http::{self, Response};
use peer::{Dial, Peer};
use road::Road;

impl TestClient {
    /// Offers a connection with six slots, and waits until it is up.
    pub async fn call(&mut self) -> Peer {
        self.call_by(Road::udp).await
    }

    /// The same by another road.
    pub async fn call_by<F: Future<Output = Road>>(&mut self, road: impl FnOnce(SocketAddrs) -> F) -> Peer {
        self.call_with(Dial::new(SLOTS), road).await
    }

    /// The same with this offer.
    pub async fn call_with<F: Future<Output = Road>>(
        &mut self,
        dial: Dial,
        road: impl FnOnce(SocketAddrs) -> F,
    ) -> Peer {
        let answer = self.offer(&dial.sdp).await.expect("the offer is taken");
        let road = road(SocketAddrs::of(&answer)).await;
        let mut peer = dial.connect(&answer, road, self.me());
        peer.until("the connection", |heard| heard.up).await;
        peer
    }

    /// Sends an offer.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn offer(&mut self, sdp: &str) -> Result<String, RefusalCode> {
        match self.ask(|n| ClientMessage::Offer { n, sdp: sdp.into() }).await {
            Event::Answer { sdp, .. } => Ok(sdp),
            Event::Refused { refusal, .. } => Err(refusal.code),
            other => panic!("no answer to an offer: {other:?}"),
        }
    }

    /// Turns the microphone on or off; it must be done.
    pub async fn mic(&mut self, on: bool) {
        self.done(|n| ClientMessage::Mic { n, on }).await;
    }
}

/// Practises alone, and waits until the connection is up.
pub async fn practise(server: SocketAddr, who: PersonId) -> (Peer, Practising) {
    let dial = Dial::new(1);
    let practising: Practising = ask_to_practise(server, &dial.sdp).await.json();
    let road = Road::udp(SocketAddrs::of(&practising.sdp)).await;
    let mut peer = dial.connect(&practising.sdp, road, who);
    peer.until("the connection", |heard| heard.up).await;
    (peer, practising)
}

/// Asks for a practice, from a page of the server.
pub async fn ask_to_practise(server: SocketAddr, sdp: &str) -> Response {
    let practice = serde_json::to_string(&Practice { sdp: sdp.into() }).expect("JSON");
    let origin = format!("http://{server}");
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    http::ask(server, "POST", "/api/v1/practice", &headers, &practice).await
}

/// Where a server's media are, as its answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketAddrs {
    /// For UDP.
    pub udp: Vec<SocketAddr>,
    /// For TCP, passive.
    pub tcp: Vec<SocketAddr>,
}

impl SocketAddrs {
    /// Reads the candidates of an answer (RFC 8839, section 5.1; RFC 6544 for TCP).
    pub fn of(sdp: &str) -> Self {
        let mut addrs = Self { udp: Vec::new(), tcp: Vec::new() };
        for line in sdp.lines() {
            let Some(candidate) = line.strip_prefix("a=candidate:") else { continue };
            let fields: Vec<&str> = candidate.split(' ').collect();
            let &[_, _, transport, _, ip, port, ..] = fields.as_slice() else { panic!("a short candidate: {line}") };
            let ip: IpAddr = ip.parse().expect("an address");
            let addr = SocketAddr::new(ip, port.parse().expect("a port"));
            let list = if transport.eq_ignore_ascii_case("udp") { &mut addrs.udp } else { &mut addrs.tcp };
            // With BUNDLE each section may repeat them.
            if !list.contains(&addr) {
                list.push(addr);
            }
        }
        addrs
    }
}
