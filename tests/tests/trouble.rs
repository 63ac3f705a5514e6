//! Trouble inside the server: a room that fails, a stop, a restart, a power cut.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::{Point, Way, Wish};
use ibasho_protocol::server::Line;
use ibasho_server::Inspect;
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::program::Program;
use ibasho_tests::server::{Recipe, TestServer};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};

#[tokio::test]
async fn a_room_that_fails_opens_again_and_other_rooms_notice_nothing() {
    let inspect: Inspect = Arc::new(|message: &ClientMessage| {
        assert!(!matches!(message, ClientMessage::Say { text, .. } if text == "ばぐ"), "a bug in a room");
    });
    let server = TestServer::with(Recipe { inspect: Some(inspect), ..Recipe::default() }).await;
    let mut elsewhere = TestClient::connect(server.addr()).await;
    elsewhere.hello_as("closet", "そら", Way::Write).await;
    elsewhere.inside().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    haru.say(0, "そのまえ").await;
    nagi.command(|n| ClientMessage::Say { n, to: 0, text: "ばぐ".into() }).await;
    for person in [&mut nagi, &mut haru] {
        assert_eq!(person.until_closed().await, Some(4007));
        let (code, back_in) = person.mirror.bye.expect("a goodbye");
        assert!(code == 4007 && back_in.is_some_and(|(from, to)| from < to));
    }
    elsewhere.say(0, "なにもありません").await;
    assert!(elsewhere.closed.is_none());
    // The room is there again a little later; until then it is busy.
    server.advance(5_000);
    for person in [&mut nagi, &mut haru] {
        come_back(person, server.addr()).await;
        assert_eq!(person.mirror.line, Some(Line::Resync), "words before may be lost");
    }
    haru.say(0, "ただいま").await;
    nagi.until("the words", |mirror| mirror.texts().last() == Some(&"ただいま")).await;
    assert_eq!(nagi.mirror.nicks(), ["なぎ", "はる"]);
}

/// Tries until the room is open; forgets what was under way.
async fn come_back(person: &mut TestClient, addr: SocketAddr) {
    loop {
        let mut again = TestClient::connect(addr).await;
        again.hello_again(&person.mirror.token, person.mirror.seen).await;
        while again.closed.is_none() && again.mirror.you.is_none() {
            again.read().await;
        }
        if again.mirror.you.is_some() {
            again.send(&ClientMessage::Ready {}).await;
            *person = again;
            return;
        }
        assert!(again.mirror.refused[0].retry, "{:?}", again.mirror.refused);
    }
}

#[tokio::test]
async fn a_stop_is_told_and_after_the_restart_everybody_is_where_they_were() {
    let mut server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    nagi.walk(Target::Seat(2)).await;
    server.pass(10_000, &mut [&mut nagi, &mut haru]).await;
    nagi.done(|n| ClientMessage::SetWish { n, wish: Some(Wish::Quiet) }).await;
    nagi.done(|n| ClientMessage::SetWay { n, way: Way::React }).await;
    let before = nagi.mirror.clone();
    let late = TestClient::connect(server.addr()).await;
    server.stop().await;
    for person in [&mut nagi, &mut haru] {
        assert_eq!(person.until_closed().await, Some(1012));
        let (code, back_in) = person.mirror.bye.expect("a goodbye");
        assert!(code == 1012 && back_in.is_some_and(|(from, to)| from < to));
    }
    drop(late);
    server.start_again().await;
    for person in [&mut nagi, &mut haru] {
        person.resume(server.addr()).await;
    }
    assert_eq!(nagi.me(), before.me());
    let (now, then) = (&nagi.mirror.people[&nagi.me()], &before.people[&before.me()]);
    assert_eq!((now.walk.seat, now.walk.zone), (then.walk.seat, then.walk.zone));
    assert_eq!((&now.nick, now.look, now.wish), (&then.nick, then.look, Some(Wish::Quiet)));
    assert_eq!(nagi.mirror.way, Some(Way::React));
    haru.say(0, "ただいま").await;
    haru.until("one's own words", |mirror| mirror.texts() == ["ただいま"]).await;
}

