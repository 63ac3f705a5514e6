//! A cry for help is heard wherever it is written and whatever is in force; nobody takes it away, and no clock turns it
//! down.

use ibasho_protocol::api::desk::AppealAtTheDoor;
use ibasho_protocol::api::desk::case::{Matter, Urgency};
use ibasho_protocol::api::desk::deeds::Seen;
use ibasho_protocol::client::{ClientMessage, Target};
use ibasho_protocol::desk::codes::{Category, DeclineReason, Reason};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{PersonId, Seq};
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::{deed, line, queue};
use ibasho_tests::hosting::afternoon;
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::Browser;

const CRY: &str = "もう死にたい";
const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

fn moderate(measure: Measure) -> impl FnOnce(u32) -> ClientMessage {
    move |n| ClientMessage::Moderate { n, measure }
}

fn sanction(who: PersonId, kind: Kind, minutes: u32) -> impl FnOnce(u32) -> ClientMessage {
    let (reason, note) = (Reason::Insult, String::new());
    moderate(Measure::Sanction { who, kind, minutes, site: false, reason, note, permanent: false })
}

fn delete(id: Seq) -> impl FnOnce(u32) -> ClientMessage {
    moderate(Measure::Delete { id, reason: DeclineReason::Other })
}

/// They see the card, and staff have a case about them.
async fn heard(who: &mut TestClient, staff: &mut Browser) {
    who.until("the card", |mirror| mirror.notices.iter().any(|notice| matches!(notice, Notice::HelpCard { .. }))).await;
    called(who.me(), staff).await;
}

async fn called(who: PersonId, staff: &mut Browser) {
    let cases = queue(staff).await.cases;
    assert!(cases.iter().any(|case| case.urgency == Urgency::Help && case.about.person == who.0), "staff were called");
}

#[tokio::test]
async fn staff_do_not_take_a_cry_for_help_away_and_its_writer_can() {
    let server = TestServer::start().await;
    let mut staff = server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", false).await;
    let mut nagi = server.enter("なぎ").await;
    let other = nagi.say(0, "こんにちは").await;
    let cry = nagi.say(0, CRY).await;
    staff.until("the words", |mirror| mirror.texts() == ["こんにちは", CRY]).await;
    assert_eq!(staff.denied(delete(cry)).await, Code::NeverAnOffence);
    staff.done(delete(other)).await;
    staff.until("the others are gone", |mirror| mirror.texts() == [CRY]).await;
    assert!(
        !nagi.mirror.notices.iter().any(|told| matches!(told, Notice::Deleted { message, .. } if *message == cry.0))
    );
    nagi.done(|n| ClientMessage::TakeBack { n, id: cry }).await;
    staff.until("taken back", |mirror| mirror.texts().is_empty()).await;
}

#[tokio::test]
async fn a_cry_with_a_telephone_number_waits_for_a_person_and_for_no_clock() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let words = "もう死にたい。でんわして 090-1234-5678";
    let Event::Held { hold, .. } = nagi.ask(say(words)).await else { panic!("not held") };
    heard(&mut nagi, &mut midori).await;
    let waits = line(&mut midori, hold).await;
    assert!(matches!(waits.matter, Matter::Hold { .. }) && waits.until.is_none(), "no deadline is told");
    server.pass(3_600_000, &mut [&mut nagi, &mut haru]).await;
    assert_eq!(nagi.mirror.mine.held.len(), 1, "it still waits");
    assert!(!nagi.mirror.notices.iter().any(|notice| matches!(notice, Notice::NotShown { .. })));
    let version = line(&mut midori, hold).await.version;
    deed(&mut midori, hold, "approve", Seen { version }).await.expect("shown");
    haru.until("the words", |mirror| mirror.texts() == [words]).await;
    let mut staff = midori.enter("house", "みどり", false).await;
    let id = haru.mirror.said[0].id;
    assert_eq!(staff.denied(delete(id)).await, Code::NeverAnOffence);
}

