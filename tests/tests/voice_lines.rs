//! Voice and lines: a connection lives no longer than its line, what the engine tells reaches whom it concerns, and what
//! makes no sense is refused.

use std::sync::Arc;

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::ZoneIndex;
use ibasho_protocol::limits::GRACE_MS;
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::SDP_BYTES;
use ibasho_server::Inspect;
use ibasho_server::config::Config;
use ibasho_server::voice::media::News;
use ibasho_tests::client::TestClient;
use ibasho_tests::recorder::{BAD, Recorder};
use ibasho_tests::server::{Recipe, TestServer};

const LEFT: ZoneIndex = 1;

#[tokio::test]
async fn a_connection_and_an_open_microphone_end_with_their_line() {
    let (mut server, engine) = TestServer::voiced().await;
    let mut haru = server.enter_with_voice("はる").await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let (n, h) = (nagi.me(), haru.me());
    nagi.mic(true).await;
    haru.mic(true).await;
    engine.until_hearing(&[(n, &[h]), (h, &[n])]).await;
    let first = engine.told().up(n);

    // A second tab takes over: at once nothing of the first goes anywhere, before the second is in.
    let mut tab = TestClient::connect(server.addr()).await;
    let token = nagi.mirror.token.clone();
    tab.hello_again(&token, nagi.mirror.seen).await;
    tab.inside().await;
    assert_eq!(nagi.until_closed().await, Some(4001));
    assert!(!tab.mirror.mine.mic && tab.mirror.voice);
    engine.until_hearing(&[(h, &[])]).await;
    assert!(engine.told().up(n).is_empty());
    tab.reach().await;
    tab.mic(true).await;
    engine.until_hearing(&[(n, &[h]), (h, &[n])]).await;
    assert_ne!(engine.told().up(n), first, "a line of its own");

    // The line is cut: the seat is kept, the voice is not.
    tab.cut().await;
    engine.until_hearing(&[(h, &[])]).await;
    engine.until("hung up", |told| told.up(n).is_empty()).await;
    tab.resume(server.addr()).await;
    assert!(!tab.mirror.mine.mic);
    tab.reach().await;
    engine.until_hearing(&[(h, &[n])]).await;
    tab.cut().await;
    engine.until_hearing(&[(h, &[])]).await;
    server.pass(GRACE_MS + 1, &mut [&mut haru]).await;
    haru.until("gone", |mirror| !mirror.people.contains_key(&n)).await;

    // The server stops: every connection ends; afterwards everything begins silent.
    server.stop().await;
    assert!(engine.told().in_house().is_empty() && engine.told().up(h).is_empty());
    server.start_again().await;
    haru.resume(server.addr()).await;
    assert!(!haru.mirror.mine.mic && haru.mirror.voice);
    haru.reach().await;
    haru.settle().await;
    assert!(engine.told().in_house().is_empty());
    haru.mic(true).await;
    engine.until_hearing(&[(h, &[])]).await;
}

#[tokio::test]
async fn a_room_that_fails_takes_its_voices_with_it() {
    let inspect: Inspect = Arc::new(|message: &ClientMessage| {
        assert!(!matches!(message, ClientMessage::Say { text, .. } if text == "ばぐ"), "a bug in a room");
    });
    let engine = Recorder::new();
    let recipe = Recipe { inspect: Some(inspect), voice: Some(engine.clone()), ..Recipe::default() };
    let server = TestServer::with(recipe).await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let me = nagi.me();
    nagi.mic(true).await;
    engine.until_hearing(&[(me, &[])]).await;
    nagi.command(|n| ClientMessage::Say { n, to: 0, text: "ばぐ".into() }).await;
    engine.until_hearing(&[]).await;
    engine.until("hung up", |told| told.up(me).is_empty()).await;
}

