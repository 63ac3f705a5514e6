//! From the socket to the welcome: who gets in, who does not, and who is not disturbed by it.

use ibasho_protocol::client::{ClientMessage, Enter, Target};
use ibasho_protocol::ids::Seq;
use ibasho_protocol::limits::HELLO_MS;
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::{Event, Line};
use ibasho_tests::client::{LOOK, PATIENCE, TestClient, open, upgrade};
use ibasho_tests::http::ask;
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::wire::upgrade_request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode};

#[tokio::test]
async fn a_newcomer_is_welcomed_with_the_whole_room() {
    let server = TestServer::start().await;
    let haru = server.enter("はる").await;
    let nagi = server.enter(" なぎ ").await;
    assert_eq!(nagi.mirror.line, Some(Line::Fresh));
    assert_eq!(nagi.mirror.nicks(), ["なぎ", "はる"]);
    assert_eq!(nagi.mirror.way, Some(Way::Write));
    assert_eq!((nagi.mirror.next_n, nagi.mirror.said.len()), (1, 0));
    assert_eq!(nagi.mirror.people[&haru.me()], haru.mirror.people[&haru.me()]);
    assert!(nagi.mirror.token.len() >= 43, "256 bits");
}

#[tokio::test]
async fn only_the_subprotocol_of_this_version_is_spoken() {
    let server = TestServer::start().await;
    let host = server.addr().to_string();
    for offered in [None, Some("ibasho.v2"), Some("chat"), Some("ibasho.v1x")] {
        let mut request = upgrade(&host);
        let headers = request.headers_mut();
        headers.remove("Sec-WebSocket-Protocol");
        if let Some(offered) = offered {
            headers.insert("Sec-WebSocket-Protocol", HeaderValue::from_static(offered));
        }
        assert_eq!(open(server.addr(), request).await.err(), Some(StatusCode::BAD_REQUEST), "{offered:?}");
    }
    let mut request = upgrade(&host);
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("chat, ibasho.v1"));
    assert!(open(server.addr(), request).await.is_ok());
}

#[tokio::test]
async fn only_pages_on_the_list_may_connect() {
    let urls: fn(&mut ibasho_server::config::Config) =
        |config| config.public_urls = vec!["https://ibasho.example.jp".into()];
    let server = TestServer::with(Recipe { configure: Some(Box::new(urls)), ..Recipe::default() }).await;
    let (host, port) = (server.addr().to_string(), server.addr().port());
    let here = |name: &str| format!("http://{name}:{port}");
    for origin in [here("localhost"), here("127.0.0.1"), here("LOCALHOST"), "https://ibasho.example.jp".into()] {
        let mut request = upgrade(&host);
        request.headers_mut().insert("Origin", origin.parse().expect("a header"));
        assert!(open(server.addr(), request).await.is_ok(), "{origin}");
    }
    let others = [
        "null".to_owned(),
        String::new(),
        "http://localhost".into(),
        format!("https://localhost:{port}"),
        here("localhost.evil.example"),
        here("evil-localhost"),
        here("evil.example"),
        format!("http://localhost:{port}0"),
        format!("http://localhost:{port}@evil.example"),
        format!("http://localhost:{port}.evil.example"),
        format!("http://user@localhost:{port}"),
        format!("http://localhost:{port}/"),
        format!("http://localhost:{port},http://evil.example"),
        "http://ibasho.example.jp".into(),
        "https://ibasho.example.jp:8443".into(),
        "https://ibasho.example.jp.evil.example".into(),
        "https://evil-ibasho.example.jp".into(),
        "https://a.ibasho.example.jp".into(),
        "https://ibasho.example.jp.".into(),
        "file://".into(),
    ];
    for origin in others {
        let mut request = upgrade(&host);
        request.headers_mut().insert("Origin", origin.parse().expect("a header"));
        assert_eq!(open(server.addr(), request).await.err(), Some(StatusCode::FORBIDDEN), "{origin}");
    }
    let mut request = upgrade(&host);
    request.headers_mut().remove("Origin");
    assert_eq!(open(server.addr(), request).await.err(), Some(StatusCode::FORBIDDEN), "no origin");
    let mut request = upgrade(&host);
    request.headers_mut().append("Origin", "http://evil.example".parse().expect("a header"));
    let two = open(server.addr(), request).await.err();
    assert!(two.is_none_or(|status| status == StatusCode::FORBIDDEN), "the first of two counts, or none");
}

