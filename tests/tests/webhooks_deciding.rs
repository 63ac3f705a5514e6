//! Webhooks that are asked: what they say counts, and nothing else they do does harm.

use std::sync::Arc;

use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::api::desk::deeds::Seen;
use ibasho_protocol::api::hooks::{Tested, Webhook, WebhookState as State, WebhookTrouble as Trouble};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::server::Event;
use ibasho_server::clock::{Clock, ManualClock};
use ibasho_server::config::Config;
use ibasho_server::config::webhooks::WebhookConfig;
use ibasho_server::dice::Dice;
use ibasho_server::hooks::asking::{Asked, AsyncHook, OnFailure, OwnedContext, OwnedSubject, REMOTE_DEADLINE};
use ibasho_server::hooks::breaker::{FAILURES, OPEN_MS};
use ibasho_server::hooks::count::Counts;
use ibasho_server::hooks::deciding::Deciding;
use ibasho_server::hooks::event::EventKind;
use ibasho_server::hooks::runner::HookRunner;
use ibasho_tests::desk::{deed, line};
use ibasho_tests::receiver::{Receiver, Reply};
use ibasho_tests::server::{Recipe, TestServer};
use serde_json::json;

const WORDS: &str = "ひみつの みなと 7261";
const EVENTS: [EventKind; 2] = [EventKind::JudgeMessage, EventKind::JudgeNickname];

fn runner(config: &WebhookConfig) -> (HookRunner, ManualClock) {
    let (clock, hand) = Clock::manual(1_763_700_000_000);
    let hook: Arc<dyn AsyncHook> =
        Arc::new(Deciding::new(config, clock.clone(), Dice::seeded(3)).expect("it is set up"));
    (HookRunner::new(vec![hook], clock, Arc::new(Counts::default())), hand)
}

async fn judge(runner: &HookRunner, asked: Asked) -> Decision {
    let context = OwnedContext { room: "house".into(), role: Role::Participant, now: 1_763_700_000_000 };
    runner.ask(OwnedSubject { asked, text: WORDS.into() }, context).await
}

#[tokio::test]
async fn what_it_says_counts() {
    let receiver = Receiver::start();
    let (runner, _hand) = runner(&receiver.deciding(&EVENTS));
    assert!(runner.wants(Asked::Message) && runner.wants(Asked::Nickname) && !runner.wants(Asked::Entry));
    for (asked, said, verdict) in [
        (Asked::Message, "allow", Verdict::Allow),
        (Asked::Message, "flag", Verdict::Flag),
        (Asked::Message, "hold", Verdict::Hold),
        (Asked::Message, "block", Verdict::Block(RefusalCode::NotSent)),
        (Asked::Nickname, "block", Verdict::Block(RefusalCode::NicknameUnusable)),
    ] {
        let answer = json!({ "verdict": said, "reason": "phone_number", "model": "later versions say more" });
        receiver.once([Reply::Body(answer.to_string())]);
        let decision = judge(&runner, asked).await;
        assert_eq!(decision.verdict, verdict);
        if verdict != Verdict::Allow {
            assert_eq!((decision.rule.as_ref(), decision.why.as_ref()), ("words", "phone_number"));
        }
    }
}

#[tokio::test]
async fn it_gets_the_words_only_if_that_is_configured_and_its_own_words_never_reach_a_log() {
    let mut receiver = Receiver::start();
    receiver.always(Reply::Body(json!({ "verdict": "hold", "reason": WORDS }).to_string()));
    let config = receiver.deciding(&EVENTS);
    let (silent, _hand) = runner(&config);
    assert!(!judge(&silent, Asked::Message).await.why.contains("みなと"));
    let (told, _hand) = runner(&WebhookConfig { send_text: true, ..config });
    judge(&told, Asked::Message).await;
    let sent = receiver.until(2).await;
    let around = json!({ "room": "house", "role": "participant", "characters": 13 });
    assert_eq!((&sent[0].json()["type"], &sent[0].json()["data"]), (&json!("judge.message"), &around));
    assert_eq!(sent[1].json()["data"]["text"], WORDS);
    assert!(sent[0].headers["webhook-signature"].to_str().expect("text").starts_with("v1,"));
}

#[tokio::test]
async fn whatever_else_it_does_is_no_answer() {
    let receiver = Receiver::start();
    let elsewhere = Receiver::start();
    let allow = || Reply::Body(json!({ "verdict": "allow" }).to_string());
    for (reply, why) in [
        (Reply::Status(200), "bad_answer"),
        (Reply::Body("{\"verdict\":\"perhaps\"}".into()), "bad_answer"),
        (Reply::Body(format!("{{\"verdict\":\"allow\",\"x\":\"{}\"}}", "x".repeat(20_000))), "bad_answer"),
        (Reply::Status(500), "broken"),
        (Reply::Status(403), "refused"),
        (Reply::Elsewhere(format!("http://{}/", elsewhere.addr)), "redirect"),
    ] {
        for (on_failure, verdict) in [(OnFailure::Hold, Verdict::Hold), (OnFailure::Open, Verdict::Allow)] {
            let (runner, _hand) = runner(&WebhookConfig { on_failure, ..receiver.deciding(&EVENTS) });
            receiver.once([reply.clone()]);
            let decision = judge(&runner, Asked::Message).await;
            assert_eq!(decision.verdict, verdict, "{reply:?}");
            if verdict == Verdict::Hold {
                assert!(decision.why.ends_with(why), "{}", decision.why);
            }
        }
    }
    assert!(elsewhere.sent().is_empty());
    let (runner, _hand) = runner(&WebhookConfig { own_network: false, ..receiver.deciding(&EVENTS) });
    receiver.once([allow()]);
    assert!(judge(&runner, Asked::Message).await.why.ends_with("private_address"));
}

