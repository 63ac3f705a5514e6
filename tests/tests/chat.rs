//! Words: their order, their bounds, and taking them back.

use ibasho_moderation::hook::{Context, Decision, Hook, Subject, Verdict};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::limits::{TAKE_BACK_MS, TEXT_GRAPHEMES};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_tests::server::{Recipe, TestServer};

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage + use<> {
    let text = text.to_owned();
    |n| ClientMessage::Say { n, to: 0, text }
}

#[tokio::test]
async fn everybody_hears_the_same_words_in_the_same_order() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    // Sent at once, without waiting for the answers.
    let mut waiting = Vec::new();
    for number in 0..4 {
        waiting.push(nagi.command(say(&format!("な{number}"))).await);
        haru.command(say(&format!("は{number}"))).await;
    }
    for n in waiting {
        assert!(matches!(nagi.answer(n).await, Event::Done { id: Some(_), .. }));
    }
    for person in [&mut nagi, &mut haru] {
        person.until("eight messages", |mirror| mirror.said.len() == 8).await;
    }
    assert_eq!(nagi.mirror.said, haru.mirror.said);
    let own: Vec<&str> = nagi.mirror.texts().into_iter().filter(|text| text.starts_with('な')).collect();
    assert_eq!(own, ["な0", "な1", "な2", "な3"], "one's own words stay in order");
    for said in &nagi.mirror.said {
        assert!(said.nick == "なぎ" || said.nick == "はる");
        assert_eq!((said.zone, said.at), (0, server.now()));
    }
}

#[tokio::test]
async fn the_answer_names_the_message() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let id = nagi.say(0, " こんにちは\r\n\u{202E}！ ").await;
    nagi.until("one's own words", |mirror| mirror.said.len() == 1).await;
    assert_eq!((nagi.mirror.said[0].id, nagi.mirror.said[0].text.as_str()), (id, "こんにちは\n！"));
}

#[tokio::test]
async fn five_hundred_graphemes_and_no_more() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let longest = "👩‍👩‍👧‍👦".repeat(TEXT_GRAPHEMES);
    nagi.done(say(&longest)).await;
    nagi.until("the longest text", |mirror| mirror.texts() == [longest.as_str()]).await;
    let longer = "あ".repeat(TEXT_GRAPHEMES + 1);
    assert_eq!(nagi.denied(say(&longer)).await, RefusalCode::TextTooLong);
    assert_eq!(nagi.denied(say(" \u{200B}\n")).await, RefusalCode::TextEmpty);
}

#[tokio::test]
async fn own_words_can_be_taken_back_for_two_minutes() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let first = nagi.say(0, "一つめ").await;
    let second = nagi.say(0, "二つめ").await;
    let take_back = |id| move |n| ClientMessage::TakeBack { n, id };
    assert_eq!(haru.denied(take_back(first)).await, RefusalCode::NotYours);
    nagi.done(take_back(first)).await;
    haru.until("it is gone", |mirror| mirror.texts() == ["二つめ"]).await;
    nagi.until("it is gone", |mirror| mirror.texts() == ["二つめ"]).await;
    assert_eq!(nagi.denied(take_back(first)).await, RefusalCode::NotYours, "only once");
    let nothing = ibasho_protocol::ids::Seq(5);
    assert_eq!(nagi.denied(take_back(nothing)).await, RefusalCode::NotYours);
    server.pass(TAKE_BACK_MS, &mut [&mut nagi, &mut haru]).await;
    let third = nagi.say(0, "三つめ").await;
    server.pass(1, &mut [&mut nagi, &mut haru]).await;
    assert_eq!(nagi.denied(take_back(second)).await, RefusalCode::TooLate);
    server.pass(TAKE_BACK_MS - 1, &mut [&mut nagi, &mut haru]).await;
    nagi.done(take_back(third)).await;
    haru.until("the third is gone", |mirror| mirror.texts() == ["二つめ"]).await;
}

#[tokio::test]
async fn too_many_words_at_once_wait_and_nobody_else_notices() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    for number in 0..5 {
        nagi.done(say(&format!("{number}"))).await;
    }
    let Event::Refused { refusal, .. } = nagi.ask(say("5")).await else { panic!("the sixth is too fast") };
    assert_eq!((refusal.code, refusal.retry), (RefusalCode::TooFast, true));
    haru.done(say("わたしは話せます")).await;
    server.advance(u64::from(refusal.after.expect("told when")));
    nagi.done(say("5")).await;
    haru.until("all words", |mirror| mirror.said.len() == 7).await;
}

struct Watchful;

impl Hook for Watchful {
    fn name(&self) -> &'static str {
        "watchful"
    }

    fn judge(&self, subject: &Subject<'_>, _: &Context<'_>) -> Decision {
        let text = match *subject {
            Subject::Message { text } | Subject::Report { text } => text,
            Subject::Entry { nick } | Subject::Nickname { nick } => nick,
            Subject::VoiceStart => "",
        };
        assert!(!text.contains("ばぐ"), "a bug in a rule");
        let verdict = if text.contains("だめ") { Verdict::Block(RefusalCode::NotSent) } else { Verdict::Allow };
        Decision::new(verdict, "watchful", "a word")
    }
}

#[tokio::test]
async fn rules_are_asked_about_words_and_nicknames_and_a_rule_that_fails_lets_nothing_through() {
    let server = TestServer::with(Recipe { hooks: vec![Box::new(Watchful)], ..Recipe::default() }).await;
    let mut nagi = server.enter("なぎ").await;
    assert_eq!(nagi.denied(say("それはだめ")).await, RefusalCode::NotSent);
    let event = nagi.ask(say("ばぐ")).await;
    assert!(matches!(event, Event::Held { .. }), "staff look at it: {event:?}");
    let look = ibasho_tests::client::LOOK;
    assert_eq!(nagi.denied(|n| ClientMessage::Appear { n, nick: "だめ".into(), look }).await, RefusalCode::NotSent);
    nagi.say(0, "これはいい").await;
    nagi.until("the good words only", |mirror| mirror.texts() == ["これはいい"]).await;
    let mut other = ibasho_tests::client::TestClient::connect(server.addr()).await;
    other.hello("ばぐ").await;
    assert_eq!(other.until_closed().await, Some(4002));
}