#[tokio::test]
async fn to_hang_up_ends_the_connection_and_falls_silent() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let me = nagi.me();
    nagi.mic(true).await;
    nagi.done(|n| ClientMessage::HangUp { n }).await;
    nagi.until("silence", |mirror| !mirror.mine.mic).await;
    engine.until_hearing(&[]).await;
    assert!(engine.told().up(me).is_empty());
    nagi.done(|n| ClientMessage::HangUp { n }).await;
    assert_eq!(engine.told().hung_up.len(), 1, "there was nothing more to end");
    assert!(!nagi.mirror.events.contains(&Event::HungUp {}), "it was their own doing");
    // A new offer replaces the connection from before, and the microphone stays as it is.
    nagi.reach().await;
    nagi.mic(true).await;
    nagi.reach().await;
    assert!(nagi.mirror.mine.mic);
    engine.until_hearing(&[(me, &[])]).await;
}

#[tokio::test]
async fn news_of_a_connection_reach_its_owner_and_news_of_an_older_one_nobody() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter_with_voice("はる").await;
    let (n, h) = (nagi.me(), haru.me());
    haru.mic(true).await;
    nagi.mic(true).await;
    engine.slot(n, h);
    nagi.until("a slot", |mirror| mirror.slots.iter().any(|slot| slot.who == h && slot.mid == "1")).await;
    assert!(haru.mirror.slots.is_empty());
    // The connection fails: one is told, and only the connection is gone.
    engine.tell(n, |line| News::HungUp { who: n, line });
    nagi.until("hung up", |mirror| mirror.events.contains(&Event::HungUp {})).await;
    engine.until_hearing(&[(h, &[])]).await;
    nagi.settle().await;
    assert!(nagi.mirror.mine.mic, "the microphone stays as it is");
    nagi.reach().await;
    engine.until_hearing(&[(h, &[n]), (n, &[h])]).await;

    let old = engine.told().offers.iter().rposition(|call| call.who == n).expect("an offer");
    nagi.resume(server.addr()).await;
    nagi.reach().await;
    nagi.mic(true).await;
    let (to, line) = {
        let told = engine.told();
        (told.offers[old].news.clone(), told.offers[old].line)
    };
    let ended = nagi.mirror.events.len();
    to(News::Slots { who: n, line, slots: Vec::new() });
    to(News::Speaks { who: n, on: true });
    to(News::HungUp { who: n, line });
    // And what one connection tells about another person is a mistake.
    engine.tell(n, |line| News::HungUp { who: h, line });
    engine.speaks(h, true);
    nagi.until("who speaks", |mirror| mirror.speaking == [h]).await;
    nagi.settle().await;
    engine.until_hearing(&[(h, &[n]), (n, &[h])]).await;
    let since = &nagi.mirror.events[ended..];
    assert!(!since.iter().any(|event| matches!(event, Event::HungUp {} | Event::Slots { .. })), "{since:?}");
}

