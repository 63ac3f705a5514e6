//! The slots: who is heard when many speak, and that each slot is one even stream, whoever speaks in it.

use std::collections::BTreeSet;
use std::time::Duration;

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::Way;
use ibasho_protocol::role::Role;
use ibasho_protocol::voice::SLOTS;
use ibasho_tests::server::TestServer;
use ibasho_tests::voice::guest::{Guest, HALF_A_SECOND};
use ibasho_tests::voice::peer::Dial;
use ibasho_tests::voice::road::Road;
use ibasho_tests::voice::stamp::clock;

/// How far a slot's clock may be from time itself: the machine of the tests is busy, and packets come late in bunches.
const SLACK: Duration = Duration::from_millis(400);

#[tokio::test]
async fn of_more_speakers_than_slots_the_same_six_are_heard_and_staff_first() {
    let server = TestServer::start().await;
    let mut staff = server.staff("ゆき", Role::Facilitator, &[]).await;
    let mut line = staff.enter("house", "ゆき", true).await;
    line.done(|n| ibasho_protocol::client::ClientMessage::SetWay { n, way: Way::Voice }).await;
    let peer = line.call().await;
    let mut host = Guest { line, peer };
    let nicks = ["ひとり", "ふたり", "さんにん", "よにん", "ごにん", "ろくにん", "しちにん", "はちにん"];
    let mut speakers = server.guests(&nicks.map(|nick| (nick, None))).await;
    let mut listener = server.guests(&[("きく", None)]).await.remove(0);
    for speaker in &mut speakers {
        speaker.speak().await;
    }
    let full = |heard: &ibasho_tests::voice::heard::Heard| heard.voices_since(Duration::ZERO).len() >= SLOTS;
    listener.peer.until("six voices", full).await;
    let chosen: BTreeSet<PersonId> = listener.peer.heard().voices_since(Duration::ZERO).into_iter().collect();
    for &who in &chosen {
        listener.peer.hear(who, 4 * HALF_A_SECOND).await;
    }
    let heard: BTreeSet<PersonId> = listener.peer.heard().voices_since(Duration::ZERO);
    assert_eq!((heard.len(), listener.peer.heard().moves()), (SLOTS, 0), "the same six, each in one slot");
    listener.peer.heard().assert_even(SLACK);
    // Staff are heard though every slot is taken.
    host.speak().await;
    listener.hears(host.me()).await;
    let begun = clock();
    listener.peer.hear(host.me(), 2 * HALF_A_SECOND).await;
    let now = listener.peer.heard().voices_since(begun);
    assert!(now.contains(&host.me()) && now.len() == SLOTS, "one of the others makes room: {now:?}");
    let slots = listener.line.mirror.slots.len();
    assert!(slots <= SLOTS);
    listener.peer.heard().assert_even(SLACK);
}

#[tokio::test]
async fn a_slot_is_used_again_after_a_silence_and_its_stream_goes_on() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None)]).await;
    let mut line = server.enter_as("きく", Way::Listen).await;
    let peer = line.call_with(Dial::new(1), Road::udp).await;
    let mut listener = Guest { line, peer };
    let [nagi, haru] = &mut guests[..] else { unreachable!() };
    nagi.line.mic(true).await;
    haru.line.mic(true).await;
    for _ in 0..3 {
        for speaker in [&mut *nagi, &mut *haru] {
            speaker.peer.talk();
            // The slot is free when the one before has been silent for a second.
            listener.hears(speaker.me()).await;
            listener
                .line
                .until("whose voice it is", |mirror| mirror.slots.iter().any(|slot| slot.who == speaker.me()))
                .await;
            speaker.peer.hush();
        }
    }
    let heard = listener.peer.heard();
    assert_eq!(heard.slots().len(), 1);
    heard.assert_even(SLACK);
}

#[tokio::test]
async fn lost_and_late_packets_of_one_hold_up_nobody_else() {
    let server = TestServer::start().await;
    let mut guests = server.guests(&[("なぎ", None), ("はる", None)]).await;
    let mut listener = server.guests(&[("きく", None)]).await.remove(0);
    let [nagi, haru] = &mut guests[..] else { unreachable!() };
    nagi.peer = nagi.line.call_by(|server| Road::bad_udp(server, 5)).await;
    nagi.speak().await;
    haru.speak().await;
    listener.peer.hear(haru.me(), 200).await;
    let heard = listener.peer.heard();
    let counts =
        |who| heard.packets.iter().filter(move |packet| packet.stamp.who == who).map(|packet| packet.stamp.count);
    let good: Vec<u32> = counts(haru.me()).collect();
    assert!(good.windows(2).all(|pair| pair[0] + 1 == pair[1]), "nothing of the other one is lost: {good:?}");
    let bad: Vec<u32> = counts(nagi.me()).collect();
    let (first, last) = (bad.iter().min().copied().unwrap_or(0), bad.iter().max().copied().unwrap_or(0));
    let lost = 1.0 - bad.len() as f64 / f64::from(last - first + 1);
    assert!((0.02..0.25).contains(&lost), "what is not lost arrives: {lost:.2} lost of {}", bad.len());
    // The gaps and the order are those of the sender: browsers conceal the one and mend the other.
    for packets in heard.slots().values() {
        for (one, next) in packets.iter().zip(&packets[1..]) {
            let sent = i64::from(next.stamp.count) - i64::from(one.stamp.count);
            let told = i64::from(next.seq.wrapping_sub(one.seq) as i16);
            assert_eq!(told, sent, "{one:?} {next:?}");
        }
    }
}
