//! Streams of voice against the server, and the same datagrams against the floor.

use std::time::Duration;

use anyhow::{Result, ensure};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::person::Way;
use ibasho_protocol::voice::SLOTS;
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::children::{Measured, room_id};
use super::life::{LIVING, OPEN, Shape};
use crate::client::TestClient;
use crate::measure::{cpu_seconds, memory_kib};
use crate::voice::peer::{PACE, Peer};
use crate::voice::stamp::clock;

/// So long everybody talks before the window opens: every slot is taken by then.
const SETTLE: Duration = Duration::from_secs(3);
/// A client's beat: well within the time after which a silent line is closed.
const BEAT: Duration = Duration::from_secs(15);
/// Packets of one stream in a second.
const PACKETS: f64 = 50.0;

/// Who talks to whom.
#[derive(Debug, Clone, Copy)]
pub struct Talk {
    /// Its name in `bench.json`: how many streams are forwarded.
    pub name: &'static str,
    /// How many groups, each in a room of its own.
    pub groups: usize,
    /// How many people in each; everybody talks all the time, which is more than people ever do.
    pub group: usize,
    shape: Shape,
}

/// 60 streams: thirty pairs. 180 and 600: thirty and a hundred people in one hall, each of whom hears six.
pub const TALKS: [Talk; 3] = [
    Talk { name: "60", groups: 30, group: 2, shape: LIVING },
    Talk { name: "180", groups: 1, group: 30, shape: OPEN },
    Talk { name: "600", groups: 1, group: 100, shape: OPEN },
];

impl Talk {
    /// How many people.
    pub fn people(&self) -> usize {
        self.groups * self.group
    }
}

/// What a run brought.
#[derive(Debug, Default)]
pub struct Streamed {
    /// Streams that arrived: packets received, over time and a stream's packets.
    pub streams: f64,
    /// Processor seconds of the measured process for each second.
    pub cpu: f64,
    /// Milliseconds from sending to receiving each packet, sorted.
    pub delays_ms: Vec<f64>,
    /// Bytes of a datagram, on average.
    pub size: usize,
    /// Resident mebibytes for each person, connection and line together. Only of the server.
    pub mb_per_peer: f64,
}

impl Streamed {
    /// Processor seconds for each stream and second.
    pub fn cost(&self) -> f64 {
        self.cpu / self.streams
    }
}

/// Whom a person of a group is heard by, when each hears the first `slots` others.
pub fn listeners(who: usize, group: usize, slots: usize) -> Vec<usize> {
    let (first, place) = (who - who % group, who % group);
    // Who is among the first themselves hears one more of them.
    let heard = |listener: &usize| place < slots + usize::from(*listener < place);
    (0..group).filter(|&listener| listener != place).filter(heard).map(|listener| first + listener).collect()
}

/// The number at the beginning of a datagram to the floor.
pub fn sender_of(datagram: &[u8]) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(*datagram.first_chunk()?)))
}

/// Everybody of a talk comes into the server, talks and listens for `window`.
pub async fn against_server(talk: &Talk, window: Duration) -> Result<Streamed> {
    let server = Measured::server(talk.groups, talk.shape)?;
    sleep(SETTLE).await;
    let before = memory_kib(server.pid())?;
    let mut people = Vec::new();
    for who in 0..talk.people() {
        people.push(Talker::enter(&server, &room_id(talk.shape, who / talk.group), who).await);
    }
    sleep(SETTLE).await;
    for person in &people {
        person.peer.forget();
    }
    let (cpu, begun) = (cpu_seconds(server.pid())?, clock());
    sleep(window).await;
    let (cpu, end) = (cpu_seconds(server.pid())? - cpu, clock());
    let mut streamed = Streamed::default();
    let mut bytes = 0;
    for person in &people {
        let heard = person.peer.heard();
        ensure!(heard.up && !heard.ended, "a connection has ended");
        let inside = heard.packets.iter().filter(|packet| packet.at > begun && packet.at <= end);
        for packet in inside {
            bytes += packet.size;
            streamed.delays_ms.push(packet.at.saturating_sub(packet.stamp.sent).as_secs_f64() * 1e3);
        }
    }
    streamed.size = bytes / streamed.delays_ms.len().max(1);
    streamed.mb_per_peer = memory_kib(server.pid())?.saturating_sub(before) as f64 / 1024.0 / people.len() as f64;
    Ok(streamed.over(end.saturating_sub(begun), cpu))
}

