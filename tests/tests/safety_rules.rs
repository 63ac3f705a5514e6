//! What rules say is done, where they say it holds.

use ibasho_moderation::hook::{Context, Decision, Hook, Subject, Verdict};
use ibasho_protocol::api::desk::case::{CaseLine, CaseView, Matter};
use ibasho_protocol::api::desk::rules::{Rules, RulesKept};
use ibasho_protocol::api::desk::{Live, Thing};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::{Category, Reason};
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::person::Way;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::queue;
use ibasho_tests::events::Events;
use ibasho_tests::hosting::afternoon;
use ibasho_tests::recorder::Recorder;
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::Browser;
use serde_json::{Value, json};

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

/// A rule for a word, with something else about it.
fn word(id: &str, any: &str, change: &Value) -> Value {
    let mut rule = json!({
        "id": id, "version": 1, "scope": "site", "on": ["message"],
        "when": { "words": { "any": [any], "view": "joined" } },
        "then": { "verdict": "flag" }, "reason": "other", "mode": "enforce", "note": "a test"
    });
    let fields = change.as_object().expect("fields").clone();
    rule.as_object_mut().expect("a rule").extend(fields);
    rule
}

/// Puts these beside the rules that are in force.
async fn add(staff: &mut Browser, rules: &[Value]) {
    let Rules { version, mut set } = staff.get("desk/rules").await.expect("rules");
    set.rules.extend(rules.iter().map(|rule| serde_json::from_value(rule.clone()).expect("a rule")));
    staff.send::<RulesKept>("PUT", "desk/rules", &Rules { version, set }).await.expect("kept");
}

async fn reports(staff: &mut Browser) -> Vec<CaseLine> {
    let cases = queue(staff).await.cases;
    cases.into_iter().filter(|case| matches!(case.matter, Matter::Report { .. })).collect()
}

fn warned(who: &TestClient) -> Vec<Reason> {
    let told = who.mirror.notices.iter();
    told.filter_map(|notice| if let Notice::Warned { reason } = notice { Some(*reason) } else { None }).collect()
}

#[tokio::test]
async fn who_writes_too_much_hears_a_kind_word_first_and_then_the_room_slows_down() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut staff = midori.enter("house", "みどり", false).await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    let mut yuki = server.enter("ゆき").await;
    for one in 0..9 {
        nagi.say(0, &format!("はなし {one}")).await;
        assert_eq!(warned(&nagi).len(), usize::from(one >= 6), "once, from the seventh on");
        server.advance(800);
    }
    assert_eq!(warned(&nagi), [Reason::Flood]);
    assert!(warned(&haru).is_empty(), "it is theirs alone");
    yuki.say(0, "こんにちは").await;
    assert_eq!(nagi.denied(say("はなし 9")).await, Code::NotSent);
    // One message of each, and then a little time between them. Staff and cries for help go on.
    haru.say(0, "わあ").await;
    let Event::Refused { refusal, .. } = haru.ask(say("すごい")).await else { panic!("not slow") };
    assert_eq!((refusal.code, refusal.after), (Code::TooFast, Some(5_000)));
    haru.say(0, "もう死にたい").await;
    staff.say(0, "すこし ゆっくりね").await;
    staff.say(0, "おねがいします").await;
    server.pass(5_000, &mut [&mut nagi, &mut haru, &mut yuki, &mut staff]).await;
    haru.say(0, "すごい").await;
    server.pass(120_000, &mut [&mut nagi, &mut haru, &mut yuki, &mut staff]).await;
    haru.say(0, "しずか").await;
    haru.say(0, "だね").await;
}

#[tokio::test]
async fn what_a_rule_flags_appears_and_is_one_report_about_its_writer() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let reason = json!({ "reason": "insult" });
    add(&mut midori, &[word("one", "たこやき", &reason), word("two", "やきそば", &reason)]).await;
    let mut events = Events::open(&midori).await;
    let case = |live: &Live| matches!(live, Live::Touched { what: Thing::Case, .. });
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    nagi.say(0, "たこやきが すき").await;
    haru.until("the words", |mirror| mirror.texts() == ["たこやきが すき"]).await;
    events.until("a report", case).await;
    let first = reports(&mut midori).await;
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].about.person, nagi.me().0);
    let Matter::Report { by, rule, category, times, .. } = &first[0].matter else { panic!("a report") };
    assert_eq!((*by, rule.as_deref(), *category, *times), (0, Some("one"), Category::Harassment, 1));
    let view: CaseView = midori.get(&format!("desk/cases/{}", first[0].id)).await.expect("a case");
    assert_eq!(view.around[0].messages[0].text, "たこやきが すき");
    // The same again is the same; another rule joins it.
    nagi.say(0, "たこやき まいにち").await;
    nagi.say(0, "やきそばも").await;
    events.until("more of it", case).await;
    let joined = reports(&mut midori).await;
    assert!(joined.len() == 1 && matches!(joined[0].matter, Matter::Report { times: 2, .. }), "{joined:?}");
    assert!(nagi.mirror.notices.is_empty() && warned(&nagi).is_empty(), "they are told nothing");
}

