//! Lost lines: what was missed comes later, tokens are used once, seats are kept for a while.

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::Seq;
use ibasho_protocol::limits::{GRACE_MS, TAKE_BACK_MS};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Line;
use ibasho_tests::client::TestClient;
use ibasho_tests::server::TestServer;

/// Tries to come back, and returns why it was refused.
async fn turned_away(server: &TestServer, token: &str) -> RefusalCode {
    let mut client = TestClient::connect(server.addr()).await;
    client.hello_again(token, Seq(0)).await;
    assert_eq!(client.until_closed().await, Some(4002));
    client.mirror.refused[0].code
}

#[tokio::test]
async fn what_was_missed_follows_without_a_gap() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    nagi.walk(Target::Seat(0)).await;
    server.pass(10_000, &mut [&mut nagi, &mut haru]).await;
    nagi.walk(Target::Point(ibasho_protocol::person::Point(105, 105))).await;
    server.pass(10_000, &mut [&mut nagi, &mut haru]).await;
    haru.say(0, "一").await;
    nagi.until("the first", |mirror| mirror.said.len() == 1).await;
    let (you, walk) = (nagi.me(), nagi.mirror.people[&nagi.me()].walk.clone());
    for text in ["二", "三", "四"] {
        haru.say(0, text).await;
    }
    haru.walk(Target::Seat(4)).await;
    nagi.resume(server.addr()).await;
    assert_eq!((nagi.mirror.line, nagi.me()), (Some(Line::Resumed), you));
    assert_eq!(nagi.mirror.texts(), ["一", "二", "三", "四"]);
    assert_eq!(nagi.mirror.people[&you].walk, walk, "the place is kept");
    assert_eq!(nagi.mirror.people[&haru.me()].walk.seat, Some(4), "the picture is new");
    server.pass(1_000, &mut [&mut nagi]).await;
    nagi.say(0, "もどりました").await;
    haru.until("the words", |mirror| mirror.texts().last() == Some(&"もどりました")).await;
    assert_eq!(haru.mirror.nicks(), ["なぎ", "はる"]);
}

#[tokio::test]
async fn who_saw_nothing_that_is_still_known_is_told_so() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    haru.say(0, "むかしの話").await;
    nagi.until("the words", |mirror| mirror.said.len() == 1).await;
    // Everything stays connected while the words grow old and are forgotten.
    server.pass(TAKE_BACK_MS + 60_000, &mut [&mut nagi, &mut haru]).await;
    haru.say(0, "いまの話").await;
    let token = nagi.mirror.token.clone();
    let mut again = TestClient::connect(server.addr()).await;
    again.hello_again(&token, Seq(1)).await;
    again.inside().await;
    assert_eq!(again.mirror.line, Some(Line::Resync));
    assert_eq!(again.mirror.texts(), ["いまの話"]);
}

#[tokio::test]
async fn a_token_is_good_until_the_next_is_confirmed_and_then_void() {
    let server = TestServer::start().await;
    let nagi = server.enter("なぎ").await;
    let first = nagi.mirror.token.clone();
    // The welcome with the second token is never confirmed: as if it had been lost.
    let mut lost = TestClient::connect(server.addr()).await;
    lost.hello_again(&first, Seq(0)).await;
    lost.until("a welcome", |mirror| mirror.you.is_some()).await;
    let unconfirmed = lost.mirror.token.clone();
    drop(lost);
    let mut nagi = nagi;
    nagi.resume(server.addr()).await;
    let third = nagi.mirror.token.clone();
    nagi.beat().await;
    nagi.say(0, "かくにん").await;
    assert!(first != unconfirmed && unconfirmed != third && first != third);
    assert_eq!(turned_away(&server, &first).await, RefusalCode::SeatGone);
    assert_eq!(turned_away(&server, &unconfirmed).await, RefusalCode::SeatGone);
    let longer = format!("{third} ");
    assert_eq!(turned_away(&server, &longer).await, RefusalCode::SeatGone);
    nagi.resume(server.addr()).await;
}

#[tokio::test]
async fn a_token_opens_no_other_room() {
    let server = TestServer::start().await;
    let nagi = server.enter("なぎ").await;
    let mut client = TestClient::connect(server.addr()).await;
    let enter = ibasho_protocol::client::Enter::Again { token: nagi.mirror.token.clone(), seen: Seq(0), device: None };
    client.send(&ClientMessage::Hello { v: 1, room: "closet".into(), enter }).await;
    assert_eq!(client.until_closed().await, Some(4002));
    assert_eq!(client.mirror.refused[0].code, RefusalCode::SeatGone);
}

#[tokio::test]
async fn the_seat_is_kept_for_a_minute_and_no_longer() {
    let server = TestServer::start().await;
    let mut watcher = server.enter("みはり").await;
    let mut nagi = server.enter("なぎ").await;
    let haru = server.enter("はる").await;
    let token = haru.mirror.token.clone();
    let who = haru.me();
    drop(haru);
    watcher.settle().await;
    nagi.resume(server.addr()).await;
    server.pass(GRACE_MS - 1_000, &mut [&mut watcher, &mut nagi]).await;
    nagi.resume(server.addr()).await;
    server.pass(1_000, &mut [&mut watcher, &mut nagi]).await;
    watcher.until("she is gone", |mirror| !mirror.people.contains_key(&who)).await;
    assert_eq!(turned_away(&server, &token).await, RefusalCode::SeatGone);
    let token = nagi.mirror.token.clone();
    nagi.send(&ClientMessage::Leave {}).await;
    nagi.until_closed().await;
    assert_eq!(turned_away(&server, &token).await, RefusalCode::SeatGone, "who left, left");
}

#[tokio::test]
async fn of_two_tabs_the_newer_takes_over() {
    let server = TestServer::start().await;
    let mut watcher = server.enter("みはり").await;
    let mut older = server.enter("なぎ").await;
    let mut newer = TestClient::connect(server.addr()).await;
    newer.hello_again(&older.mirror.token, older.mirror.seen).await;
    newer.inside().await;
    assert_eq!(newer.me(), older.me());
    assert_eq!(older.until_closed().await, Some(4001));
    assert_eq!(older.mirror.bye, Some((4001, None)), "and is not to come back");
    newer.say(0, "あたらしい窓から").await;
    watcher.until("the words", |mirror| mirror.said.len() == 1).await;
    assert_eq!(watcher.mirror.events.len(), 2, "nobody else notices: {:?}", watcher.mirror.events);
}

#[tokio::test]
async fn who_comes_back_while_the_old_line_dies_is_welcomed() {
    let server = TestServer::start().await;
    let mut watcher = server.enter("みはり").await;
    let mut older = server.enter("なぎ").await;
    for _ in 0..5 {
        // A tick has just been: the next one takes in the new line and the loss of the old one together.
        watcher.settle().await;
        let mut newer = TestClient::connect(server.addr()).await;
        newer.hello_again(&older.mirror.token, older.mirror.seen).await;
        for _ in 0..3 {
            watcher.beat().await;
        }
        let me = older.me();
        drop(older);
        newer.inside().await;
        assert_eq!(newer.me(), me);
        older = newer;
        server.pass(1_000, &mut [&mut watcher, &mut older]).await;
    }
    assert_eq!(watcher.mirror.nicks(), ["なぎ", "みはり"]);
}
