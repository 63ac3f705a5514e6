//! At the door of the media engine: whatever comes to its port is dropped and counted, and nobody who talks notices.

use std::net::SocketAddr;

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::voice::{Practice, Practising, SDP_BYTES, Voice};
use ibasho_tests::client::PATIENCE;
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::voice::peer::{Dial, Peer};
use ibasho_tests::voice::practise;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use str0m::ice::{StunMessage, TransId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, sleep, timeout};

/// Whoever practises in these tests; the number is of no meaning to the server.
const WITNESS: PersonId = PersonId(7);
/// Half a second of packets.
const SOME: usize = 25;
/// A connection that is not up in this time ends, in milliseconds.
const HALF_OPEN: u64 = 15_000;
/// A TCP connection that has not said whose it is in this time ends, in milliseconds.
const HELLO: u64 = 5_000;

/// The value of a metric.
async fn metric(server: &TestServer, name: &str) -> u64 {
    let (_, text) = http::get(server.admin(), "/metrics").await;
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::parse);
    value.unwrap_or_else(|| panic!("no {name} in {text}")).expect("a number")
}

async fn dropped(server: &TestServer, reason: &str) -> u64 {
    metric(server, &format!("ibasho_voice_dropped_total{{reason=\"{reason}\"}}")).await
}

/// Waits until a metric is what it should be.
async fn until(server: &TestServer, name: &str, is: impl Fn(u64) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is(metric(server, name).await) {
        assert!(Instant::now() < deadline, "{name} is {}", metric(server, name).await);
        sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn until_dropped(server: &TestServer, reason: &str, many: u64) {
    until(server, &format!("ibasho_voice_dropped_total{{reason=\"{reason}\"}}"), |value| value >= many).await;
}

async fn socket() -> UdpSocket {
    UdpSocket::bind("127.0.0.1:0").await.expect("a port")
}

/// The value of an attribute.
fn attribute<'a>(sdp: &'a str, name: &str) -> &'a str {
    sdp.lines().find_map(|line| line.strip_prefix(name)).expect("it has one").trim()
}

/// Somebody who practises, without a WebRTC client: what is needed to sign for them.
struct Credentials {
    name: String,
    password: String,
}

impl Credentials {
    async fn ask(server: &TestServer) -> Self {
        let offer = Dial::new(1).sdp;
        let response = http::post(server.addr(), "/api/v1/practice", &Practice { sdp: offer.clone() }).await;
        let answer = response.json::<Practising>().sdp;
        let name = format!("{}:{}", attribute(&answer, "a=ice-ufrag:"), attribute(&offer, "a=ice-ufrag:"));
        Self { name, password: attribute(&answer, "a=ice-pwd:").to_owned() }
    }

    /// A check as a client sends it, signed with this password.
    fn check(&self, password: Option<&str>) -> Vec<u8> {
        let check = StunMessage::binding_request(&self.name, TransId::new(), true, 1, 1, true);
        let hmac = str0m::crypto::from_feature_flags().sha1_hmac_provider;
        let mut bytes = vec![0; 500];
        let password = password.map(str::as_bytes);
        let length = check.to_bytes(password, &mut bytes, |key, parts| hmac.sha1_hmac(key, parts)).expect("it fits");
        bytes.truncate(length);
        bytes
    }

    fn signed(&self) -> Vec<u8> {
        self.check(Some(&self.password))
    }
}

async fn answered(socket: &UdpSocket) -> bool {
    let mut bytes = [0; 500];
    let got = timeout(PATIENCE, socket.recv(&mut bytes)).await;
    matches!(got, Ok(Ok(length)) if length >= 20 && bytes[..2] == [1, 1])
}

async fn talking(server: &TestServer) -> Peer {
    let (mut witness, _) = practise(server.addr(), WITNESS).await;
    witness.talk();
    witness.hear(WITNESS, SOME).await;
    witness
}

#[tokio::test]
async fn whoever_practises_hears_themselves_for_three_minutes() {
    let server = TestServer::start().await;
    let voice: Voice = http::ask(server.addr(), "GET", "/api/v1/voice", &[], "").await.json();
    assert_eq!(voice, Voice { on: true, ice_servers: Vec::new() });
    let (mut peer, practising) = practise(server.addr(), WITNESS).await;
    assert_eq!(practising.seconds, 180);
    assert!(practising.sdp.contains("useinbandfec=1") && practising.sdp.contains("usedtx=1"), "{}", practising.sdp);
    peer.talk();
    peer.hear(WITNESS, 2 * SOME).await;
    peer.heard().assert_even(std::time::Duration::from_millis(100));
    assert_eq!(metric(&server, "ibasho_voice_peers").await, 1);
    server.advance(HALF_OPEN + 1);
    peer.hear(WITNESS, SOME).await;
    server.advance(180_000 - HALF_OPEN);
    peer.until("the end", |heard| heard.ended).await;
    until(&server, "ibasho_voice_peers", |value| value == 0).await;
}

