//! Who is where, and how they are.

use ibasho_protocol::client::{ClientMessage, Enter, Target};
use ibasho_protocol::limits::{GRACE_MS, MS_PER_CELL};
use ibasho_protocol::person::{Look, Person, Point, Reaction, Way, Wish};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::server::TestServer;

const LEFT: u16 = 1;
const REST: u16 = 3;

fn person(seen_by: &TestClient, who: &TestClient) -> Person {
    seen_by.mirror.people[&who.me()].clone()
}

#[tokio::test]
async fn people_see_each_other_come_change_and_go() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    nagi.until("はる", |mirror| mirror.nicks() == ["なぎ", "はる"]).await;
    assert_eq!(person(&nagi, &haru), person(&haru, &haru));

    let who = haru.me();
    haru.done(|n| ClientMessage::SetWish { n, wish: Some(Wish::Talk) }).await;
    nagi.until("a wish", |mirror| mirror.people[&who].wish == Some(Wish::Talk)).await;
    haru.done(|n| ClientMessage::SetWish { n, wish: None }).await;
    nagi.until("no wish", |mirror| mirror.people[&who].wish.is_none()).await;
    haru.done(|n| ClientMessage::Away { n, on: true }).await;
    nagi.until("away", |mirror| mirror.people[&who].away).await;
    haru.done(|n| ClientMessage::React { n, kind: Reaction::Wave }).await;
    nagi.until("back, and a wave", |mirror| mirror.events.contains(&Event::Reacts { who, kind: Reaction::Wave })).await;
    assert!(!person(&nagi, &haru).away, "who waves is back");
    let look = Look { figure: 1, colour: 2 };
    haru.done(|n| ClientMessage::Appear { n, nick: "ハルカ".into(), look }).await;
    nagi.until("another look", |mirror| mirror.people[&who].look == look).await;
    assert_eq!(person(&nagi, &haru).nick, "ハルカ");

    haru.send(&ClientMessage::Leave {}).await;
    assert_eq!(haru.until_closed().await, Some(1000));
    nagi.until("she is gone", |mirror| mirror.nicks() == ["なぎ"]).await;
    assert_eq!(nagi.mirror.events.last(), Some(&Event::Left { who }));
}

#[tokio::test]
async fn the_way_is_kept_by_the_server_and_told_to_nobody() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = TestClient::connect(server.addr()).await;
    haru.hello_as("house", "はる", Way::Watch).await;
    haru.inside().await;
    let say = |n| ClientMessage::Say { n, to: 0, text: "あの".into() };
    let nod = |n| ClientMessage::React { n, kind: Reaction::Nod };
    assert_eq!(haru.denied(nod).await, RefusalCode::NotAllowed);
    assert_eq!(haru.denied(say).await, RefusalCode::NotAllowed);
    haru.done(|n| ClientMessage::SetWay { n, way: Way::React }).await;
    haru.done(nod).await;
    assert_eq!(haru.denied(say).await, RefusalCode::NotAllowed);
    haru.done(|n| ClientMessage::SetWay { n, way: Way::Write }).await;
    haru.done(say).await;
    haru.done(|n| ClientMessage::SetWay { n, way: Way::Watch }).await;
    assert_eq!(haru.denied(say).await, RefusalCode::NotAllowed);
    nagi.until("the words", |mirror| mirror.texts() == ["あの"]).await;
    let told: Vec<_> = nagi.mirror.events.iter().filter(|event| !matches!(event, Event::Came(_))).collect();
    assert!(matches!(told[..], [Event::Reacts { .. }, Event::Said(_)]), "{told:?}");
}

#[tokio::test]
async fn a_walk_is_one_event_with_its_path_and_its_times() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let from = person(&haru, &haru).walk.path[0];
    let who = haru.me();
    haru.walk(Target::Point(Point(105, 35))).await;
    nagi.until("a walk", |mirror| mirror.people.get(&who).is_some_and(|person| person.walk.path.len() > 1)).await;
    let walk = person(&nagi, &haru).walk;
    assert_eq!((walk.path[0], walk.path[walk.path.len() - 1]), (from, Point(105, 35)));
    assert_eq!((walk.zone, walk.seat, walk.at), (0, None, server.now()));
    let cells = walk
        .path
        .windows(2)
        .map(|pair| f64::hypot(f64::from(pair[1].0 - pair[0].0), f64::from(pair[1].1 - pair[0].1)) / 10.0);
    let expected = cells.sum::<f64>() * MS_PER_CELL as f64;
    assert!((walk.until - walk.at).abs_diff(expected as u64) <= 2, "{walk:?}: {expected}");

    // Half-way she turns: the new path begins where she is.
    server.pass((walk.until - walk.at) / 2, &mut [&mut nagi, &mut haru]).await;
    haru.walk(Target::Zone(LEFT)).await;
    let turned = server.now();
    nagi.until("a turn", |mirror| mirror.people[&who].walk.at == turned).await;
    let turn = person(&nagi, &haru).walk;
    assert!(turn.path[0].1 < from.1 && turn.path[0].1 > 35, "{turn:?} begins half-way from {from:?}");
    assert_eq!(turn.zone, LEFT);
}

