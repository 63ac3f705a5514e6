//! A message reaches exactly those who can hear its place.

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::ZoneIndex;
use ibasho_protocol::person::Reaction;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_tests::client::TestClient;
use ibasho_tests::server::TestServer;

const HALL: ZoneIndex = 0;
const LEFT: ZoneIndex = 1;
const RIGHT: ZoneIndex = 2;
const REST: ZoneIndex = 3;
const EDGE: ZoneIndex = 4;

/// Everybody waits for one and the same nod, which the whole room sees: what was to be heard before it has been.
async fn fence(server: &TestServer, people: &mut [&mut TestClient]) {
    server.pass(1_000, people).await;
    let who = people[0].me();
    let nod = Event::Reacts { who, kind: Reaction::Nod };
    let before = people[0].mirror.events.iter().filter(|event| **event == nod).count();
    people[0].done(|n| ClientMessage::React { n, kind: Reaction::Nod }).await;
    for person in people {
        let count = |events: &[Event]| events.iter().filter(|event| **event == nod).count();
        person.until("the nod", |mirror| count(&mirror.events) > before).await;
    }
}

#[tokio::test]
async fn the_words_of_each_place_reach_exactly_those_who_hear_it() {
    let server = TestServer::start().await;
    let mut people = Vec::new();
    // Two at the left table, one at the right, two in the hall, one resting, one at the edge.
    let places = [
        ("ひだり1", Some(0)),
        ("ひだり2", Some(3)),
        ("みぎ", Some(4)),
        ("ひろま1", None),
        ("ひろま2", None),
        ("やすみ", Some(6)),
        ("はし", Some(7)),
    ];
    for (nick, seat) in places {
        let mut person = server.enter(nick).await;
        if let Some(seat) = seat {
            person.walk(Target::Seat(seat)).await;
        }
        people.push(person);
    }
    let mut everybody: Vec<&mut TestClient> = people.iter_mut().rev().collect();
    // The last in this order are those who walk; the first is at the edge, whom everybody sees nod.
    for _ in 0..5 {
        server.pass(4_000, &mut everybody).await;
    }
    fence(&server, &mut everybody).await;
    for person in &everybody {
        let seen = &everybody[0].mirror;
        let zone = seen.zone_of(person.me(), server.now());
        assert_eq!(zone, person.mirror.zone_of(person.me(), server.now()), "everybody reckons alike");
    }
    drop(everybody);

    for (speaker, zone, text) in [(0, LEFT, "左の話"), (2, RIGHT, "右の話"), (3, HALL, "広間の話")] {
        people[speaker].say(zone, text).await;
    }
    for quiet in [(5, REST), (6, EDGE)] {
        let (who, to) = quiet;
        let say = |n| ClientMessage::Say { n, to, text: "しずかに".into() };
        assert_eq!(people[who].denied(say).await, RefusalCode::QuietPlace);
    }
    let nod = |n| ClientMessage::React { n, kind: Reaction::Nod };
    assert_eq!(people[5].denied(nod).await, RefusalCode::QuietPlace, "resting, one is not even seen to nod");
    let mut everybody: Vec<&mut TestClient> = people.iter_mut().rev().collect();
    fence(&server, &mut everybody).await;
    let heard: Vec<Vec<&str>> = people.iter().map(|person| person.mirror.texts()).collect();
    let (left, right, hall) = (vec!["左の話"], vec!["右の話"], vec!["広間の話"]);
    assert_eq!(heard, [left.clone(), left, right, hall.clone(), hall.clone(), vec![], hall]);
}

#[tokio::test]
async fn words_for_a_table_never_reach_the_hall() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let mut sora = server.enter("そら").await;
    let secret = |n| ClientMessage::Say { n, to: LEFT, text: "机だけの話".into() };
    // Not there yet.
    assert_eq!(nagi.denied(secret).await, RefusalCode::NotThere);
    nagi.walk(Target::Seat(0)).await;
    haru.walk(Target::Seat(1)).await;
    // On the way one is in the hall.
    assert_eq!(nagi.denied(secret).await, RefusalCode::NotThere);
    nagi.say(HALL, "行ってきます").await;
    server.pass(10_000, &mut [&mut nagi, &mut haru, &mut sora]).await;
    nagi.done(secret).await;
    let there = |n| ClientMessage::Say { n, to: HALL, text: "広間へ".into() };
    assert_eq!(nagi.denied(there).await, RefusalCode::NotThere);
    assert_eq!(nagi.denied(|n| ClientMessage::Say { n, to: 9, text: "a".into() }).await, RefusalCode::OffTheMap);
    // From her first step away she neither hears nor says anything at the table.
    haru.walk(Target::Point(ibasho_protocol::person::Point(105, 105))).await;
    server.pass(1_000, &mut [&mut nagi, &mut haru, &mut sora]).await;
    nagi.say(LEFT, "ひとりごと").await;
    assert_eq!(haru.denied(secret).await, RefusalCode::NotThere);
    fence(&server, &mut [&mut sora, &mut nagi, &mut haru]).await;
    assert_eq!(nagi.mirror.texts(), ["行ってきます", "机だけの話", "ひとりごと"]);
    assert_eq!(haru.mirror.texts(), ["行ってきます", "机だけの話"]);
    assert_eq!(sora.mirror.texts(), ["行ってきます"]);
}

#[tokio::test]
async fn who_lost_the_line_at_a_table_hears_it_later_and_nobody_else_does() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let mut sora = server.enter("そら").await;
    nagi.walk(Target::Seat(0)).await;
    haru.walk(Target::Seat(1)).await;
    server.pass(10_000, &mut [&mut nagi, &mut haru, &mut sora]).await;
    nagi.say(LEFT, "聞こえますか").await;
    let id = nagi.say(LEFT, "これは取り消します").await;
    nagi.done(|n| ClientMessage::TakeBack { n, id }).await;
    sora.resume(server.addr()).await;
    haru.resume(server.addr()).await;
    haru.until("the words", |mirror| mirror.texts() == ["聞こえますか"]).await;
    fence(&server, &mut [&mut sora, &mut nagi, &mut haru]).await;
    assert_eq!(haru.mirror.texts(), ["聞こえますか"]);
    assert!(sora.mirror.said.is_empty() && sora.mirror.taken_back.is_empty());
}