#[tokio::test]
async fn everybody_who_hears_a_place_sees_who_speaks_there() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut haru = server.enter_with_voice("はる").await;
    let mut yuki = server.enter("ゆき").await;
    let mut apart = server.enter("はなれ").await;
    let (n, h) = (nagi.me(), haru.me());
    apart.block(n, true).await;
    // With the microphone off nobody speaks, whatever the engine says.
    engine.speaks(n, true);
    nagi.settle().await;
    nagi.mic(true).await;
    haru.mic(true).await;
    engine.speaks(n, true);
    for person in [&mut nagi, &mut haru, &mut yuki] {
        person.until("who speaks", |mirror| mirror.speaking == [n]).await;
    }
    // Told with the welcome too.
    let mut late = server.enter("あとから").await;
    assert_eq!(late.mirror.speaking, [n]);
    engine.speaks(h, true);
    let both = {
        let mut both = vec![n, h];
        both.sort_unstable();
        both
    };
    late.until("both", |mirror| mirror.speaking == both).await;
    apart.until("the one", |mirror| mirror.speaking == [h]).await;
    assert!(!apart.mirror.events.iter().any(|event| matches!(event, Event::Speaking { who } if who.contains(&n))));
    // One goes to a table: on arriving nobody of the hall sees them speak any more, and who comes there does.
    haru.walk(Target::Zone(LEFT)).await;
    server.arrive(1, &mut [&mut nagi, &mut haru, &mut yuki, &mut apart, &mut late]).await;
    yuki.until("the hall", |mirror| mirror.speaking == [n]).await;
    haru.until("the table", |mirror| mirror.speaking == [h]).await;
    yuki.walk(Target::Zone(LEFT)).await;
    server.arrive(2, &mut [&mut nagi, &mut haru, &mut yuki, &mut apart, &mut late]).await;
    yuki.until("the table", |mirror| mirror.speaking == [h]).await;
    // Who falls silent does not speak, with or without news of it; nor does who is gone.
    haru.mic(false).await;
    yuki.until("nobody", |mirror| mirror.speaking.is_empty()).await;
    nagi.cut().await;
    late.until("nobody", |mirror| mirror.speaking.is_empty()).await;
    // Each was told only what had changed for them.
    let told = late.mirror.events.iter().filter(|event| matches!(event, Event::Speaking { .. })).count();
    assert_eq!(told, 3);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let (server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_as("なぎ", Way::Voice).await;
    let offer = |sdp: String| move |n| ClientMessage::Offer { n, sdp };
    assert_eq!(nagi.denied(offer("a".repeat(SDP_BYTES + 1))).await, RefusalCode::BadOffer);
    assert!(engine.told().offers.is_empty(), "it never reached the engine");
    assert_eq!(nagi.denied(offer(BAD.into())).await, RefusalCode::BadOffer);
    assert!(matches!(nagi.ask(offer("a".repeat(SDP_BYTES))).await, Event::Answer { .. }));
    // An answer is good once: sent again, the same offer is a thing of the past.
    let n = nagi.mirror.next_n - 1;
    nagi.send(&ClientMessage::Offer { n, sdp: "v=0".into() }).await;
    let stale = |mirror: &ibasho_tests::mirror::Mirror| matches!(mirror.answer(n), Some(Event::Refused { refusal, .. }) if refusal.code == RefusalCode::StaleNonce);
    nagi.until("a refusal", stale).await;
    // Six at once, then one in two seconds.
    for _ in 0..3 {
        nagi.reach().await;
    }
    assert_eq!(nagi.denied(|n| ClientMessage::HangUp { n }).await, RefusalCode::TooFast);
    server.pass(2_000, &mut [&mut nagi]).await;
    nagi.reach().await;
    // Push-to-talk may be quick; to fall silent is never too quick.
    for _ in 0..20 {
        nagi.done(|n| ClientMessage::Mic { n, on: true }).await;
        server.advance(60);
    }
    let mut too_fast = false;
    for _ in 0..20 {
        let answer = nagi.ask(|n| ClientMessage::Mic { n, on: true }).await;
        too_fast |= matches!(&answer, Event::Refused { refusal, .. } if refusal.code == RefusalCode::TooFast);
        nagi.done(|n| ClientMessage::Mic { n, on: false }).await;
        server.advance(120);
    }
    assert!(too_fast);
}

#[tokio::test]
async fn without_voice_on_the_server_everything_else_is_as_it_was() {
    let silent = |config: &mut Config| config.voice.on = false;
    let server = TestServer::with(Recipe { configure: Some(Box::new(silent)), ..Recipe::default() }).await;
    let mut nagi = server.enter_as("なぎ", Way::Voice).await;
    let haru = server.enter("はる").await;
    assert!(!nagi.mirror.voice);
    assert_eq!(nagi.denied(|n| ClientMessage::Offer { n, sdp: "v=0".into() }).await, RefusalCode::NoVoice);
    assert_eq!(nagi.denied(|n| ClientMessage::Mic { n, on: true }).await, RefusalCode::NoVoice);
    nagi.done(|n| ClientMessage::HangUp { n }).await;
    nagi.done(|n| ClientMessage::Mic { n, on: false }).await;
    nagi.block(haru.me(), true).await;
    nagi.until("the list", |mirror| mirror.mine.blocked == [haru.me()]).await;
}