#[tokio::test]
async fn before_hello_nothing_else_is_possible() {
    let server = TestServer::start().await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.mirror.next_n = 1;
    assert_eq!(nagi.denied(|n| ClientMessage::Walk { n, to: Target::Zone(1) }).await, RefusalCode::WrongPhase);
    nagi.send(&ClientMessage::Ready {}).await;
    nagi.until("a refusal", |mirror| mirror.refused.len() == 1).await;
    assert_eq!(nagi.mirror.refused[0].code, RefusalCode::WrongPhase);
    nagi.beat().await;
    nagi.hello("なぎ").await;
    nagi.inside().await;
    nagi.hello("なぎ").await;
    nagi.until("a refusal", |mirror| mirror.refused.len() == 2).await;
    assert_eq!(nagi.mirror.refused[1].code, RefusalCode::WrongPhase);
    nagi.mirror.next_n = 2;
    nagi.say(0, "まだいます").await;
}

#[tokio::test]
async fn a_hello_that_cannot_be_is_refused_with_its_reason() {
    let server = TestServer::start().await;
    let enter = |nick: &str| Enter::New {
        nick: nick.into(),
        look: LOOK,
        way: Way::Write,
        wish: None,
        pass: None,
        device: None,
    };
    let odd_look = ibasho_protocol::person::Look { figure: 16, colour: 0 };
    let odd = Enter::New { nick: "a".into(), look: odd_look, way: Way::Write, wish: None, pass: None, device: None };
    let stranger = Enter::Again { token: "x".repeat(43), seen: Seq(0), device: None };
    for (v, room, enter, code) in [
        (2, "house", enter("なぎ"), RefusalCode::UnknownVersion),
        (0, "house", enter("なぎ"), RefusalCode::UnknownVersion),
        (1, "nowhere", enter("なぎ"), RefusalCode::RoomUnknown),
        (1, "../house", enter("なぎ"), RefusalCode::RoomUnknown),
        (1, "", enter("なぎ"), RefusalCode::RoomUnknown),
        (1, "shut", enter("なぎ"), RefusalCode::RoomClosed),
        (1, "house", enter(" "), RefusalCode::NicknameEmpty),
        (1, "house", enter(&"あ".repeat(17)), RefusalCode::NicknameTooLong),
        (1, "house", enter("a\u{202E}b"), RefusalCode::NicknameUnusable),
        (1, "house", odd, RefusalCode::BadShape),
        (1, "house", stranger, RefusalCode::SeatGone),
        (1, "house", Enter::Again { token: String::new(), seen: Seq(0), device: None }, RefusalCode::SeatGone),
    ] {
        let mut client = TestClient::connect(server.addr()).await;
        client.send(&ClientMessage::Hello { v, room: room.into(), enter: enter.clone() }).await;
        assert_eq!(client.until_closed().await, Some(4002), "{room} {enter:?}");
        assert_eq!(client.mirror.refused[0].code, code, "{room} {enter:?}");
        assert_eq!(client.mirror.bye.map(|bye| bye.0), Some(4002));
    }
}

#[tokio::test]
async fn a_room_takes_as_many_as_fit() {
    let server = TestServer::start().await;
    let mut inside = Vec::new();
    for nick in ["いち", "に"] {
        let mut client = TestClient::connect(server.addr()).await;
        client.hello_as("closet", nick, Way::Watch).await;
        client.inside().await;
        inside.push(client);
    }
    let mut third = TestClient::connect(server.addr()).await;
    third.hello_as("closet", "さん", Way::Watch).await;
    assert_eq!(third.until_closed().await, Some(4002));
    assert_eq!((third.mirror.refused[0].code, third.mirror.refused[0].retry), (RefusalCode::RoomFull, true));
    // A kept seat is a taken seat; a seat given up is free at once.
    let mut first = inside.swap_remove(0);
    first.send(&ClientMessage::Leave {}).await;
    assert_eq!(first.until_closed().await, Some(1000));
    let mut third = TestClient::connect(server.addr()).await;
    third.hello_as("closet", "さん", Way::Watch).await;
    third.inside().await;
    assert_eq!(third.mirror.nicks(), ["さん", "に"]);
}

#[tokio::test]
async fn who_says_no_hello_in_time_is_let_go() {
    let server = TestServer::start().await;
    let mut silent = TestClient::connect(server.addr()).await;
    server.advance(HELLO_MS - 1);
    silent.beat().await;
    server.advance(1);
    assert_eq!(silent.until_closed().await, Some(4000));
}

#[tokio::test]
async fn thousands_of_silent_sockets_disturb_nobody() {
    let few: fn(&mut ibasho_server::config::Config) = |config| config.limits.waiting = 20;
    let server = TestServer::with(Recipe { configure: Some(Box::new(few)), ..Recipe::default() }).await;
    let mut nagi = server.enter("なぎ").await;
    let mut sockets = Vec::new();
    for _ in 0..1_000 {
        sockets.push(TcpStream::connect(server.addr()).await.expect("the server listens"));
    }
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(TestClient::connect(server.addr()).await);
    }
    // The oldest went, the newest may still speak.
    assert_eq!(silent[0].until_closed().await, Some(4010));
    let newest = silent.last_mut().expect("forty");
    newest.hello("はる").await;
    newest.inside().await;
    nagi.say(0, "こんにちは").await;
    newest.until("words", |mirror| mirror.texts() == ["こんにちは"]).await;
}