#[tokio::test]
async fn whatever_is_in_force_for_somebody_their_cry_for_help_is_heard() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut staff = midori.enter("house", "みどり", false).await;
    for kind in [Kind::MuteText, Kind::Timeout, Kind::Restricted, Kind::SetAside] {
        let mut nagi = server.enter("なぎ").await;
        let who = nagi.me();
        staff.done(sanction(who, kind, 5)).await;
        nagi.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
        if kind == Kind::SetAside {
            nagi.until("a place of their own", |mirror| mirror.lobby.is_some()).await;
        }
        match kind {
            Kind::Restricted => _ = nagi.say(0, CRY).await,
            Kind::SetAside => assert_eq!(nagi.denied(say(CRY)).await, Code::NotAllowed),
            _ => assert_eq!(nagi.denied(say(CRY)).await, Code::Silenced),
        }
        heard(&mut nagi, &mut midori).await;
        nagi.send(&ClientMessage::Leave {}).await;
        nagi.until_closed().await;
    }
    // Where nothing is said.
    let mut nagi = server.enter("なぎ").await;
    nagi.walk(Target::Zone(3)).await;
    server.arrive(0, &mut [&mut nagi, &mut staff]).await;
    assert_eq!(nagi.denied(|n| ClientMessage::Say { n, to: 3, text: CRY.into() }).await, Code::QuietPlace);
    heard(&mut nagi, &mut midori).await;
    // In a lockdown: newcomers inside, in slow mode, and newcomers at the door.
    let mut inside = server.enter("はる").await;
    staff.done(moderate(Measure::LockDown { minutes: 15, site: false })).await;
    inside.until("it is on", |mirror| mirror.mine.locked.len() == 1).await;
    assert!(matches!(inside.ask(say("こんにちは")).await, Event::Held { .. }));
    inside.say(0, CRY).await;
    heard(&mut inside, &mut midori).await;
    let mut waits = server.enter("ゆき").await;
    waits.settle().await;
    assert!(waits.mirror.lobby.is_some());
    assert_eq!(waits.denied(say(CRY)).await, Code::NotAllowed);
    heard(&mut waits, &mut midori).await;
}

#[tokio::test]
async fn a_cry_for_help_is_heard_in_whatever_somebody_writes() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut staff = owner.enter("house", "ぬし", true).await;
    let take = |take| move |n| ClientMessage::Take { n, take };
    let mut nagi = server.enter("なぎ").await;
    nagi.done(take(Take::Suggestion { text: CRY.into() })).await;
    heard(&mut nagi, &mut owner).await;
    let mut haru = server.enter("はる").await;
    haru.done(take(Take::Suggest { text: CRY.into() })).await;
    heard(&mut haru, &mut owner).await;
    let mut yuki = server.enter("ゆき").await;
    let (who, category, text) = (haru.me(), Category::Worry, Some(CRY.to_owned()));
    yuki.done(|n| ClientMessage::Report { n, who, message: None, category, text }).await;
    heard(&mut yuki, &mut owner).await;
    let mut sora = server.enter("そら").await;
    staff.done(sanction(sora.me(), Kind::MuteText, 5)).await;
    sora.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    let sanction = sora.mirror.mine.in_force[0].sanction;
    sora.done(|n| ClientMessage::Appeal { n, sanction, text: CRY.into() }).await;
    heard(&mut sora, &mut owner).await;
    // Also who may not write a theme, and when nobody can.
    let mut umi = server.enter("うみ").await;
    staff.done(self::sanction(umi.me(), Kind::MuteText, 5)).await;
    umi.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
    assert_eq!(umi.denied(take(Take::Suggest { text: CRY.into() })).await, Code::Silenced);
    heard(&mut umi, &mut owner).await;
    staff.host(Act::Go { from: 0, to: 1 }).await;
    let mut mio = server.enter("みお").await;
    assert_eq!(mio.denied(say(CRY)).await, Code::NotNow);
    heard(&mut mio, &mut owner).await;
}

#[tokio::test]
async fn staff_are_called_for_somebody_who_cries_for_help_at_the_door() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut staff = midori.enter("house", "みどり", false).await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello_from("なぎ", DEVICE).await;
    nagi.inside().await;
    staff.done(sanction(nagi.me(), Kind::Remove, 60)).await;
    nagi.until_closed().await;
    let door = nagi.mirror.refused.last().and_then(|refusal| refusal.door.clone()).expect("a way to appeal");
    let appeal = AppealAtTheDoor { pass: door.appeal, sanction: door.in_force[0].sanction, text: CRY.into() };
    let origin = format!("http://{}", server.addr());
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    let body = serde_json::to_string(&appeal).expect("JSON");
    assert_eq!(http::ask(server.addr(), "POST", "/api/v1/appeal", &headers, &body).await.status, 204);
    called(nagi.me(), &mut midori).await;
}
