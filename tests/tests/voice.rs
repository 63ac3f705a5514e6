//! Who hears whom.

use std::time::Duration;

use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::{Point, Way};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use ibasho_protocol::voice::{Measure, Slot};
use ibasho_tests::server::TestServer;
use ibasho_tests::voice::guest::{AT_ONCE, Guest, HALF_A_SECOND};
use ibasho_tests::voice::stamp::clock;

/// Seats of the house: four at the left table, two at the right one, one to rest.
const LEFT: [u16; 4] = [0, 1, 2, 3];
const RIGHT: u16 = 4;
const REST: u16 = 6;

fn heard_ever(guest: &Guest) -> Vec<PersonId> {
    guest.peer.heard().voices_since(Duration::ZERO).into_iter().collect()
}

#[tokio::test]
async fn a_table_hears_its_own_voices_and_nobody_elses() {
    let server = TestServer::start().await;
    let places = [
        ("なぎ", Some(LEFT[0])),
        ("はる", Some(LEFT[1])),
        ("そら", Some(LEFT[2])),
        ("みぎ", Some(RIGHT)),
        ("ひろま", None),
        ("やすみ", Some(REST)),
    ];
    let mut guests = server.guests(&places).await;
    for guest in &mut guests[..5] {
        guest.speak().await;
    }
    let denied = guests[5].line.denied(|n| ClientMessage::Mic { n, on: true }).await;
    assert_eq!(denied, RefusalCode::QuietPlace);
    guests[5].peer.talk();
    let ids: Vec<PersonId> = guests.iter().map(Guest::me).collect();
    for guest in &mut guests[..3] {
        let me = guest.me();
        for &other in ids[..3].iter().filter(|&&id| id != me) {
            guest.hears(other).await;
        }
    }
    for (listener, guest) in guests.iter_mut().enumerate() {
        let mut expected: Vec<PersonId> = match listener {
            0..3 => ids[..3].iter().copied().filter(|&id| id != ids[listener]).collect(),
            _ => Vec::new(),
        };
        expected.sort_unstable();
        assert_eq!(heard_ever(guest), expected, "{listener} hears exactly their table");
        guest.line.until("the slots", |mirror| mirror.slots.len() == expected.len()).await;
        // What is said about a slot is so.
        for packet in &guest.peer.heard().packets {
            let slot = Slot { mid: packet.mid.to_string(), who: packet.stamp.who };
            assert!(guest.line.mirror.slots.contains(&slot), "{slot:?} is not among {:?}", guest.line.mirror.slots);
        }
    }
}

#[tokio::test]
async fn who_speaks_is_shown_to_all_who_hear_the_place_and_to_nobody_else() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", Some(LEFT[0])), ("みぎ", Some(RIGHT))]).await;
    let mut reader = server.enter("よむ").await;
    reader.walk(Target::Seat(LEFT[1])).await;
    let [nagi, right] = &mut guests[..] else { unreachable!() };
    server.settle(&mut [&mut nagi.line, &mut right.line, &mut reader]).await;
    nagi.speak().await;
    let me = nagi.me();
    // Who only reads sees it too; and so does who speaks.
    reader.until("who speaks", |mirror| mirror.speaking == [me]).await;
    nagi.line.until("that one is heard", |mirror| mirror.speaking == [me]).await;
    nagi.peer.hush();
    reader.until("silence", |mirror| mirror.speaking.is_empty()).await;
    right.line.settle().await;
    assert!(right.line.mirror.speaking.is_empty(), "another table is not told");
    let told = |event: &_| matches!(event, ibasho_protocol::server::Event::Speaking { who } if !who.is_empty());
    assert!(!right.line.mirror.events.iter().any(told));
}

#[tokio::test]
async fn who_listens_hears_and_cannot_be_heard() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    haru.set_way(Way::Listen).await;
    let denied = haru.line.denied(|n| ClientMessage::Mic { n, on: true }).await;
    assert_eq!(denied, RefusalCode::NotAllowed);
    haru.peer.talk();
    nagi.speak().await;
    sora.speak().await;
    haru.hears(nagi.me()).await;
    nagi.does_not_hear(haru.me(), sora.me()).await;
    // From listening to voice and back is one step, without another connection.
    haru.set_way(Way::Voice).await;
    haru.line.mic(true).await;
    nagi.hears(haru.me()).await;
    haru.set_way(Way::Listen).await;
    nagi.does_not_hear(haru.me(), sora.me()).await;
    haru.line.until("the microphone is off", |mirror| !mirror.mine.mic).await;
    haru.hears(nagi.me()).await;
    assert!(haru.peer.heard().packets.iter().all(|packet| packet.stamp.who != haru.me()), "nobody hears themselves");
}