#[tokio::test]
async fn behind_a_web_server_everybody_has_an_address_of_their_own() {
    /// Try-outs of a microphone that one address has at once (`rate::PRACTICE`).
    const AT_ONCE: usize = 30;
    let proxies: fn(&mut ibasho_server::config::Config) =
        |config| config.proxies = vec!["127.0.0.1".to_owned().try_into().expect("an address")];
    let server = TestServer::with(Recipe { configure: Some(Box::new(proxies)), ..Recipe::default() }).await;
    let practise = async |forwarded: &str| {
        let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", forwarded)];
        ask(server.addr(), "POST", "/api/v1/practice", &headers, r#"{"sdp":""}"#).await.refusal()
    };
    for _ in 0..AT_ONCE {
        assert_eq!(practise("203.0.113.7").await, RefusalCode::BadOffer);
    }
    assert_eq!(practise("203.0.113.7").await, RefusalCode::TooFast);
    // What a person writes themselves stands before what the web server writes.
    assert_eq!(practise("198.51.100.1, 203.0.113.7").await, RefusalCode::TooFast);
    assert_eq!(practise("203.0.113.8").await, RefusalCode::BadOffer, "somebody else");
}

#[tokio::test]
async fn an_address_that_connects_too_fast_waits_and_others_do_not() {
    /// A whole school behind one address comes back at once.
    const SCHOOL: usize = 2_000;
    let server = TestServer::start().await;
    let host = server.addr().to_string();
    for number in 0..SCHOOL {
        assert!(open(server.addr(), upgrade(&host)).await.is_ok(), "the {number}th");
    }
    let refused = open(server.addr(), upgrade(&host)).await.err();
    assert_eq!(refused, Some(StatusCode::TOO_MANY_REQUESTS));

    let other = TcpSocket::new_v4().expect("a socket");
    other.bind(([127, 0, 0, 2], 0).into()).expect("the machine has this address too");
    let mut other = other.connect(server.addr()).await.expect("the server listens");
    other.write_all(&upgrade_request(&host)).await.expect("it reads");
    let mut status = [0; 12];
    timeout(PATIENCE, other.read_exact(&mut status)).await.expect("soon").expect("it answers");
    assert_eq!(&status, b"HTTP/1.1 101");

    server.advance(1_000);
    assert!(open(server.addr(), upgrade(&host)).await.is_ok(), "a moment later");
}

#[tokio::test]
async fn a_slow_head_is_given_up_and_disturbs_nobody() {
    let server = TestServer::start().await;
    let mut slow = TcpStream::connect(server.addr()).await.expect("the server listens");
    slow.write_all(b"GET /ws HTTP/1.1\r\nHost: a\r\nX-Slow: ").await.expect("it reads");
    let mut nagi = server.enter("なぎ").await;
    nagi.say(0, "ゆっくりどうぞ").await;
    let mut rest = Vec::new();
    let ended = timeout(PATIENCE, slow.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the server waits for ever");
    nagi.say(0, "おつかれさま").await;
}

#[tokio::test]
async fn an_unknown_message_of_a_later_version_is_answered_and_otherwise_ignored() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    // More often than nonsense would be borne.
    for _ in 0..12 {
        nagi.send_bytes(&b"\x82\xa1t\xa4sing\xa1n\x01"[..]).await;
    }
    nagi.until("the refusals", |mirror| mirror.refused.len() == 12).await;
    assert!(nagi.mirror.refused.iter().all(|refusal| refusal.code == RefusalCode::UnknownType));
    let answer = nagi.ask(|n| ClientMessage::Away { n, on: true }).await;
    assert_eq!(answer, Event::Done { n: 1, id: None });
}

#[tokio::test]
async fn of_those_who_come_in_the_same_moment_no_two_look_alike_and_no_more_than_fit() {
    let server = TestServer::start().await;
    let mut alike = Vec::new();
    for nick in ["なぎ", "ナギ", "ﾅｷﾞ"] {
        let mut client = TestClient::connect(server.addr()).await;
        client.hello(nick).await;
        alike.push(client);
    }
    let mut many = Vec::new();
    for nick in ["いち", "に", "さん", "よん"] {
        let mut client = TestClient::connect(server.addr()).await;
        client.hello_as("closet", nick, Way::Watch).await;
        many.push(client);
    }
    for (clients, fit) in [(alike, 1), (many, 2)] {
        let mut inside = 0;
        for mut client in clients {
            while client.mirror.you.is_none() && client.closed.is_none() {
                client.read().await;
            }
            inside += usize::from(client.closed.is_none());
        }
        assert_eq!(inside, fit);
    }
}
