//! The cheapest forwarder there can be: one thread that takes a datagram from its socket and sends one of the right
//! size to each of those who hear its sender. What the real server costs is compared with this.
//!
//! `floor_udp PEOPLE GROUP SLOTS SIZE`: prints its address and forwards until its input closes. A datagram begins with
//! the number of its sender. People of one group hear each other, the first `SLOTS` of them; datagrams sent have `SIZE`
//! bytes.

use std::io::{self, Read};
use std::net::{SocketAddr, UdpSocket};

use anyhow::{Context, Result};
use ibasho_tests::load::streams::{listeners, sender_of};

fn main() -> Result<()> {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|arg| arg.parse()).collect::<Result<_, _>>()?;
    let &[people, group, slots, size] = numbers.as_slice() else { anyhow::bail!("four numbers") };
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    println!("{}", socket.local_addr()?);
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let targets: Vec<Vec<usize>> = (0..people).map(|who| listeners(who, group, slots)).collect();
    let mut places: Vec<Option<SocketAddr>> = vec![None; people];
    let mut buffer = vec![0; size.max(2_000)];
    loop {
        let (len, from) = socket.recv_from(&mut buffer)?;
        let who = sender_of(&buffer[..len]).filter(|&who| who < people).context("a datagram of nobody")?;
        places[who] = Some(from);
        for place in targets[who].iter().filter_map(|&listener| places[listener]) {
            // A socket that is full loses it, as the server's does.
            let _ = socket.send_to(&buffer[..size], place);
        }
    }
}