#[tokio::test]
async fn a_rule_calls_staff_now() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let calls = json!({ "then": { "verdict": "hold", "effects": ["call_staff"] } });
    let report = json!({ "on": ["report"], "then": { "verdict": "block", "effects": ["call_staff"] } });
    add(&mut midori, &[word("calls", "たこやき", &calls), word("tells", "やきそば", &report)]).await;
    let mut events = Events::open(&midori).await;
    let mut nagi = server.enter("なぎ").await;
    assert!(matches!(nagi.ask(say("たこやき")).await, Event::Held { .. }));
    events.until("a call", |live| matches!(live, Live::Alert { .. })).await;
    assert_eq!(reports(&mut midori).await.len(), 1);
    // Whatever a rule says of a report, it is kept.
    let mut haru = server.enter("はる").await;
    let (who, category, text) = (nagi.me(), Category::Other, Some("やきそばと いわれた".to_owned()));
    haru.done(|n| ClientMessage::Report { n, who, message: None, category, text }).await;
    events.until("another call", |live| matches!(live, Live::Alert { .. })).await;
    assert_eq!(reports(&mut midori).await.len(), 2);
}

#[tokio::test]
async fn a_rule_of_a_session_holds_while_it_is_on() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut nagi = server.enter("なぎ").await;
    let plan = owner.plan(&afternoon()).await;
    let session = &plan.next[0].session;
    let block = json!({ "verdict": "block" });
    let on = json!(["message", "nickname"]);
    let here = json!({ "scope": { "session": session }, "then": block, "on": on });
    let other = json!({ "scope": { "session": "another-20251121" }, "then": block, "on": on });
    add(&mut owner, &[word("here", "たこやき", &here), word("other", "やきそば", &other)]).await;
    nagi.until("the session", |mirror| mirror.programme.is_some()).await;
    assert_eq!(nagi.denied(say("たこやき")).await, Code::NotSent);
    nagi.say(0, "やきそば").await;
    let appear = |n| ClientMessage::Appear { n, nick: "たこやき".into(), look: ibasho_tests::client::LOOK };
    assert_eq!(nagi.denied(appear).await, Code::NicknameUnusable);
    // In a room where no session is on it never fits.
    let mut haru = TestClient::connect(server.addr()).await;
    haru.hello_as("closet", "はる", Way::Write).await;
    haru.inside().await;
    haru.say(0, "たこやき").await;
}

/// Lets nobody speak whose microphone goes on while it is shut.
struct Shut;

impl Hook for Shut {
    fn name(&self) -> &'static str {
        "shut"
    }

    fn judge(&self, subject: &Subject<'_>, _: &Context<'_>) -> Decision {
        match subject {
            Subject::VoiceStart => Decision::new(Verdict::Block(Code::NotAllowed), "shut", "nobody speaks now"),
            Subject::Message { text } if text.contains("たこやき") => {
                Decision::new(Verdict::Flag, "shut", "a word")
            }
            _ => Decision::allow("shut"),
        }
    }
}

#[tokio::test]
async fn hooks_of_this_process_are_asked_when_somebody_begins_to_speak_and_by_rules_that_name_them() {
    let recipe = Recipe { hooks: vec![Box::new(Shut)], voice: Some(Recorder::new()), ..Recipe::default() };
    let server = TestServer::with(recipe).await;
    let mut nagi = server.enter_with_voice("なぎ").await;
    assert_eq!(nagi.denied(|n| ClientMessage::Mic { n, on: true }).await, Code::NotAllowed);
    nagi.mic(false).await;
    // Its flag is told to staff; a rule that names it is stricter.
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut events = Events::open(&midori).await;
    nagi.say(0, "たこやき").await;
    events.until("a report", |live| matches!(live, Live::Touched { what: Thing::Case, .. })).await;
    assert_eq!(reports(&mut midori).await.len(), 1);
    let named = json!({ "when": { "hook": "shut" }, "then": { "verdict": "block" } });
    add(&mut midori, &[word("named", "-", &named)]).await;
    assert_eq!(nagi.denied(say("たこやき")).await, Code::NotSent);
    nagi.say(0, "こんにちは").await;
}
