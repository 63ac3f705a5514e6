//! Words that wait for staff, cries for help, reports, and a raid.

use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::{Category, DeclineReason};
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_tests::client::TestClient;
use ibasho_tests::server::TestServer;

/// The rules that come with the program let nobody's telephone number through.
const NUMBER: &str = "でんわは 090-1234-5678 です";

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

async fn held(who: &mut TestClient, text: &str) -> (u64, bool) {
    let Event::Held { hold, edit, .. } = who.ask(say(text)).await else { panic!("not held") };
    (hold, edit)
}

#[tokio::test]
async fn a_telephone_number_waits_and_can_be_taken_back() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let (hold, edit) = held(&mut nagi, NUMBER).await;
    assert!(edit, "better without it");
    nagi.until("it waits", |mirror| mirror.mine.held.iter().any(|waits| waits.hold == hold && waits.text == NUMBER))
        .await;
    assert_eq!(haru.denied(|n| ClientMessage::Retract { n, hold }).await, Code::NotYours);
    nagi.done(|n| ClientMessage::Retract { n, hold }).await;
    nagi.until("nothing waits", |mirror| mirror.mine.held.is_empty()).await;
    nagi.until("it is said", |mirror| mirror.notices.contains(&Notice::TakenBack { hold })).await;
    assert_eq!(nagi.denied(|n| ClientMessage::Retract { n, hold }).await, Code::Overtaken);
    nagi.say(0, "こんにちは").await;
    haru.until("the words", |mirror| mirror.texts() == ["こんにちは"]).await;
}

#[tokio::test]
async fn what_nobody_looks_at_is_declined_in_time_and_says_so() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let (hold, _) = held(&mut nagi, NUMBER).await;
    server.pass(300_000, &mut [&mut nagi]).await;
    let reason = DeclineReason::NobodyInTime;
    let notice = Notice::NotShown { hold, reason, by_time: true };
    nagi.until("it says so", |mirror| mirror.notices.contains(&notice)).await;
    nagi.until("nothing waits", |mirror| mirror.mine.held.is_empty()).await;
}

#[tokio::test]
async fn after_a_restart_the_writer_hears_that_the_words_were_lost() {
    let mut server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let (hold, _) = held(&mut nagi, NUMBER).await;
    server.stop().await;
    server.start_again().await;
    nagi.until_closed().await;
    nagi.resume(server.addr()).await;
    let notice = Notice::NotShown { hold, reason: DeclineReason::Lost, by_time: false };
    nagi.until("it says so", |mirror| mirror.notices.contains(&notice)).await;
}

#[tokio::test]
async fn who_cries_for_help_gets_the_card_and_is_not_cut_off() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    nagi.say(0, "もう死にたい").await;
    nagi.until("the card", |mirror| mirror.notices.iter().any(|notice| matches!(notice, Notice::HelpCard { .. })))
        .await;
    haru.until("the words", |mirror| mirror.texts() == ["もう死にたい"]).await;
    assert!(haru.mirror.notices.is_empty(), "it is theirs alone");
    nagi.say(0, "きいてくれて ありがとう").await;
}

#[tokio::test]
async fn a_report_is_kept_also_about_what_was_taken_back_and_about_nobody_s_words() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let id = haru.say(0, "あっちへ いこう").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    haru.done(|n| ClientMessage::TakeBack { n, id }).await;
    let who = haru.me();
    let report = |message, text: &str| {
        let text = Some(text.to_owned());
        move |n| ClientMessage::Report { n, who, message, category: Category::Harassment, text }
    };
    nagi.done(report(Some(id), "こわかった")).await;
    nagi.until("it is here", |mirror| {
        mirror.notices.iter().any(|notice| matches!(notice, Notice::ReportReceived { .. }))
    })
    .await;
    nagi.done(report(None, "こえが こわい")).await;
    assert_eq!(nagi.denied(report(None, &"あ".repeat(201))).await, Code::TextTooLong);
    haru.settle().await;
    assert!(haru.mirror.notices.is_empty(), "who is reported is told nothing");
}

#[tokio::test]
async fn in_a_raid_twenty_newcomers_wait_and_those_inside_go_on() {
    let server = TestServer::start().await;
    let mut staff = server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", false).await;
    staff.done(|n| ClientMessage::Moderate { n, measure: Measure::LockDown { minutes: 15, site: false } }).await;
    staff.until("it is on", |mirror| mirror.mine.locked.len() == 1).await;
    let mut raid = Vec::new();
    for one in 0..20 {
        let mut newcomer = TestClient::enter(server.addr(), &format!("ひと{one}")).await;
        newcomer.beat().await;
        assert!(newcomer.mirror.lobby.is_some(), "waits");
        raid.push(newcomer);
    }
    staff.settle().await;
    assert_eq!(staff.mirror.people.len(), 1, "nobody came in");
    staff.say(0, "すこし まってくださいね").await;
    let lockdown = staff.mirror.mine.locked[0].lockdown;
    staff.done(|n| ClientMessage::Moderate { n, measure: Measure::Lift { lockdown } }).await;
    staff.until("it is over", |mirror| mirror.mine.locked.is_empty()).await;
    for newcomer in &mut raid {
        newcomer.until("let in", |mirror| mirror.lobby.is_none()).await;
    }
}
