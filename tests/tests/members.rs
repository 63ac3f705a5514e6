//! Coming back as the same person, with nothing but five easy words.

use ibasho_protocol::api::calendar::{ReturnPhrase, Ticket};
use ibasho_protocol::client::{ClientMessage, Pass};
use ibasho_protocol::host::Take;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::Event;
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::http::ask;
use ibasho_tests::server::TestServer;
use tokio::time::Instant;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Asks for a return phrase.
async fn keep(person: &mut TestClient) -> String {
    match person.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await {
        Event::Phrase { words, .. } => words,
        other => panic!("no phrase: {other:?}"),
    }
}

/// Tells the server a phrase, from a page of its own.
async fn come_back(server: &TestServer, phrase: &str) -> Result<String, Refusal> {
    let origin = format!("http://localhost:{}", server.addr().port());
    let body = serde_json::to_string(&ReturnPhrase { phrase: phrase.into() }).expect("JSON");
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let response = ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await;
    if response.status == 200 {
        return Ok(serde_json::from_str::<Ticket>(&response.body).expect("a ticket").ticket);
    }
    Err(serde_json::from_str(&response.body).unwrap_or_else(|_| panic!("a typed refusal: {response:?}")))
}

/// Comes into the house with a ticket.
async fn enter_with(server: &TestServer, nick: &str, ticket: String) -> TestClient {
    let mut person = TestClient::connect(server.addr()).await;
    person.hello_with("house", nick, Pass { ticket: Some(ticket), ..Pass::default() }).await;
    person.inside().await;
    person
}

fn code(refused: Result<String, Refusal>) -> RefusalCode {
    refused.expect_err("refused").code
}

/// The same words as they come from another keyboard.
fn in_katakana(phrase: &str) -> String {
    let katakana =
        |c: char| if ('ぁ'..='ゖ').contains(&c) { char::from_u32(u32::from(c) + 0x60).expect("kana") } else { c };
    phrase.chars().map(katakana).filter(|c| *c != ' ').collect()
}

#[tokio::test]
async fn the_words_bring_the_same_person_back_on_any_device() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    assert!(!nagi.mirror.mine.known);
    let words = keep(&mut nagi).await;
    assert_eq!(words.split(' ').count(), 5, "{words}");
    assert!(words.chars().all(|c| c == ' ' || ('ぁ'..='ん').contains(&c)), "{words}");
    nagi.until("to be known", |mirror| mirror.mine.known).await;

    let ticket = come_back(&server, &format!("　{}。", in_katakana(&words))).await.expect("a ticket");
    let phone = enter_with(&server, "なぎ2", ticket.clone()).await;
    assert!(phone.mirror.mine.known, "the same person, under another nickname");
    // A ticket works once.
    let mut again = TestClient::connect(server.addr()).await;
    again.hello_with("house", "だれか", Pass { ticket: Some(ticket), ..Pass::default() }).await;
    assert_eq!(again.until_closed().await, Some(4002));
    assert_eq!(again.mirror.refused[0].code, RefusalCode::TicketVoid);
}

#[tokio::test]
async fn a_new_phrase_voids_the_old_one_and_forgetting_leaves_nothing() {
    let mut server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let (old, of_haru) = (keep(&mut nagi).await, keep(&mut haru).await);
    let new = keep(&mut nagi).await;
    assert_ne!(old, new);
    assert_eq!(code(come_back(&server, &old).await), RefusalCode::PhraseUnknown);
    // Also after a restart: the secret stays.
    server.stop().await;
    server.start_again().await;
    nagi.resume(server.addr()).await;
    assert!(come_back(&server, &new).await.is_ok());
    assert!(nagi.mirror.mine.known);
    nagi.take(Take::Forget {}).await;
    nagi.until("to be forgotten", |mirror| !mirror.mine.known).await;
    assert_eq!(code(come_back(&server, &new).await), RefusalCode::PhraseUnknown);
    assert!(come_back(&server, &of_haru).await.is_ok(), "nobody else is forgotten");
}

