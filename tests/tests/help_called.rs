//! Whom a cry for help calls: who is on duty, then everybody who may see it, each time said anew.

use ibasho_protocol::api::desk::Live;
use ibasho_protocol::role::Role;
use ibasho_tests::desk::{deed, queue};
use ibasho_tests::events::Events;
use ibasho_tests::server::TestServer;

/// The next call of those that this console hears, and for which room.
async fn call(events: &mut Events) -> Live {
    events.until("a call", |live| matches!(live, Live::Alert { .. } | Live::Escalate { .. })).await
}

#[tokio::test]
async fn on_duty_is_who_has_a_console_or_sits_in_the_room_and_the_others_come_next() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut aoi = server.staff("あおい", Role::Consultant, &[]).await;
    let midori = server.staff("みどり", Role::Moderator, &[]).await;
    let yuki = server.staff("ゆき", Role::PeerStaff, &["house"]).await;
    let mut sora = server.staff("そら", Role::PeerStaff, &["closet"]).await;
    let mut console = Events::open(&aoi).await;
    let mut inside = Events::open_in(&yuki, "house").await;
    let mut elsewhere = Events::open_in(&midori, "closet").await;
    let mut other = Events::open(&sora).await;
    nagi.say(0, "もう死にたい").await;
    let Live::Alert { case, room } = call(&mut console).await else { panic!("it is the first call") };
    assert_eq!(room.as_deref(), Some("house"));
    let first = Live::Alert { case, room: room.clone() };
    assert_eq!(call(&mut inside).await, first);
    server.pass(60_000, &mut [&mut nagi]).await;
    let next = |step| Live::Escalate { case, room: room.clone(), step };
    for events in [&mut console, &mut inside, &mut elsewhere] {
        assert_eq!(call(events).await, next(1), "whoever sat in another room hears it as the next person");
    }
    server.pass(120_000, &mut [&mut nagi]).await;
    for events in [&mut console, &mut inside, &mut elsewhere] {
        assert_eq!(call(events).await, next(2), "and once more when outside is called");
    }
    // Somebody comes: nobody is called any more. What happens later shows that nothing was in between.
    deed(&mut aoi, case, "claim", ()).await.expect("somebody comes");
    server.pass(300_000, &mut [&mut nagi]).await;
    let mut haru = TestServer::enter(&server, "はる").await;
    haru.say(0, "わたしも 死にたい").await;
    let Live::Alert { case: another, .. } = call(&mut console).await else { panic!("the next call is about haru") };
    assert_ne!(another, case);
    assert!(queue(&mut sora).await.cases.is_empty(), "it is not theirs to see");
    // So this one has heard of nothing but that somebody came or went.
    drop(elsewhere);
    drop(console);
    let live = other.next().await.expect("a colleague went");
    assert!(matches!(live, Live::Touched { .. }), "{live:?}");
}

#[tokio::test]
async fn where_nobody_is_on_duty_whoever_is_in_another_room_is_called_at_once() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut elsewhere = Events::open_in(&midori, "closet").await;
    nagi.say(0, "もう死にたい").await;
    assert!(matches!(call(&mut elsewhere).await, Live::Alert { .. }));
    let sora = server.staff("そら", Role::Moderator, &[]).await;
    assert_eq!(Events::open_in(&sora, "nowhere").await.status, 404);
}
