//! Whether anybody looks after a room: people know it, and a place can keep its rooms shut meanwhile.

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_server::config::Config;
use ibasho_server::config::safety::FewStaff;
use ibasho_tests::client::TestClient;
use ibasho_tests::events::Events;
use ibasho_tests::server::{Recipe, TestServer};

async fn place(few_staff: FewStaff) -> TestServer {
    let configure = move |config: &mut Config| config.safety.few_staff = few_staff;
    TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await
}

#[tokio::test]
async fn people_know_whether_anybody_looks_after_the_room() {
    let server = place(FewStaff::Warn).await;
    let mut nagi = server.enter("なぎ").await;
    nagi.until("nobody does", |mirror| mirror.mine.few_staff).await;

    // Staff at a console are as good as staff in the room, as far as they reach.
    let elsewhere = server.staff("そら", Role::Facilitator, &["closet"]).await;
    let _other = Events::open(&elsewhere).await;
    let lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let console = Events::open(&lead).await;
    nagi.until("somebody does", |mirror| !mirror.mine.few_staff).await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut inside = midori.enter("house", "みどり", false).await;
    assert!(!inside.mirror.mine.few_staff, "staff see it at the desk");
    drop(console);
    // A socket that is gone is noticed when there is something to say; then somebody is still inside.
    inside.say(0, "こんにちは").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    assert!(!nagi.mirror.mine.few_staff);
    inside.send(&ClientMessage::Leave {}).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let refused = owner.raw("POST", "desk/lockdowns", r#"{"scope":{"room":"closet"},"minutes":1}"#).await;
    assert_eq!(refused.status, 200, "{refused:?}");
    nagi.until("nobody does", |mirror| mirror.mine.few_staff).await;
}

#[tokio::test]
async fn a_place_can_keep_its_rooms_shut_until_somebody_looks_after_them() {
    let server = place(FewStaff::Shut).await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello("なぎ").await;
    nagi.until_closed().await;
    assert_eq!(nagi.mirror.refused[0].code, Code::RoomClosed);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut inside = midori.enter("house", "みどり", false).await;
    let mut haru = server.enter("はる").await;
    inside.send(&ClientMessage::Leave {}).await;
    haru.until("nobody is there", |mirror| mirror.mine.few_staff).await;
    haru.say(0, "まだ ここにいます").await;
}

#[tokio::test]
async fn a_place_can_leave_it_to_the_console() {
    let server = place(FewStaff::Nothing).await;
    let mut nagi = server.enter("なぎ").await;
    nagi.say(0, "こんにちは").await;
    assert!(!nagi.mirror.mine.few_staff);
}