#[tokio::test]
async fn a_seat_is_for_one() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let to_seat = |seat| move |n| ClientMessage::Walk { n, to: Target::Seat(seat) };
    nagi.done(to_seat(0)).await;
    // On the way it is taken already.
    assert_eq!(haru.denied(to_seat(0)).await, RefusalCode::SeatTaken);
    haru.done(to_seat(1)).await;
    assert_eq!(haru.denied(to_seat(99)).await, RefusalCode::OffTheMap);
    assert_eq!(haru.denied(|n| ClientMessage::Walk { n, to: Target::Zone(5) }).await, RefusalCode::OffTheMap);
    for point in [Point(-1, 0), Point(200, 5), Point(5, 120), Point(i16::MAX, i16::MIN)] {
        assert_eq!(haru.denied(|n| ClientMessage::Walk { n, to: Target::Point(point) }).await, RefusalCode::OffTheMap);
    }
    // Furniture: the nearest floor instead.
    haru.walk(Target::Point(Point(95, 75))).await;
    nagi.walk(Target::Zone(REST)).await;
    let at = person(&nagi, &nagi).walk;
    assert_eq!((at.zone, at.seat), (REST, Some(6)), "the seat of the rest corner");
    haru.done(to_seat(0)).await;
}

#[tokio::test]
async fn changing_seats_at_a_table_does_not_leave_it() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    nagi.walk(Target::Seat(0)).await;
    server.arrive(0, &mut [&mut nagi]).await;
    nagi.walk(Target::Seat(1)).await;
    assert!(person(&nagi, &nagi).walk.stays);
    nagi.say(LEFT, "まだここです").await;
    nagi.until("one's own words", |mirror| mirror.texts().len() == 1).await;
}

#[tokio::test]
async fn a_lost_line_is_not_noticed_until_the_grace_is_over() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let haru = server.enter("はる").await;
    let who = haru.me();
    drop(haru);
    nagi.settle().await;
    server.pass(GRACE_MS - 1_000, &mut [&mut nagi]).await;
    nagi.say(0, "しずかですね").await;
    assert_eq!(nagi.mirror.nicks(), ["なぎ", "はる"]);
    server.pass(1_000, &mut [&mut nagi]).await;
    nagi.until("she is gone", |mirror| !mirror.people.contains_key(&who)).await;
}

#[tokio::test]
async fn a_nickname_that_looks_like_another_is_refused_kindly() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    for nick in ["なぎ", "ナギ", "ﾅｷﾞ", "な ぎ"] {
        let mut other = TestClient::connect(server.addr()).await;
        other.hello(nick).await;
        assert_eq!(other.until_closed().await, Some(4002), "{nick}");
        let refusal = other.mirror.refused[0].clone();
        assert_eq!(refusal.code, RefusalCode::NicknameTaken);
        let free = refusal.try_nick.expect("a friendly suggestion");
        let mut other = server.enter(&free).await;
        assert!(other.mirror.nicks().contains(&free.as_str()));
        let taken = |n| ClientMessage::Appear { n, nick: "ナギ".into(), look: LOOK };
        assert_eq!(other.denied(taken).await, RefusalCode::NicknameTaken);
        other.send(&ClientMessage::Leave {}).await;
        other.until_closed().await;
    }
    // One may look like oneself.
    nagi.done(|n| ClientMessage::Appear { n, nick: "ナギ".into(), look: LOOK }).await;
    let me = nagi.me();
    nagi.until("one's own new name", |mirror| mirror.people[&me].nick == "ナギ").await;
}

#[tokio::test]
async fn a_wish_can_be_brought_along() {
    let server = TestServer::start().await;
    let mut nagi = TestClient::connect(server.addr()).await;
    let enter = Enter::New {
        nick: "なぎ".into(),
        look: LOOK,
        way: Way::Watch,
        wish: Some(Wish::Quiet),
        pass: None,
        device: None,
    };
    nagi.send(&ClientMessage::Hello { v: 1, room: "house".into(), enter }).await;
    nagi.inside().await;
    assert_eq!(person(&nagi, &nagi).wish, Some(Wish::Quiet));
}