#[tokio::test]
async fn strangers_and_garbage_are_dropped_and_counted() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    let known = Credentials::ask(&server).await;
    let unknown = Credentials { name: "nobody:here".into(), password: known.password.clone() };
    let stranger = socket().await;
    let to = server.voice();
    let mut hello = vec![22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
    hello.resize(256, 0);
    for (reason, packet) in [
        ("malformed", Vec::new()),
        ("malformed", vec![0]),
        ("malformed", vec![0; 20]),
        ("malformed", vec![0x80, 0x6f, 0, 1]),
        ("malformed", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
        ("malformed", known.check(None)),
        ("too_big", vec![0x80; 1201]),
        ("too_big", vec![0x16; 1501]),
        ("too_big", vec![0x16; 9000]),
        ("stranger", unknown.signed()),
        ("unsigned", known.check(Some("guessed"))),
        ("stranger", vec![0x80; 1200]),
        ("stranger", vec![0x80, 0xc8, 0, 6].into_iter().chain([0; 60]).collect()),
        // A first message of a handshake from an address nobody vouched for: nothing is computed for it.
        ("stranger", hello),
    ] {
        let before = dropped(&server, reason).await;
        // Few at a time: what the kernel has no room for is not seen.
        for _ in 0..20 {
            stranger.send_to(&packet, to).await.expect("sent");
        }
        until_dropped(&server, reason, before + 20).await;
    }
    assert!(stranger.try_recv(&mut [0; 10]).is_err(), "strangers get no answer");
    witness.hear(WITNESS, SOME).await;
    assert_eq!(metric(&server, "ibasho_voice_failed_total").await, 0);
}

#[tokio::test]
async fn an_address_is_believed_only_when_signed_for_and_belongs_to_one() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    let (one, two) = (Credentials::ask(&server).await, Credentials::ask(&server).await);
    let shared = socket().await;
    shared.send_to(&one.signed(), server.voice()).await.expect("sent");
    assert!(answered(&shared).await);
    // Somebody else, rightly signed, from an address that is taken: as if forged.
    shared.send_to(&two.signed(), server.voice()).await.expect("sent");
    until_dropped(&server, "address", 1).await;
    shared.send_to(&one.signed(), server.voice()).await.expect("sent");
    assert!(answered(&shared).await);
    // One of many addresses, and one too many.
    for _ in 1..8 {
        let next = socket().await;
        next.send_to(&one.signed(), server.voice()).await.expect("sent");
        assert!(answered(&next).await);
    }
    socket().await.send_to(&one.signed(), server.voice()).await.expect("sent");
    until_dropped(&server, "address", 2).await;
    witness.hear(WITNESS, SOME).await;
}

#[tokio::test]
async fn whatever_a_connection_sends_concerns_only_itself() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    let seed = 4;
    let mut dice = StdRng::seed_from_u64(seed);
    for _ in 0..6 {
        let odd = Credentials::ask(&server).await;
        let socket = socket().await;
        socket.send_to(&odd.signed(), server.voice()).await.expect("sent");
        assert!(answered(&socket).await);
        for _ in 0..60 {
            // Handshakes, sound, reports, checks: each with a beginning that is right.
            let mut packet = match dice.random_range(0..5) {
                0 => vec![22, 254, 253, 0, 0],
                1 => vec![0x80, 0x6f, 0, 1],
                2 => vec![0x80, 0xc8, 0, 6],
                3 => vec![0x90, 0x6f, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 0xbe, 0xde],
                _ => odd.signed().into_iter().take(dice.random_range(1..60)).collect(),
            };
            packet.extend((0..dice.random_range(1..1400)).map(|_| dice.random::<u8>()));
            socket.send_to(&packet, server.voice()).await.expect("sent");
        }
        witness.hear(WITNESS, 2).await;
    }
    assert!(dropped(&server, "refused").await > 0);
    // Too much of what would be right is dropped before it costs anything.
    let odd = Credentials::ask(&server).await;
    let socket = socket().await;
    socket.send_to(&odd.signed(), server.voice()).await.expect("sent");
    assert!(answered(&socket).await);
    while dropped(&server, "too_fast").await == 0 {
        for _ in 0..50 {
            socket.send_to(&[0x80, 0x6f, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3], server.voice()).await.expect("sent");
        }
    }
    witness.hear(WITNESS, SOME).await;
    assert_eq!(metric(&server, "ibasho_voice_failed_total").await, 0, "seed {seed}");
}

#[tokio::test]
async fn a_second_stream_of_a_connection_is_nobodys_voice() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    let stray = PersonId(8);
    let before = dropped(&server, "refused").await;
    witness.stray(stray);
    until_dropped(&server, "refused", before + SOME as u64).await;
    witness.return_as(WITNESS);
    witness.hear(WITNESS, SOME).await;
    assert_eq!(witness.heard().of(stray), 0);
}

