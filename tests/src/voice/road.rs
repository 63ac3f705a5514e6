//! The sockets of a [`super::peer::Peer`].

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};

use bytes::{Buf, BytesMut};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use str0m::Candidate;
use str0m::net::{Protocol, TcpType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream, UdpSocket};

use super::SocketAddrs;

/// Longest datagram that is read: no path carries a longer one in one piece.
const DATAGRAM: usize = 2_000;

/// Every peer has an address of its own in this net of the loopback, so that an address that leaks is seen at once.
pub const NET: [u8; 3] = [127, 0, 77];

/// How a peer reaches the server.
pub struct Road {
    wires: Wires,
    /// Its own address.
    pub local: SocketAddr,
    /// Loses and reorders what is sent.
    mishaps: Option<Mishaps>,
}

enum Wires {
    Udp(UdpSocket),
    /// Framed by RFC 4571: each packet after its length in two bytes.
    Tcp {
        stream: TcpStream,
        server: SocketAddr,
        inbox: BytesMut,
    },
}

struct Mishaps {
    dice: StdRng,
    /// A datagram that is sent after the next one.
    late: Option<(Vec<u8>, SocketAddr)>,
}

/// An address that no other peer of this process has.
fn own_address() -> IpAddr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let [a, b, c] = NET;
    Ipv4Addr::new(a, b, c, NEXT.fetch_add(1, Ordering::Relaxed).max(1)).into()
}

impl Road {
    /// By UDP.
    pub async fn udp(_server: SocketAddrs) -> Self {
        let socket = UdpSocket::bind((own_address(), 0)).await.expect("a port");
        let local = socket.local_addr().expect("an address");
        Self { wires: Wires::Udp(socket), local, mishaps: None }
    }

    /// By UDP that loses one packet in ten and brings another one in ten after its follower.
    pub async fn bad_udp(server: SocketAddrs, seed: u64) -> Self {
        let mishaps = Some(Mishaps { dice: StdRng::seed_from_u64(seed), late: None });
        Self { mishaps, ..Self::udp(server).await }
    }

    /// By TCP, from this side to the server.
    pub async fn tcp(server: SocketAddrs) -> Self {
        let server = *server.tcp.first().expect("the server listens on TCP");
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((own_address(), 0).into()).expect("a port");
        let stream = socket.connect(server).await.expect("the server listens");
        stream.set_nodelay(true).expect("no delay");
        let local = stream.local_addr().expect("an address");
        Self { wires: Wires::Tcp { stream, server, inbox: BytesMut::new() }, local, mishaps: None }
    }

    /// How ICE calls this side of it.
    pub fn candidate(&self) -> Candidate {
        let made = match self.wires {
            Wires::Udp(_) => Candidate::builder().udp().host(self.local).build(),
            Wires::Tcp { .. } => Candidate::builder().tcp().host(self.local).tcptype(TcpType::Active).build(),
        };
        made.expect("a candidate")
    }

    /// Which of the two it is.
    pub fn protocol(&self) -> Protocol {
        match self.wires {
            Wires::Udp(_) => Protocol::Udp,
            Wires::Tcp { .. } => Protocol::Tcp,
        }
    }

    /// Sends a packet.
    pub async fn send(&mut self, packet: &[u8], to: SocketAddr) {
        let Some(mishaps) = &mut self.mishaps else { return self.put(packet, to).await };
        // Only media: without a handshake there is nothing to test. The first byte tells them apart (RFC 7983).
        let media = packet.first().is_some_and(|first| (128..192).contains(first));
        match mishaps.dice.random_range(0..10) {
            0 if media => return,
            1 if media && mishaps.late.is_none() => {
                mishaps.late = Some((packet.to_vec(), to));
                return;
            }
            _ => {}
        }
        let late = mishaps.late.take();
        self.put(packet, to).await;
        if let Some((packet, to)) = late {
            self.put(&packet, to).await;
        }
    }

    async fn put(&mut self, packet: &[u8], to: SocketAddr) {
        // A socket that does not take it loses it, as networks do; the test sees that something is lacking.
        match &mut self.wires {
            Wires::Udp(socket) => _ = socket.send_to(packet, to).await,
            Wires::Tcp { stream, .. } => {
                let mut framed = (packet.len() as u16).to_be_bytes().to_vec();
                framed.extend(packet);
                let _ = stream.write_all(&framed).await;
            }
        }
    }

    /// Waits for a packet; `server`'s address comes with it. May be dropped while it waits.
    pub async fn receive(&mut self) -> io::Result<(Vec<u8>, SocketAddr)> {
        match &mut self.wires {
            Wires::Udp(socket) => {
                let mut packet = vec![0; DATAGRAM];
                let (len, from) = socket.recv_from(&mut packet).await?;
                packet.truncate(len);
                Ok((packet, from))
            }
            Wires::Tcp { stream, server, inbox } => loop {
                if let Some(length) = inbox.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)))
                    && inbox.len() >= 2 + length
                {
                    inbox.advance(2);
                    return Ok((inbox.split_to(length).to_vec(), *server));
                }
                if stream.read_buf(inbox).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            },
        }
    }
}
