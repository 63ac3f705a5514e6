//! Where sound comes in and goes out: one number for UDP and TCP, and the addresses under which clients find it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use socket2::{Domain, Protocol, Socket, Type};

use crate::config::voice::VoiceConfig;

/// How often a number that is free for UDP is tried when any will do: it may be taken for TCP.
const TRIES: usize = 20;
/// What the kernel keeps for a loop that is busy for a moment, in bytes (it doubles it, and may allow less): a tenth of a
/// second of a thousand people who speak.
const BUFFER: usize = 2 * 1024 * 1024;
/// TCP connections that wait to be accepted.
const BACKLOG: i32 = 256;

/// Open sockets.
pub struct Sockets {
    /// For UDP, if it is used.
    pub udp: Option<UdpSocket>,
    /// For TCP.
    pub tcp: std::net::TcpListener,
    /// Where clients find both; never empty.
    pub announced: Vec<SocketAddr>,
}

/// Opens them.
///
/// # Errors
/// The address is in use or not ours.
pub fn open(config: &VoiceConfig) -> io::Result<Sockets> {
    let mut opened = open_at(config, config.listen);
    for _ in 0..TRIES {
        if config.listen.port() != 0 || opened.is_ok() {
            break;
        }
        opened = open_at(config, config.listen);
    }
    opened
}

fn open_at(config: &VoiceConfig, listen: SocketAddr) -> io::Result<Sockets> {
    let udp = config.udp.then(|| bind(listen, Type::DGRAM)).transpose()?;
    let bound = udp.as_ref().map_or(Ok(listen), local)?;
    let tcp = bind(bound, Type::STREAM)?;
    tcp.listen(BACKLOG)?;
    let port = local(&tcp)?.port();
    let announced = announced(config).into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
    Ok(Sockets { udp: udp.map(UdpSocket::from), tcp: tcp.into(), announced })
}

fn bind(address: SocketAddr, kind: Type) -> io::Result<Socket> {
    let protocol = if kind == Type::DGRAM { Protocol::UDP } else { Protocol::TCP };
    let socket = Socket::new(Domain::for_address(address), kind, Some(protocol))?;
    socket.set_nonblocking(true)?;
    if kind == Type::DGRAM {
        // Refused or cut down: then a busy moment costs packets, which are counted by the kernel.
        let _ = (socket.set_recv_buffer_size(BUFFER), socket.set_send_buffer_size(BUFFER));
    } else {
        // A restart must not wait for old connections. For UDP it would let two servers share a number.
        socket.set_reuse_address(true)?;
    }
    if address.is_ipv6() && address.ip().is_unspecified() {
        socket.set_only_v6(false)?;
    }
    socket.bind(&address.into())?;
    Ok(socket)
}

fn local(socket: &Socket) -> io::Result<SocketAddr> {
    socket.local_addr()?.as_socket().ok_or_else(|| io::Error::other("no address"))
}

/// The addresses clients are told.
fn announced(config: &VoiceConfig) -> Vec<IpAddr> {
    if !config.announce.is_empty() {
        return config.announce.clone();
    }
    if !config.listen.ip().is_unspecified() {
        return vec![config.listen.ip()];
    }
    let mut own: Vec<IpAddr> = [
        towards(Ipv4Addr::new(192, 0, 2, 1).into()),
        config.listen.is_ipv6().then(|| towards(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())).flatten(),
    ]
    .into_iter()
    .flatten()
    .collect();
    // For who tries it on this very machine.
    if !own.iter().any(IpAddr::is_loopback) {
        own.push(Ipv4Addr::LOCALHOST.into());
    }
    own
}

/// This machine's address on the way to another (RFC 5737 and 3849: nobody's). Connecting a UDP socket sends nothing.
fn towards(other: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = if other.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((other, 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}