/// The same datagrams go through the floor: as many in, as many out of the same size, to as many people.
pub async fn against_floor(talk: &Talk, window: Duration, size: usize) -> Result<Streamed> {
    let floor = Measured::floor_udp(talk.people(), talk.group, SLOTS, size)?;
    let mut people = Vec::new();
    for who in 0..talk.people() {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        socket.connect(floor.addr).await?;
        people.push(tokio::spawn(plain(socket, who as u16, size, window)));
    }
    sleep(SETTLE).await;
    let (cpu, begun) = (cpu_seconds(floor.pid())?, clock());
    sleep(window).await;
    let (cpu, end) = (cpu_seconds(floor.pid())? - cpu, clock());
    let mut streamed = Streamed::default();
    for person in people {
        let arrived = person.await??;
        let inside = arrived.iter().filter(|(at, _)| *at > begun && *at <= end);
        streamed.delays_ms.extend(inside.map(|(at, sent)| at.saturating_sub(*sent).as_secs_f64() * 1e3));
    }
    Ok(streamed.over(end.saturating_sub(begun), cpu))
}

impl Streamed {
    fn over(mut self, time: Duration, cpu: f64) -> Self {
        self.delays_ms.sort_by(f64::total_cmp);
        self.streams = self.delays_ms.len() as f64 / time.as_secs_f64() / PACKETS;
        self.cpu = cpu / time.as_secs_f64();
        self
    }
}

/// Somebody in a room, whose line is kept alive.
struct Talker {
    peer: Peer,
    line: JoinHandle<()>,
}

impl Talker {
    async fn enter(server: &Measured, room: &str, who: usize) -> Self {
        let mut line = TestClient::connect(server.addr).await;
        line.hello_as(room, &format!("ひと{who}"), Way::Voice).await;
        line.inside().await;
        let peer = line.call().await;
        line.mic(true).await;
        peer.talk();
        Self { peer, line: tokio::spawn(keep(line)) }
    }
}

impl Drop for Talker {
    fn drop(&mut self) {
        self.line.abort();
    }
}

/// Reads what comes, and says that one is alive.
async fn keep(mut line: TestClient) {
    while line.closed.is_none() {
        if timeout(BEAT, line.read()).await.is_err() {
            line.send(&ClientMessage::Beat {}).await;
        }
    }
}

/// Sends a datagram at the pace of voice, and notes when each one that arrives was sent and came.
async fn plain(socket: UdpSocket, who: u16, size: usize, window: Duration) -> Result<Vec<(Duration, Duration)>> {
    let mut arrived = Vec::new();
    let mut datagram = vec![0; size];
    let mut buffer = vec![0; size + 1];
    let end = clock() + SETTLE + window + SETTLE;
    // People do not all begin at the same moment.
    sleep(PACE * u32::from(who % 20) / 20).await;
    let mut pace = interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    while clock() < end {
        tokio::select! {
            _ = pace.tick() => {
                datagram[..2].copy_from_slice(&who.to_be_bytes());
                datagram[2..10].copy_from_slice(&(clock().as_micros() as u64).to_be_bytes());
                socket.send(&datagram).await?;
            }
            received = socket.recv(&mut buffer) => {
                received?;
                if let Some((sent, _)) = buffer[2..].split_first_chunk() {
                    arrived.push((clock(), Duration::from_micros(u64::from_be_bytes(*sent))));
                }
            }
        }
    }
    Ok(arrived)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_a_group_hears_six_others_at_most() {
        for (group, heard) in [(2, 1), (5, 4), (30, 6)] {
            let mut ears = vec![0; 2 * group];
            for who in 0..2 * group {
                for listener in listeners(who, group, SLOTS) {
                    assert!(listener != who && listener / group == who / group);
                    ears[listener] += 1;
                }
            }
            assert!(ears.iter().all(|&ears| ears == heard), "{ears:?}");
        }
    }
}