#[tokio::test]
async fn half_open_connections_end() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    for _ in 0..3 {
        Credentials::ask(&server).await;
    }
    assert_eq!(metric(&server, "ibasho_voice_peers").await, 4);
    server.advance(HALF_OPEN - 1);
    witness.hear(WITNESS, 2).await;
    assert_eq!(metric(&server, "ibasho_voice_peers").await, 4);
    server.advance(1);
    until(&server, "ibasho_voice_peers", |value| value == 1).await;
    witness.hear(WITNESS, SOME).await;
}

/// Whether the other side closes it.
async fn closed(stream: &mut TcpStream) -> bool {
    let mut bytes = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.is_ok()
}

#[tokio::test]
async fn tcp_is_only_another_way_for_packets() {
    let server = TestServer::start().await;
    let mut witness = talking(&server).await;
    let known = Credentials::ask(&server).await;
    let connect = async || TcpStream::connect(server.voice()).await.expect("it listens");
    // A check in pieces is a check.
    let mut slow = connect().await;
    slow.set_nodelay(true).expect("set");
    let check = known.signed();
    for byte in (check.len() as u16).to_be_bytes().into_iter().chain(check) {
        slow.write_all(&[byte]).await.expect("sent");
    }
    let length = timeout(PATIENCE, slow.read_u16()).await.expect("in time").expect("an answer");
    assert!(length > 20);
    slow.read_exact(&mut vec![0; length.into()]).await.expect("all of it");
    // Too long a frame, garbage that pretends to be frames, half a frame, nothing at all.
    let mut long = connect().await;
    long.write_all(&[0xff, 0xff, 1, 2, 3]).await.expect("sent");
    assert!(closed(&mut long).await);
    until_dropped(&server, "too_big", 1).await;
    let mut garbage = connect().await;
    garbage.write_all(&[0, 3, 1, 2, 3, 0, 0, 0, 1, 99]).await.expect("sent");
    until_dropped(&server, "malformed", 3).await;
    let (mut half, mut silent) = (connect().await, connect().await);
    half.write_all(&[0, 99, 1]).await.expect("sent");
    // They are all known to the server when a later one is answered.
    let mut later = connect().await;
    let check = known.signed();
    later.write_all(&(check.len() as u16).to_be_bytes()).await.expect("sent");
    later.write_all(&check).await.expect("sent");
    later.read_u16().await.expect("an answer");
    server.advance(HELLO);
    for stream in [&mut garbage, &mut half, &mut silent] {
        assert!(closed(stream).await);
    }
    until_dropped(&server, "unknown_connection", 3).await;
    // Whoever said whose they are may be silent.
    let check = known.signed();
    slow.write_all(&(check.len() as u16).to_be_bytes()).await.expect("sent");
    slow.write_all(&check).await.expect("sent");
    timeout(PATIENCE, slow.read_u16()).await.expect("in time").expect("an answer");
    witness.hear(WITNESS, SOME).await;
}

#[tokio::test]
async fn offers_that_cannot_be_used_are_refused() {
    let server = TestServer::start().await;
    let offer = Dial::new(1).sdp;
    let ask = async |sdp: String| http::post(server.addr(), "/api/v1/practice", &Practice { sdp }).await.refusal();
    let shown = offer.clone() + "a=candidate:1 1 udp 2113937151 192.0.2.7 54321 typ host\r\n";
    assert_eq!(ask(shown).await, RefusalCode::AddressShown);
    let fingerprint = format!("a=fingerprint:{}\r\n", attribute(&offer, "a=fingerprint:"));
    for wrong in [
        String::new(),
        "v=0\r\n".into(),
        "a".repeat(SDP_BYTES + 1),
        Dial::new(7).sdp,
        offer.replace("a=sendonly", "a=sendrecv"),
        offer.replace(&fingerprint, ""),
        offer.replace("a=ice-pwd:", "a=no-pwd:"),
        offer.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n"),
        offer.replace("opus/48000/2", "opus/48000"),
    ] {
        println!("{wrong}");
        assert_eq!(ask(wrong).await, RefusalCode::BadOffer);
    }
    assert_eq!(metric(&server, "ibasho_voice_peers").await, 0);
}

#[tokio::test]
async fn a_practice_is_for_fifty_at_once_and_not_too_often() {
    let server = TestServer::start().await;
    let ask = async |host: u8| {
        let sdp = Dial::new(1).sdp;
        http::post_from(host, server.addr(), "/api/v1/practice", &Practice { sdp }).await
    };
    let mut answers = Vec::new();
    for at in 0..51 {
        answers.push(ask(1 + at / 30).await);
    }
    let last = answers.pop().expect("the last");
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(last.refusal(), RefusalCode::Busy);
    assert_eq!(ask(1).await.refusal(), RefusalCode::TooFast);
    server.advance(HALF_OPEN);
    until(&server, "ibasho_voice_peers", |value| value == 0).await;
    assert_eq!(ask(2).await.status, 200);
}

/// The engine gives back what it took.
#[tokio::test]
async fn a_stopped_server_frees_its_voice_address() {
    let mut server = TestServer::start().await;
    let addr: SocketAddr = server.voice();
    let witness = talking(&server).await;
    server.stop().await;
    drop(witness);
    UdpSocket::bind(addr).await.expect("free again");
}
