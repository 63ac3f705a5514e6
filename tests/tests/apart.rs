//! Who has blocked somebody neither meets them nor is met, also when the other leaves and comes back; and nobody is told.

use ibasho_protocol::api::calendar::{ReturnPhrase, Ticket};
use ibasho_protocol::api::desk::deeds::Seen;
use ibasho_protocol::client::{ClientMessage, Pass};
use ibasho_protocol::host::Take;
use ibasho_protocol::person::Way;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::{NUMBER, deed, hold, line};
use ibasho_tests::http::ask;
use ibasho_tests::server::TestServer;

const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";
const OTHER: &str = "BBECAwQFBgcICQoLDA0ODw";

async fn enter(server: &TestServer, nick: &str, device: &str, pass: Option<Pass>) -> TestClient {
    let mut person = TestClient::connect(server.addr()).await;
    person.hello_on("house", nick, device, pass).await;
    person.inside().await;
    person
}

async fn leave(person: &mut TestClient) {
    person.send(&ClientMessage::Leave {}).await;
    person.until_closed().await;
}

/// The words to come back with.
async fn keep(person: &mut TestClient) -> String {
    match person.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await {
        Event::Phrase { words, .. } => words,
        other => panic!("no phrase: {other:?}"),
    }
}

async fn ticket(server: &TestServer, words: &str) -> Option<Pass> {
    let origin = format!("http://localhost:{}", server.addr().port());
    let body = serde_json::to_string(&ReturnPhrase { phrase: words.into() }).expect("JSON");
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let Ticket { ticket } = ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await.json();
    Some(Pass { ticket: Some(ticket), ..Pass::default() })
}

/// Neither reads the other, and somebody else reads both.
async fn assert_apart(one: &mut TestClient, two: &mut TestClient, other: &mut TestClient) {
    let (first, second) = (one.me(), two.me());
    one.say(0, "ひとつめ").await;
    two.say(0, "ふたつめ").await;
    let said = |of, mirror: &ibasho_tests::mirror::Mirror| mirror.said.iter().filter(|said| said.who == of).count();
    other.until("both", |mirror| said(first, mirror) > 0 && said(second, mirror) > 0).await;
    one.settle().await;
    two.settle().await;
    assert_eq!((said(second, &one.mirror), said(first, &two.mirror)), (0, 0));
    assert!(two.mirror.mine.blocked.is_empty() && two.mirror.notices.is_empty(), "nobody is told");
    one.until("who it is now", |mirror| mirror.mine.blocked == [second]).await;
}

#[tokio::test]
async fn who_leaves_and_comes_back_is_the_same_person_in_text_and_voice() {
    let (mut server, engine) = TestServer::voiced().await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    let mut sora = server.enter_with_voice("そら").await;
    let mut haru = enter(&server, "はる", DEVICE, None).await;
    nagi.block(haru.me(), true).await;
    leave(&mut haru).await;
    nagi.until("nobody is here", |mirror| mirror.mine.blocked.is_empty()).await;
    let mut haru = enter(&server, "べつのひと", DEVICE, None).await;
    assert_apart(&mut nagi, &mut haru, &mut sora).await;
    haru.set_way(Way::Voice).await;
    haru.reach().await;
    haru.mic(true).await;
    nagi.mic(true).await;
    engine.until_hearing(&[(haru.me(), &[sora.me()]), (nagi.me(), &[sora.me()])]).await;

    // Over lost lines, a restart, and another return after it.
    nagi.resume(server.addr()).await;
    haru.resume(server.addr()).await;
    server.stop().await;
    server.start_again().await;
    for person in [&mut nagi, &mut sora, &mut haru] {
        person.resume(server.addr()).await;
    }
    assert_eq!(nagi.mirror.mine.blocked, [haru.me()]);
    leave(&mut haru).await;
    let mut haru = enter(&server, "みたび", DEVICE, None).await;
    assert_apart(&mut nagi, &mut haru, &mut sora).await;
    nagi.block(haru.me(), false).await;
    haru.say(0, "ありがとう").await;
    nagi.until("the words", |mirror| mirror.texts().last() == Some(&"ありがとう")).await;
}

#[tokio::test]
async fn the_phrase_is_the_same_person_on_both_sides() {
    let server = TestServer::start().await;
    let mut sora = server.enter("そら").await;
    let mut nagi = enter(&server, "なぎ", OTHER, None).await;
    let mut haru = enter(&server, "はる", DEVICE, None).await;
    nagi.block(haru.me(), true).await;
    // Only afterwards they ask to be known again: on another machine they are known by it.
    let (words, own) = (keep(&mut haru).await, keep(&mut nagi).await);
    leave(&mut haru).await;
    let pass = ticket(&server, &words).await;
    let mut haru = enter(&server, "はる二", "CCECAwQFBgcICQoLDA0ODw", pass).await;
    assert_apart(&mut nagi, &mut haru, &mut sora).await;
    // Who blocked goes, and comes back by their own words.
    leave(&mut nagi).await;
    let pass = ticket(&server, &own).await;
    let mut nagi = enter(&server, "なぎ二", "DDECAwQFBgcICQoLDA0ODw", pass).await;
    assert_apart(&mut nagi, &mut haru, &mut sora).await;
}

#[tokio::test]
async fn a_shared_machine_gives_nobody_somebody_elses_list_and_makes_nobody_deaf_to_themselves() {
    let server = TestServer::start().await;
    let mut nagi = enter(&server, "なぎ", DEVICE, None).await;
    let mut haru = enter(&server, "はる", DEVICE, None).await;
    nagi.block(haru.me(), true).await;
    nagi.say(0, "じぶんの ことば").await;
    nagi.until("one's own words", |mirror| mirror.texts() == ["じぶんの ことば"]).await;
    assert_eq!(nagi.mirror.mine.blocked, [haru.me()]);
    leave(&mut nagi).await;
    let next = enter(&server, "つぎのひと", DEVICE, None).await;
    assert!(next.mirror.mine.blocked.is_empty());
    haru.say(0, "こんにちは").await;
    let mut next = next;
    next.until("the words", |mirror| mirror.texts() == ["こんにちは"]).await;
}

#[tokio::test]
async fn words_that_waited_longer_than_their_writer_stayed_do_not_reach_who_blocked_them() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut nagi = server.enter("なぎ").await;
    let mut sora = server.enter("そら").await;
    let mut haru = server.enter("はる").await;
    nagi.block(haru.me(), true).await;
    let case = hold(&mut haru, NUMBER).await;
    let version = line(&mut midori, case).await.version;
    haru.cut().await;
    deed(&mut midori, case, "approve", Seen { version }).await.expect("shown");
    sora.until("the words", |mirror| mirror.texts() == [NUMBER]).await;
    nagi.settle().await;
    assert!(nagi.mirror.texts().is_empty());
}
