//! Connections: how they come, go, and come back.

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::{SDP_BYTES, Voice};
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::voice::guest::AT_ONCE;
use ibasho_tests::voice::peer::Dial;
use ibasho_tests::voice::road::{NET, Road};
use ibasho_tests::voice::stamp::clock;
use ibasho_tests::voice::{SocketAddrs, ask_to_practise, practise};

#[tokio::test]
async fn one_hears_oneself_in_practice_and_meets_nobody() {
    let server = TestServer::start().await;
    let (_, body) = http::get(server.addr(), "/api/v1/voice").await;
    let voice: Voice = serde_json::from_str(&body).expect("the voice");
    assert!(voice.on && voice.ice_servers.is_empty());
    let (nagi, haru) = (PersonId(1), PersonId(2));
    let (mut one, practising) = practise(server.addr(), nagi).await;
    let (mut other, _) = practise(server.addr(), haru).await;
    assert_eq!(practising.seconds, 180);
    one.talk();
    other.talk();
    one.hear(nagi, 50).await;
    other.hear(haru, 50).await;
    assert_eq!((one.heard().of(haru), other.heard().of(nagi)), (0, 0));
    assert_eq!(ask_to_practise(server.addr(), "v=0").await.refusal(), RefusalCode::BadOffer);
    // It ends by itself: who practises from then on shows that time passes.
    server.advance(u64::from(practising.seconds) * 1_000);
    let ended = clock() + AT_ONCE;
    let (mut third, _) = practise(server.addr(), haru).await;
    third.talk();
    third.hear(haru, 25).await;
    assert_eq!(one.heard().since(nagi, ended), 0);
}

#[tokio::test]
async fn by_tcp_one_hears_and_is_heard_too() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None)]).await;
    let [nagi, haru] = &mut guests[..] else { unreachable!() };
    nagi.peer = nagi.line.call_by(Road::tcp).await;
    nagi.speak().await;
    haru.speak().await;
    haru.hears(nagi.me()).await;
    nagi.hears(haru.me()).await;
}

#[tokio::test]
async fn who_leaves_or_loses_the_line_is_no_ghost() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None), ("うみ", None)]).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let umi = guests.pop().expect("four");
    let mut sora = guests.pop().expect("three");
    let [nagi, haru] = &mut guests[..] else { unreachable!() };
    // Leaves, and the machine goes on sending.
    haru.hears(umi.me()).await;
    let mut gone = umi.line;
    let who = gone.me();
    gone.send(&ClientMessage::Leave {}).await;
    gone.until_closed().await;
    haru.until_silent(who, nagi.me()).await;
    // Loses the WebSocket, and the machine goes on sending.
    let (token, seen, who) = (sora.line.mirror.token.clone(), sora.line.mirror.seen, sora.me());
    drop(std::mem::replace(&mut sora.line, server.enter_as("ほか", Way::Watch).await));
    haru.until_silent(who, nagi.me()).await;
    sora.line = ibasho_tests::client::TestClient::connect(server.addr()).await;
    sora.line.hello_again(&token, seen).await;
    sora.line.inside().await;
    assert!(!sora.line.mirror.mine.mic, "after a lost line the microphone is off");
    // Back, offered anew, and heard again once they want to be.
    sora.peer = sora.line.call().await;
    sora.peer.talk();
    haru.does_not_hear(who, nagi.me()).await;
    sora.line.mic(true).await;
    haru.hears(who).await;
    sora.hears(nagi.me()).await;
}

#[tokio::test]
async fn a_new_offer_replaces_the_connection_and_the_room_hears_one_voice() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    haru.hears(nagi.me()).await;
    // The old connection still talks; the microphone stays as it is.
    let fresh = nagi.line.call().await;
    let old = std::mem::replace(&mut nagi.peer, fresh);
    haru.until_silent(nagi.me(), sora.me()).await;
    nagi.peer.talk();
    haru.hears(nagi.me()).await;
    nagi.hears(haru.me()).await;
    let before = old.heard().packets.len();
    nagi.hears(haru.me()).await;
    assert_eq!(old.heard().packets.len(), before, "the old connection gets nothing any more");
    // Nor is its end news to anybody.
    drop(old);
    nagi.hears(haru.me()).await;
    nagi.line.settle().await;
    assert!(!nagi.line.mirror.events.contains(&Event::HungUp {}));
    nagi.line.done(|n| ClientMessage::HangUp { n }).await;
    haru.until_silent(nagi.me(), sora.me()).await;
    nagi.line.done(|n| ClientMessage::HangUp { n }).await;
    assert!(!nagi.line.mirror.events.contains(&Event::HungUp {}), "by one's own doing");
}

#[tokio::test]
async fn what_is_no_offer_is_refused_and_costs_nothing() {
    let server = TestServer::start().await;
    let mut nagi = server.enter_as("なぎ", Way::Listen).await;
    let good = Dial::new(6).sdp;
    assert!(!good.contains("a=candidate"));
    let shown = format!("{good}a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host\r\n");
    assert_eq!(nagi.offer(&shown).await, Err(RefusalCode::AddressShown));
    for bad in ["", "v=0", "hello", &good.replace("opus", "nothing")] {
        assert_eq!(nagi.offer(bad).await, Err(RefusalCode::BadOffer), "{bad:?}");
        server.pass(2_000, &mut [&mut nagi]).await;
    }
    let long = format!("{good}{}", "a=x\r\n".repeat((SDP_BYTES - good.len()) / 5 + 1));
    assert_eq!(nagi.offer(&long).await, Err(RefusalCode::BadOffer));
    server.pass(5_000, &mut [&mut nagi]).await;
    nagi.call().await;
    nagi.done(|n| ClientMessage::SetWay { n, way: Way::Write }).await;
    assert_eq!(nagi.offer(&good).await, Err(RefusalCode::NotAllowed));
}

/// Every IPv4 address that stands in bytes as text.
fn addresses(bytes: &[u8]) -> Vec<std::net::Ipv4Addr> {
    let text = String::from_utf8_lossy(bytes);
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}

#[tokio::test]
async fn nothing_anybody_receives_holds_an_address_of_another() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let ids: Vec<PersonId> = guests.iter().map(|guest| guest.line.me()).collect();
    guests[0].peer = guests[0].line.call_by(Road::tcp).await;
    guests[0].peer.talk();
    for (listener, speaker) in [(0, 1), (1, 2), (2, 0)] {
        guests[listener].hears(ids[speaker]).await;
    }
    let answer = guests[1].line.offer(&Dial::new(6).sdp).await.expect("an answer");
    let announced = SocketAddrs::of(&answer);
    let ips: Vec<_> = announced.udp.iter().chain(&announced.tcp).map(std::net::SocketAddr::ip).collect();
    for path in ["/api/v1/voice", "/api/v1/place", "/api/v1/rooms/house"] {
        let (_, body) = http::get(server.addr(), path).await;
        assert!(addresses(body.as_bytes()).is_empty(), "{path}");
    }
    let metrics = http::get(server.admin(), "/metrics").await.1;
    for guest in &mut guests {
        guest.line.settle().await;
        let bytes = [guest.line.received.as_slice(), metrics.as_bytes()].concat();
        assert!(!bytes.windows(3).any(|three| three == NET), "an address as bytes");
        let known = |ip: &std::net::Ipv4Addr| ips.contains(&(*ip).into()) || ip.is_unspecified();
        let strange: Vec<_> = addresses(&bytes).into_iter().filter(|ip| !known(ip)).collect();
        assert!(strange.is_empty(), "addresses that nobody announced: {strange:?}");
    }
}
