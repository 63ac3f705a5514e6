//! Who was sent away stays out, whatever they come back with; and nobody else does.

use ibasho_protocol::api::calendar::{ReturnPhrase, Ticket};
use ibasho_protocol::api::staff::EnterAsStaff;
use ibasho_protocol::client::{ClientMessage, Pass};
use ibasho_protocol::close;
use ibasho_protocol::desk::codes::Reason;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::host::Take;
use ibasho_protocol::ids::{PersonId, Seq};
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::http::ask;
use ibasho_tests::server::TestServer;

const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";
const OTHER: &str = "BBECAwQFBgcICQoLDA0ODw";
/// Sent away, and banned, with an end.
const OUT: [(Kind, u32, Code); 2] = [(Kind::Remove, 60, Code::Removed), (Kind::Ban, 1440, Code::Banned)];

async fn give(staff: &mut TestClient, who: PersonId, kind: Kind, minutes: u32) {
    let (reason, note) = (Reason::Harassment, String::new());
    let measure = Measure::Sanction { who, kind, minutes, site: false, reason, note, permanent: false };
    staff.done(|n| ClientMessage::Moderate { n, measure }).await;
}

async fn moderator(server: &TestServer) -> TestClient {
    server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", false).await
}

async fn from(server: &TestServer, nick: &str, device: &str, pass: Option<Pass>) -> TestClient {
    let mut person = TestClient::connect(server.addr()).await;
    person.hello_on("house", nick, device, pass).await;
    person
}

/// Why somebody is not let in.
async fn why(mut person: TestClient) -> Code {
    person.until_closed().await;
    person.mirror.refused[0].code
}

async fn with_token(server: &TestServer, token: &str) -> TestClient {
    let mut again = TestClient::connect(server.addr()).await;
    again.hello_again(token, Seq(0)).await;
    again
}

/// A ticket for who knows the words.
async fn ticket(server: &TestServer, words: &str) -> Pass {
    let origin = format!("http://localhost:{}", server.addr().port());
    let body = serde_json::to_string(&ReturnPhrase { phrase: words.into() }).expect("JSON");
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let Ticket { ticket } = ask(server.addr(), "POST", "/api/v1/return", &headers, &body).await.json();
    Pass { ticket: Some(ticket), ..Pass::default() }
}

#[tokio::test]
async fn neither_the_phrase_nor_the_device_nor_a_restart_brings_them_back() {
    for (kind, minutes, code) in OUT {
        let mut server = TestServer::start().await;
        let mut staff = moderator(&server).await;
        let mut nagi = from(&server, "なぎ", DEVICE, None).await;
        nagi.inside().await;
        let Event::Phrase { words, .. } = nagi.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await else {
            panic!("no phrase")
        };
        let token = nagi.mirror.token.clone();
        give(&mut staff, nagi.me(), kind, minutes).await;
        assert_eq!(nagi.until_closed().await, Some(close::SENT_AWAY.code));
        for restarted in [false, true] {
            if restarted {
                server.stop().await;
                server.start_again().await;
                staff.resume(server.addr()).await;
            }
            // From somebody else's machine, with the words.
            let pass = ticket(&server, &words).await;
            assert_eq!(why(from(&server, "べつ", OTHER, Some(pass)).await).await, code);
            assert_eq!(why(from(&server, "べつ", DEVICE, None).await).await, code);
            let by_token = why(with_token(&server, &token).await).await;
            // The room remembers tokens as long as it is open; the seat is gone in any case.
            assert_eq!(by_token, if restarted { Code::SeatGone } else { code });
        }
        let mut neighbour = from(&server, "となり", OTHER, None).await;
        neighbour.inside().await;
        server.advance(u64::from(minutes) * 60_000);
        let pass = ticket(&server, &words).await;
        let mut back = from(&server, "なぎ", DEVICE, Some(pass)).await;
        back.inside().await;
        back.say(0, "ただいま").await;
    }
}