#[tokio::test]
async fn who_is_not_seen_for_two_years_is_forgotten() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let (of_nagi, of_haru) = (keep(&mut nagi).await, keep(&mut haru).await);
    server.advance(700 * DAY);
    assert!(come_back(&server, &of_nagi).await.is_ok(), "not two years yet, and seen again");
    server.advance(100 * DAY);
    // The daily round runs beside the test; asking for the phrase would count as seen.
    let patience = Instant::now() + PATIENCE;
    while rows(&server).await > 1 {
        assert!(Instant::now() < patience, "nobody was forgotten");
    }
    assert_eq!(code(come_back(&server, &of_haru).await), RefusalCode::PhraseUnknown);
    assert!(come_back(&server, &of_nagi).await.is_ok());
}

/// How many members the store has.
async fn rows(server: &TestServer) -> i64 {
    use sqlx::Connection as _;
    let file = server.config().data.join("ibasho.sqlite3");
    let mut store = sqlx::SqliteConnection::connect(file.to_str().expect("a name")).await.expect("it opens");
    sqlx::query_scalar("SELECT COUNT(*) FROM members").fetch_one(&mut store).await.expect("a number")
}

#[tokio::test]
async fn who_tries_too_fast_is_told_when_and_never_locked_out() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let words = keep(&mut nagi).await;
    let refusal = loop {
        let refusal = come_back(&server, "ちがう ことば").await.expect_err("nobody has it");
        if refusal.code != RefusalCode::PhraseUnknown {
            break refusal;
        }
    };
    assert!(refusal.code == RefusalCode::TooFast && refusal.retry);
    let after = refusal.after.expect("when");
    assert!(after <= 4_000, "{after}");
    server.advance(after.into());
    assert!(come_back(&server, &words).await.is_ok(), "a wrong guess of others at the same address costs seconds");
    // A right phrase costs nothing: fifty people of one office come back at once.
    for _ in 0..50 {
        assert!(come_back(&server, &words).await.is_ok());
    }
    assert_eq!(code(come_back(&server, "ちがう ことば").await), RefusalCode::PhraseUnknown);
    assert_eq!(code(come_back(&server, &words).await), RefusalCode::TooFast);
}

#[tokio::test]
async fn bad_requests_are_refused_by_type() {
    let server = TestServer::start().await;
    let origin = format!("http://localhost:{}", server.addr().port());
    let json = ("Content-Type", "application/json");
    for (headers, body, status, expected) in [
        (vec![json], "{\"phrase\":\"さくら\"}".to_owned(), 403, RefusalCode::NotAllowed),
        (
            vec![json, ("Origin", "https://evil.example")],
            "{\"phrase\":\"さくら\"}".to_owned(),
            403,
            RefusalCode::NotAllowed,
        ),
        (vec![json, ("Origin", &origin)], "{}".to_owned(), 400, RefusalCode::BadShape),
        (vec![json, ("Origin", &origin)], "さくら".to_owned(), 400, RefusalCode::BadShape),
        (vec![("Origin", &origin)], "{\"phrase\":\"さくら\"}".to_owned(), 400, RefusalCode::BadShape),
        (
            vec![json, ("Origin", &origin)],
            format!("{{\"phrase\":\"{}\"}}", "あ".repeat(5000)),
            413,
            RefusalCode::TooBig,
        ),
        (
            vec![json, ("Origin", &origin)],
            format!("{{\"phrase\":\"{}\"}}", "\u{fdfa}".repeat(150)),
            404,
            RefusalCode::PhraseUnknown,
        ),
    ] {
        let response = ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await;
        let refusal: Refusal = serde_json::from_str(&response.body).unwrap_or_else(|_| panic!("{response:?}"));
        assert_eq!((response.status, refusal.code), (status, expected), "{body:.60}");
    }
}