#[tokio::test]
async fn one_that_is_slow_is_waited_for_no_longer_than_its_deadline_and_then_left_alone() {
    let mut receiver = Receiver::start();
    receiver.always(Reply::Never);
    let (runner, hand) = runner(&receiver.deciding(&EVENTS));
    for n in 1..=FAILURES as usize {
        let asked = {
            let runner = runner.clone();
            tokio::spawn(async move { judge(&runner, Asked::Message).await })
        };
        receiver.until(n).await;
        assert!(!asked.is_finished());
        hand.advance(REMOTE_DEADLINE.as_millis() as Millis);
        assert!(asked.await.expect("it is answered in its place").why.ends_with("slow"));
    }
    assert!(judge(&runner, Asked::Message).await.why.ends_with("not_asked"));
    receiver.always(Reply::Body(json!({ "verdict": "allow" }).to_string()));
    hand.advance(OPEN_MS);
    assert_eq!(judge(&runner, Asked::Message).await.verdict, Verdict::Allow);
    assert_eq!(receiver.sent().len(), FAILURES as usize + 1);
}

#[tokio::test]
async fn words_wait_for_it_and_for_nothing_else_it_does() {
    let mut receiver = Receiver::start();
    let webhook = WebhookConfig { send_text: true, ..receiver.deciding(&[EventKind::JudgeMessage]) };
    let configure = move |config: &mut Config| config.webhooks = vec![webhook];
    let server = TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let says = |verdict: &str| Reply::Body(json!({ "verdict": verdict, "reason": "of_ours" }).to_string());
    let say = |text: &str| {
        let text = text.to_owned();
        move |n| ClientMessage::Say { n, to: 0, text }
    };
    receiver.once([says("allow"), says("block"), says("hold")]);
    nagi.say(0, "いい てんき").await;
    assert_eq!(receiver.until(1).await[0].json()["data"]["text"], "いい てんき");
    assert_eq!(nagi.denied(say("あれこれ")).await, RefusalCode::NotSent);
    let Event::Held { hold, .. } = nagi.ask(say("みせて いい？")).await else { panic!("not held") };

    // One that does not answer: what others write meanwhile goes on, and at the deadline staff look.
    receiver.once([Reply::Never, says("allow")]);
    let slow = nagi.command(say("まっています")).await;
    receiver.until(4).await;
    haru.say(0, "こんにちは").await;
    assert_eq!(haru.mirror.texts(), ["いい てんき", "こんにちは"]);
    server.advance(REMOTE_DEADLINE.as_millis() as Millis);
    let Event::Held { hold: slow, .. } = nagi.answer(slow).await else { panic!("not held") };
    for (hold, text) in [(slow, "まっています"), (hold, "みせて いい？")] {
        let version = line(&mut midori, hold).await.version;
        deed(&mut midori, hold, "approve", Seen { version }).await.expect("shown");
        haru.until("the words", |mirror| mirror.texts().contains(&text)).await;
    }
    let all = ["いい てんき", "みせて いい？", "まっています", "こんにちは"];
    assert_eq!(haru.mirror.texts(), all, "each where it was written");

    // A cry for help waits for nobody, and leaves the place for nobody to read.
    receiver.always(Reply::Never);
    nagi.say(0, "もう死にたい").await;
    haru.until("the words", |mirror| mirror.texts().contains(&"もう死にたい")).await;
    assert_eq!(receiver.sent().len(), 5);
}

#[tokio::test]
async fn the_owner_sees_and_tries_it() {
    let mut receiver = Receiver::start();
    receiver.once([Reply::Body(json!({ "verdict": "block" }).to_string()), Reply::Status(200)]);
    let webhook = WebhookConfig { send_text: true, ..receiver.deciding(&EVENTS) };
    let configure = move |config: &mut Config| config.webhooks = vec![webhook];
    let server = TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let tested: Tested = owner.post("webhooks/words/test", &()).await.expect("tried");
    assert_eq!(tested.trouble, None, "it answered, whatever it said");
    let tested: Tested = owner.post("webhooks/words/test", &()).await.expect("tried");
    assert_eq!(tested.trouble, Some(Trouble::BadAnswer));
    assert_eq!(receiver.until(2).await[0].json()["data"]["text"], "test");
    let webhook = owner.get::<Vec<Webhook>>("webhooks").await.expect("a list").remove(0);
    assert_eq!((webhook.state, webhook.text), (State::Well, true));
    assert_eq!(webhook.events, ["judge.message", "judge.nickname"]);
}