#[tokio::test]
async fn whose_line_is_lost_at_that_moment_does_not_come_back_on_another() {
    for (kind, minutes, code) in OUT {
        let server = TestServer::start().await;
        let mut staff = moderator(&server).await;
        let mut nagi = from(&server, "なぎ", DEVICE, None).await;
        nagi.inside().await;
        let (me, token) = (nagi.me(), nagi.mirror.token.clone());
        nagi.cut().await;
        give(&mut staff, me, kind, minutes).await;
        staff.until("the seat is gone", |mirror| !mirror.people.contains_key(&me)).await;
        assert_eq!(why(with_token(&server, &token).await).await, code);
        assert_eq!(why(from(&server, "べつ", DEVICE, None).await).await, code);
    }
}

#[tokio::test]
async fn who_waits_in_the_lobby_can_be_sent_away_as_well() {
    for (kind, minutes, code) in OUT {
        let server = TestServer::start().await;
        let mut staff = moderator(&server).await;
        staff.done(|n| ClientMessage::Moderate { n, measure: Measure::LockDown { minutes: 15, site: false } }).await;
        let mut nagi = from(&server, "なぎ", DEVICE, None).await;
        nagi.inside().await;
        assert!(nagi.mirror.lobby.is_some());
        let token = nagi.mirror.token.clone();
        give(&mut staff, nagi.me(), kind, minutes).await;
        assert_eq!(nagi.until_closed().await, Some(close::SENT_AWAY.code));
        assert_eq!(nagi.mirror.refused[0].code, code);
        assert_eq!(why(with_token(&server, &token).await).await, code);
        assert_eq!(why(from(&server, "べつ", DEVICE, None).await).await, code);
        let mut neighbour = from(&server, "となり", OTHER, None).await;
        neighbour.inside().await;
    }
}

#[tokio::test]
async fn staff_at_the_same_machine_are_neither_put_out_nor_silenced_by_it() {
    let mut server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = from(&server, "なぎ", DEVICE, None).await;
    nagi.inside().await;
    give(&mut staff, nagi.me(), Kind::MuteText, 60).await;
    give(&mut staff, nagi.me(), Kind::Remove, 60).await;
    nagi.until_closed().await;
    // The machine of the office, where a visitor was a moment ago.
    let mut sora = server.staff("そら", Role::Facilitator, &["house"]).await;
    let entering = EnterAsStaff { room: "house".into(), badge: false };
    let Ticket { ticket } = sora.post("ticket", &entering).await.expect("a ticket");
    let pass = Pass { ticket: Some(ticket), ..Pass::default() };
    let mut sora = from(&server, "そら", DEVICE, Some(pass)).await;
    sora.inside().await;
    for restarted in [false, true] {
        if restarted {
            server.stop().await;
            server.start_again().await;
            sora.resume(server.addr()).await;
        }
        sora.settle().await;
        assert!(sora.mirror.mine.in_force.is_empty());
        sora.say(0, "ここに います").await;
    }
}

#[tokio::test]
async fn who_comes_back_is_silent_from_their_first_moment() {
    let server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = from(&server, "なぎ", DEVICE, None).await;
    nagi.inside().await;
    give(&mut staff, nagi.me(), Kind::MuteText, 60).await;
    for again in 0..20 {
        nagi.send(&ClientMessage::Leave {}).await;
        nagi.until_closed().await;
        nagi = from(&server, &format!("なぎ{again}"), DEVICE, None).await;
        nagi.until("a welcome", |mirror| mirror.you.is_some()).await;
        assert_eq!(nagi.mirror.mine.in_force.len(), 1, "it is in the welcome already");
        assert_eq!(nagi.denied(|n| ClientMessage::Say { n, to: 0, text: "まにあう".into() }).await, Code::Silenced);
    }
    staff.settle().await;
    assert!(staff.mirror.texts().is_empty());
}