#[tokio::test]
async fn a_microphone_that_is_off_sends_to_nobody_whatever_the_client_does() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    nagi.peer.talk();
    sora.speak().await;
    haru.does_not_hear(nagi.me(), sora.me()).await;
    for _ in 0..50 {
        nagi.line.mic(true).await;
        nagi.line.mic(false).await;
        // The same moment again and again would be too fast.
        server.pass(1_000, &mut [&mut nagi.line, &mut haru.line, &mut sora.line]).await;
    }
    haru.does_not_hear(nagi.me(), sora.me()).await;
    nagi.line.mic(true).await;
    haru.hears(nagi.me()).await;
    assert!(nagi.line.mirror.mine.mic);
    assert!(!haru.peer.heard().ended && !nagi.peer.heard().ended, "nothing was negotiated anew");
}

#[tokio::test]
async fn who_walks_away_neither_hears_nor_is_heard() {
    let server = TestServer::start().await;
    let places = [("なぎ", Some(LEFT[0])), ("はる", Some(LEFT[1])), ("そら", Some(LEFT[2]))];
    let mut guests = server.guests(&places).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    nagi.hears(haru.me()).await;
    nagi.line.walk(Target::Point(Point(105, 105))).await;
    let left = clock() + AT_ONCE;
    haru.does_not_hear(nagi.me(), sora.me()).await;
    assert!(nagi.peer.heard().voices_since(left).is_empty(), "on the way one is in the hall");
    // Into the rest corner: the microphone goes off by itself.
    nagi.line.walk(Target::Seat(REST)).await;
    server.settle(&mut [&mut nagi.line, &mut haru.line, &mut sora.line]).await;
    nagi.line.until("the microphone is off", |mirror| !mirror.mine.mic).await;
}

#[tokio::test]
async fn whom_the_staff_mute_is_silent_at_once_and_stays_so_until_they_turn_it_on_themselves() {
    let server = TestServer::start().await;
    let mut moderator = server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", true).await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    let (me, mute) = (nagi.me(), |who, on| Measure::Mute { who, on });
    haru.hears(me).await;
    moderator.done(|n| ClientMessage::Moderate { n, measure: mute(me, true) }).await;
    haru.does_not_hear(me, sora.me()).await;
    nagi.line.until("it is said", |mirror| mirror.mine.muted && !mirror.mine.mic).await;
    assert_eq!(nagi.line.denied(|n| ClientMessage::Mic { n, on: true }).await, RefusalCode::Muted);
    nagi.hears(haru.me()).await;
    // Allowing is not turning on.
    moderator.done(|n| ClientMessage::Moderate { n, measure: mute(me, false) }).await;
    nagi.line.until("it is said", |mirror| !mirror.mine.muted).await;
    haru.does_not_hear(me, sora.me()).await;
    nagi.line.mic(true).await;
    haru.hears(me).await;
    // Nobody mutes but staff.
    let denied = haru.line.denied(|n| ClientMessage::Moderate { n, measure: mute(me, true) }).await;
    assert_eq!(denied, RefusalCode::NotAllowed);
}

#[tokio::test]
async fn a_block_is_silence_both_ways_and_nobody_is_told() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None), ("そら", None)]).await;
    for guest in &mut guests {
        guest.speak().await;
    }
    let [nagi, haru, sora] = &mut guests[..] else { unreachable!() };
    haru.hears(nagi.me()).await;
    let (who, events) = (nagi.me(), nagi.line.mirror.events.len());
    haru.line.done(|n| ClientMessage::Block { n, who, on: true }).await;
    haru.does_not_hear(nagi.me(), sora.me()).await;
    nagi.does_not_hear(haru.me(), sora.me()).await;
    sora.hears(nagi.me()).await;
    sora.hears(haru.me()).await;
    nagi.line.settle().await;
    let told = |event: &&_| {
        use ibasho_protocol::server::Event;
        !matches!(event, Event::Slots { .. } | Event::Speaking { .. } | Event::Mine(_))
    };
    let since: Vec<_> = nagi.line.mirror.events[events..].iter().filter(told).collect();
    assert!(since.is_empty(), "{since:?}");
    haru.line.done(|n| ClientMessage::Block { n, who, on: false }).await;
    haru.hears(nagi.me()).await;
    assert!(haru.peer.heard().of(nagi.me()) > HALF_A_SECOND);
}