#[tokio::test]
async fn who_does_not_come_back_after_a_restart_is_gone_after_the_grace() {
    let mut server = TestServer::start().await;
    let nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let who = nagi.me();
    drop(nagi);
    server.stop().await;
    server.start_again().await;
    haru.until_closed().await;
    haru.resume(server.addr()).await;
    assert!(haru.mirror.people.contains_key(&who));
    server.pass(61_000, &mut [&mut haru]).await;
    haru.until("she is gone", |mirror| !mirror.people.contains_key(&who)).await;
}

/// Waits until the store says that somebody has this seat. Nobody is told of it.
async fn until_written(data: &Path, who: PersonId, is: impl Fn(Point, Option<u16>) -> bool) {
    let options = SqliteConnectOptions::new().filename(data.join("ibasho.sqlite3")).read_only(true);
    let mut store = SqliteConnection::connect_with(&options).await.expect("it opens");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let kept = sqlx::query_as::<_, (i16, i16, Option<u16>)>("SELECT x, y, seat FROM seats WHERE person = $1");
        let (x, y, seat) = kept.bind(who.0.cast_signed()).fetch_one(&mut store).await.expect("a row");
        if is(Point(x, y), seat) {
            return;
        }
        assert!(Instant::now() < deadline, "the place is not written");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_stroll_is_on_disk_after_five_seconds_and_a_seat_after_one() {
    let server = TestServer::start().await;
    let mut nagi = TestClient::enter(server.addr(), "なぎ").await;
    let (me, data) = (nagi.me(), server.config().data.clone());
    let Point(x, y) = nagi.mirror.people[&me].walk.path[0];
    nagi.walk(Target::Point(Point(x + 10, y))).await;
    let walk = nagi.mirror.people[&me].walk.clone();
    assert!(walk.stays, "from floor to floor");
    let goal = *walk.path.last().expect("an end");
    server.advance(5_000);
    until_written(&data, me, |at, _| at == goal && at != Point(x, y)).await;
    nagi.walk(Target::Seat(2)).await;
    // Once they are on the way for longer than people who run about.
    server.advance(2_000);
    until_written(&data, me, |_, seat| seat == Some(2)).await;
}

#[tokio::test]
async fn a_power_cut_loses_nobody() {
    let home = tempfile::TempDir::new().expect("a folder");
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut program = Program::start(home.path(), anywhere).expect("the program starts");
    let mut nagi = TestClient::enter(program.addr, "なぎ").await;
    let mut haru = TestClient::enter(program.addr, "はる").await;
    let look = ibasho_protocol::person::Look { figure: 7, colour: 7 };
    nagi.done(|n| ClientMessage::Appear { n, nick: "なぎさ".into(), look }).await;
    nagi.done(|n| ClientMessage::SetWay { n, way: Way::Watch }).await;
    haru.done(|n| ClientMessage::SetWish { n, wish: Some(Wish::Talk) }).await;
    let ids = (nagi.me(), haru.me());
    haru.walk(Target::Seat(2)).await;
    until_written(home.path(), ids.1, |_, seat| seat == Some(2)).await;
    program.kill().expect("it was running");
    assert_eq!(nagi.until_closed().await, None, "no goodbye");
    let mut program = Program::start(home.path(), program.addr).expect("the program starts again");
    for person in [&mut nagi, &mut haru] {
        person.resume(program.addr).await;
        assert_ne!(person.mirror.line, Some(Line::Fresh));
    }
    assert_eq!((nagi.me(), haru.me()), ids);
    // What was answered was on disk.
    let (first, second) = (&haru.mirror.people[&ids.0], &haru.mirror.people[&ids.1]);
    assert_eq!((first.nick.as_str(), first.look), ("なぎさ", look));
    assert_eq!((nagi.mirror.way, second.wish), (Some(Way::Watch), Some(Wish::Talk)));
    // So was where she went, a moment later.
    assert_eq!(second.walk.seat, Some(2));
    assert!(program.terminate().expect("it stops").success());
    assert_eq!(haru.until_closed().await, Some(1012));
}
