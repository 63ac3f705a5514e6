//! The cheapest server there can be: one thread that reads and discards, and writes pre-built frames at the times
//! and with the sizes that a real server had. What a real server costs is compared with this.
//!
//! `floor TRACE CONNECTIONS`: prints its address, serves so many connections, begins with the first message on the
//! first of them, and ends when its input closes.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ibasho_tests::load::trace;
use ibasho_tests::wire;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use socket2::{Domain, Socket, Type};

const LISTENER: Token = Token(usize::MAX);

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let trace = trace::read(Path::new(&args.next().context("a trace")?))?;
    let connections: usize = args.next().context("how many connections")?.parse()?;
    let mut frames: HashMap<u32, Vec<u8>> = HashMap::new();
    for sent in &trace {
        frames.entry(sent.size).or_insert_with(|| wire::server_filler(sent.size as usize));
    }

    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>()?.into())?;
    socket.listen(4096)?;
    let mut listener = TcpListener::from_std(socket.into());
    println!("{}", listener.local_addr()?);
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });

    let mut poll = Poll::new()?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(1024);
    let mut streams: Vec<TcpStream> = Vec::with_capacity(connections);
    let mut buffer = vec![0; 64 * 1024];
    let mut upgraded = vec![false; connections];
    let mut begun: Option<Instant> = None;
    let mut next = 0;
    loop {
        let due = begun.and_then(|begun| trace.get(next).map(|sent| begun + Duration::from_millis(sent.at.into())));
        poll.poll(&mut events, due.map(|due| due.saturating_duration_since(Instant::now())))?;
        for event in &events {
            if event.token() == LISTENER {
                while let Ok((mut stream, _)) = listener.accept() {
                    stream.set_nodelay(true)?;
                    poll.registry().register(&mut stream, Token(streams.len()), Interest::READABLE)?;
                    streams.push(stream);
                }
                continue;
            }
            let number = event.token().0;
            let everybody = streams.len() == connections;
            let stream = &mut streams[number];
            // Edge-triggered: a read that did not fill the buffer has taken everything.
            while let Ok(read @ 1..) = stream.read(&mut buffer) {
                if !upgraded[number] {
                    upgraded[number] = true;
                    stream.write_all(&wire::upgrade_answer())?;
                } else if number == 0 && begun.is_none() && everybody {
                    begun = Some(Instant::now());
                }
                if read < buffer.len() {
                    break;
                }
            }
        }
        let Some(begun) = begun else { continue };
        let elapsed = begun.elapsed().as_millis() as u32;
        while let Some(sent) = trace.get(next).filter(|sent| sent.at <= elapsed) {
            // A full socket drops the frame: that only makes the floor cheaper.
            let _ = streams[sent.conn as usize].write(&frames[&sent.size]);
            next += 1;
        }
    }
}
