//! What staff decide holds at once, is told with its reason and its end, and can be appealed against.

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::close;
use ibasho_protocol::desk::codes::{DeclineReason, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::Reaction;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::server::TestServer;

const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";
const OTHER: &str = "BBECAwQFBgcICQoLDA0ODw";

fn sanction(who: PersonId, kind: Kind, minutes: u32) -> impl FnOnce(u32) -> ClientMessage {
    let (reason, note) = (Reason::Insult, String::new());
    let measure = Measure::Sanction { who, kind, minutes, site: false, reason, note, permanent: false };
    move |n| ClientMessage::Moderate { n, measure }
}

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

fn react(n: u32) -> ClientMessage {
    ClientMessage::React { n, kind: Reaction::Nod }
}

async fn moderator(server: &TestServer) -> TestClient {
    server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", false).await
}

#[tokio::test]
async fn who_pauses_does_not_write_or_react_until_it_is_over_and_is_told() {
    let server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    staff.done(sanction(nagi.me(), Kind::Timeout, 5)).await;
    nagi.until("a notice", |mirror| matches!(mirror.notices.last(), Some(Notice::Sanctioned { .. }))).await;
    let Some(Notice::Sanctioned { kind, reason, until, appealable, .. }) = nagi.mirror.notices.last().cloned() else {
        panic!("it is there")
    };
    assert_eq!((kind, reason, appealable), (Kind::Timeout, Reason::Insult, true));
    assert_eq!(until, Some(server.now() + 300_000));
    nagi.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    assert_eq!(nagi.denied(say("こんにちは")).await, Code::Silenced);
    assert_eq!(nagi.denied(react).await, Code::Silenced);
    server.pass(300_000, &mut [&mut nagi, &mut staff]).await;
    nagi.until("its end", |mirror| matches!(mirror.notices.last(), Some(Notice::SanctionEnded { .. }))).await;
    nagi.until("nothing in force", |mirror| mirror.mine.in_force.is_empty()).await;
    nagi.say(0, "こんにちは").await;
}

#[tokio::test]
async fn who_was_removed_stays_out_with_their_token_and_in_a_new_tab_and_nobody_else_does() {
    let server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello_from("なぎ", DEVICE).await;
    nagi.inside().await;
    let token = nagi.mirror.token.clone();
    staff.done(sanction(nagi.me(), Kind::Remove, 60)).await;
    assert_eq!(nagi.until_closed().await, Some(close::SENT_AWAY.code));
    let refusal = nagi.mirror.refused.last().expect("why");
    assert_eq!(refusal.code, Code::Removed);
    let door = refusal.door.as_ref().expect("a way to appeal");
    assert_eq!((door.in_force[0].kind, door.in_force[0].reason), (Kind::Remove, Reason::Insult));
    staff.until("they left", |mirror| mirror.people.len() == 1).await;

    let mut again = TestClient::connect(server.addr()).await;
    again.hello_again(&token, ibasho_protocol::ids::Seq(0)).await;
    again.until_closed().await;
    assert_eq!(again.mirror.refused[0].code, Code::Removed);
    let mut tab = TestClient::connect(server.addr()).await;
    tab.hello_from("べつのひと", DEVICE).await;
    tab.until_closed().await;
    assert_eq!(tab.mirror.refused[0].code, Code::Removed);
    // From the same address, but not the same person.
    let mut neighbour = TestClient::connect(server.addr()).await;
    neighbour.hello_from("となり", OTHER).await;
    neighbour.inside().await;

    server.pass(3_600_000, &mut [&mut staff, &mut neighbour]).await;
    let mut back = TestClient::connect(server.addr()).await;
    back.hello_from("なぎ", DEVICE).await;
    back.inside().await;
}

#[tokio::test]
async fn a_decision_survives_a_restart_and_can_be_appealed_once() {
    let mut server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    staff.done(sanction(nagi.me(), Kind::MuteText, 60)).await;
    nagi.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    server.stop().await;
    server.start_again().await;
    nagi.until_closed().await;
    nagi.resume(server.addr()).await;
    nagi.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    assert_eq!(nagi.denied(say("こんにちは")).await, Code::Silenced);
    nagi.done(react).await;
    let sanction = nagi.mirror.mine.in_force[0].sanction;
    let appeal = |n| ClientMessage::Appeal { n, sanction, text: "ちがうと思います".into() };
    nagi.done(appeal).await;
    nagi.until("it is here", |mirror| {
        mirror.notices.iter().any(|notice| matches!(notice, Notice::AppealReceived { .. }))
    })
    .await;
    assert_eq!(nagi.denied(appeal).await, Code::AppealedAlready);
    let other = |n| ClientMessage::Appeal { n, sanction: 9_999, text: "あ".into() };
    assert_eq!(nagi.denied(other).await, Code::NotFound);
}

#[tokio::test]
async fn nobody_decides_about_an_equal_or_without_the_role() {
    let server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    assert_eq!(nagi.denied(sanction(haru.me(), Kind::Nudge, 0)).await, Code::NotAllowed);
    assert_eq!(staff.denied(sanction(staff.me(), Kind::Timeout, 5)).await, Code::NotInReach);
    assert_eq!(staff.denied(sanction(haru.me(), Kind::Timeout, 7)).await, Code::ValueOutOfRange);
    assert_eq!(staff.denied(sanction(PersonId(1), Kind::Timeout, 5)).await, Code::NobodyThere);
    haru.say(0, "だいじょうぶ").await;
}

#[tokio::test]
async fn what_staff_take_away_is_gone_for_everybody_and_its_writer_is_told() {
    let server = TestServer::start().await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let id = nagi.say(0, "これは けされる ことば").await;
    haru.until("the words", |mirror| mirror.texts().len() == 1).await;
    let delete = |n| ClientMessage::Moderate { n, measure: Measure::Delete { id, reason: DeclineReason::Hurtful } };
    assert_eq!(haru.denied(delete).await, Code::NotAllowed);
    staff.done(delete).await;
    haru.until("they are gone", |mirror| mirror.texts().is_empty()).await;
    nagi.until("a notice", |mirror| {
        mirror.notices.contains(&Notice::Deleted { message: id.0, reason: DeclineReason::Hurtful })
    })
    .await;
}
