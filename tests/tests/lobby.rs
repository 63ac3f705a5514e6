//! The door of a session: who comes in, who waits, and that nobody who waits sees the room.

use ibasho_protocol::api::calendar::{Access, Eligibility};
use ibasho_protocol::client::{ClientMessage, Pass};
use ibasho_protocol::close;
use ibasho_protocol::host::{ANNOUNCE_OBSERVER_MS, Act};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_tests::client::TestClient;
use ibasho_tests::hosting::{afternoon, text};
use ibasho_tests::server::TestServer;

async fn knock(server: &TestServer, nick: &str, pass: Pass) -> TestClient {
    let mut client = TestClient::connect(server.addr()).await;
    client.hello_with("house", nick, pass).await;
    client
}

async fn refused(mut client: TestClient) -> RefusalCode {
    client.until_closed().await;
    client.mirror.refused[0].code
}

#[tokio::test]
async fn who_waits_sees_nothing_of_the_room_and_is_let_in_with_a_word() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&ibasho_protocol::api::calendar::SessionPlan { access: Access::Approval, ..afternoon() }).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut nagi = knock(&server, "なぎ", Pass::default()).await;
    nagi.inside().await;
    assert_eq!(nagi.mirror.role, Some(Role::Lobby));
    assert!(nagi.mirror.people.is_empty() && nagi.mirror.standing.is_none() && nagi.mirror.programme.is_none());
    host.until("somebody waits", |mirror| mirror.desk.as_ref().is_some_and(|desk| desk.waiting.len() == 1)).await;
    assert_eq!(host.mirror.nicks(), ["ぬし"], "who waits is not in the room");
    host.say(0, "まだ準備中です").await;
    let say = |n| ClientMessage::Say { n, to: 0, text: "あの".into() };
    assert_eq!(nagi.denied(say).await, RefusalCode::NotAllowed);
    let who = nagi.me();
    host.host(Act::Word { who: Some(who), text: "もうすこし まってね".into() }).await;
    nagi.until("a word", |mirror| mirror.lobby.as_ref().is_some_and(|lobby| lobby.word.is_some())).await;
    // A lost line while waiting costs nothing.
    nagi.resume(server.addr()).await;
    assert!(nagi.mirror.lobby.as_ref().is_some_and(|lobby| lobby.word.is_some()));
    host.host(Act::Admit { who: Some(who) }).await;
    nagi.until("inside", |mirror| mirror.lobby.is_none()).await;
    nagi.send(&ClientMessage::Ready {}).await;
    assert_eq!(nagi.mirror.role, Some(Role::Participant));
    assert!(nagi.mirror.texts().is_empty(), "what was said before is not theirs to hear");
    host.until("in the room", |mirror| mirror.nicks() == ["なぎ", "ぬし"]).await;
    nagi.say(0, "はじめまして").await;

    let mut haru = knock(&server, "はる", Pass::default()).await;
    haru.inside().await;
    let who = haru.me();
    host.host(Act::Decline { who }).await;
    assert_eq!(haru.until_closed().await, Some(close::NOT_LET_IN.code));
}

#[tokio::test]
async fn everybody_who_waits_is_let_in_at_once() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&ibasho_protocol::api::calendar::SessionPlan { access: Access::Approval, ..afternoon() }).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut waiting = Vec::new();
    for nick in ["あ", "い", "う"] {
        let mut client = knock(&server, nick, Pass::default()).await;
        client.inside().await;
        waiting.push(client);
    }
    host.host(Act::Admit { who: None }).await;
    for client in &mut waiting {
        client.until("inside", |mirror| mirror.lobby.is_none() && !mirror.people.is_empty()).await;
    }
    host.until("all", |mirror| mirror.people.len() == 4).await;
}

#[tokio::test]
async fn the_lobby_survives_a_restart() {
    let mut server = TestServer::start().await;
    let (mut host, mut nagi) = {
        let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
        owner.plan(&ibasho_protocol::api::calendar::SessionPlan { access: Access::Approval, ..afternoon() }).await;
        let host = owner.enter("house", "ぬし", false).await;
        let mut nagi = knock(&server, "なぎ", Pass::default()).await;
        nagi.inside().await;
        (host, nagi)
    };
    server.stop().await;
    server.start_again().await;
    host.resume(server.addr()).await;
    nagi.resume(server.addr()).await;
    assert_eq!(nagi.mirror.role, Some(Role::Lobby));
    let who = nagi.me();
    host.host(Act::Admit { who: Some(who) }).await;
    nagi.until("inside", |mirror| mirror.lobby.is_none()).await;
}

#[tokio::test]
async fn an_observer_waits_is_announced_and_only_looks_on() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&ibasho_protocol::api::calendar::SessionPlan { observers: true, ..afternoon() }).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut nagi = server.enter("なぎ").await;
    let mut press = knock(&server, "記者", Pass { observes: true, ..Pass::default() }).await;
    press.inside().await;
    let who = press.me();
    host.host(Act::Admit { who: Some(who) }).await;
    nagi.until("an announcement", |mirror| {
        mirror.standing.as_ref().is_some_and(|now| now.coming.iter().any(|coming| coming.nick == "記者"))
    })
    .await;
    assert!(!nagi.mirror.nicks().contains(&"記者"));
    server.pass(ANNOUNCE_OBSERVER_MS + 1, &mut [&mut host, &mut nagi, &mut press]).await;
    press.until("inside", |mirror| mirror.lobby.is_none()).await;
    nagi.until("seen as what they are", |mirror| {
        mirror.people.get(&who).is_some_and(|person| person.badge == Some(Role::Observer))
    })
    .await;
    let say = |n| ClientMessage::Say { n, to: 0, text: "一言".into() };
    assert_eq!(press.denied(say).await, RefusalCode::NotAllowed);
}

#[tokio::test]
async fn two_hundred_want_twenty_seats() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut host = owner.enter("house", "ぬし", false).await;
    let mut people = Vec::new();
    for number in 0..200 {
        people.push(knock(&server, &format!("ひと{number}"), Pass::default()).await);
    }
    let mut inside = 0;
    for person in &mut people {
        person.until("an answer", |mirror| mirror.you.is_some() || !mirror.refused.is_empty()).await;
        if person.mirror.you.is_some() {
            inside += 1;
        } else {
            assert_eq!(person.mirror.refused[0].code, RefusalCode::RoomFull);
        }
    }
    assert_eq!(inside, 20);
    host.until("twenty and the host", |mirror| mirror.people.len() == 21).await;
}

#[tokio::test]
async fn a_session_asks_for_what_it_needs() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let eligibility = Some(Eligibility { text: text("女性のみ"), confirmed: false });
    owner.plan(&ibasho_protocol::api::calendar::SessionPlan { eligibility, ..afternoon() }).await;
    let _host = owner.enter("house", "ぬし", false).await;
    assert_eq!(refused(knock(&server, "なぎ", Pass::default()).await).await, RefusalCode::DeclareFirst);
    let observer = Pass { observes: true, ..Pass::default() };
    assert_eq!(refused(knock(&server, "なぎ", observer).await).await, RefusalCode::NoObservers);
    let mut nagi = knock(&server, "なぎ", Pass { declared: true, ..Pass::default() }).await;
    nagi.inside().await;
    assert_eq!(nagi.mirror.role, Some(Role::Participant));
    let wrong = Pass { declared: true, code: Some("0000-0000".into()), ..Pass::default() };
    assert_eq!(refused(knock(&server, "はる", wrong).await).await, RefusalCode::CodeUnknown);
}
