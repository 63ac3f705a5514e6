//! What the desk tells other systems: each event as the manual has it, thin, in order, and nothing that people wrote.

use ibasho_protocol::api::desk::deeds::{AppealAnswer, DecideAppeal, Decline, Resolve, Seen, Settle};
use ibasho_protocol::api::desk::rules::{Rules, RulesKept};
use ibasho_protocol::api::desk::sanctions::Impose;
use ibasho_protocol::api::desk::{LockDown, Made};
use ibasho_protocol::api::hooks::Webhook;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::codes::{Category, DeclineReason, HelpOutcome, ReportOutcome};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::role::Role;
use ibasho_server::config::Config;
use ibasho_server::hooks::event::EventKind;
use ibasho_server::hooks::schedule::{JITTER_PERCENT, RETRIES_MS};
use ibasho_tests::client::{PATIENCE, TestClient};
use ibasho_tests::desk::{NUMBER, deed, hold, impose, line, report};
use ibasho_tests::receiver::{Receiver, Reply};
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::Browser;
use serde_json::{Value, json};
use tokio::time::Instant;

/// Another system that is told everything, read one by one.
struct City {
    receiver: Receiver,
    heard: usize,
}

impl City {
    async fn start() -> (TestServer, Self) {
        let receiver = Receiver::start();
        let mut webhook = receiver.config();
        let told = EventKind::ALL.iter().copied();
        webhook.events = told.filter(|kind| kind.question().is_none() && *kind != EventKind::Test).collect();
        let configure = move |config: &mut Config| config.webhooks = vec![webhook];
        let server = TestServer::with(Recipe { configure: Some(Box::new(configure)), ..Recipe::default() }).await;
        (server, Self { receiver, heard: 0 })
    }

    /// Reads the next one: this, about a thing in the house.
    async fn hears(&mut self, kind: &str, id: &str, code: Option<&str>, sequence: u64) {
        let (heard, data) = self.next().await;
        let mut expected = json!({ "id": id, "room": "house", "sequence": sequence });
        if let Some(code) = code {
            expected["code"] = code.into();
        }
        assert_eq!((heard.as_str(), &data), (kind, &expected));
    }

    async fn next(&mut self) -> (String, Value) {
        let sent = self.receiver.until(self.heard + 1).await;
        let json = sent[self.heard].json();
        self.heard += 1;
        (json["type"].as_str().expect("a type").to_owned(), json["data"].clone())
    }

    /// Nothing more was told, and nothing that somebody wrote or is called.
    fn is_thin(&self) {
        let all = self.receiver.sent();
        assert_eq!(all.len(), self.heard, "{:?}", all.last().map(|sent| &sent.body));
        for sent in all {
            assert!(sent.body.is_ascii(), "{}", sent.body);
        }
    }
}

fn case(id: u64) -> String {
    format!("case:{id}")
}

async fn impose_on(staff: &mut Browser, order: &Impose) -> u64 {
    staff.post::<Made>("desk/sanctions", order).await.expect("decided").id
}

#[tokio::test]
async fn reports_sanctions_and_appeals_are_told() {
    let (server, mut city) = City::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let id = haru.say(0, "あっちへ いって").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    let reported = report(&mut midori, &mut nagi, &haru, id).await;
    city.hears("report.filed", &case(reported), Some("harassment"), 1).await;
    // The same person about the same: the report goes on.
    let who = haru.me();
    let again = |n| ClientMessage::Report { n, who, message: None, category: Category::Sexual, text: None };
    nagi.done(again).await;
    city.hears("report.filed", &case(reported), Some("sexual"), 2).await;

    let pause = impose_on(&mut midori, &impose(reported, Kind::Timeout, 5)).await;
    let sanction = format!("sanction:{pause}");
    city.hears("sanction.given", &sanction, Some("insult"), 1).await;
    haru.until("it holds", |mirror| mirror.mine.in_force.len() == 1).await;
    let text = "ごめんなさい".to_owned();
    haru.done(|n| ClientMessage::Appeal { n, sanction: pause, text }).await;
    let (kind, data) = city.next().await;
    assert_eq!((kind.as_str(), &data["code"], &data["room"]), ("appeal.filed", &json!("timeout"), &json!("house")));
    let appeal: u64 = data["id"].as_str().and_then(|id| id.strip_prefix("case:")?.parse().ok()).expect("a case");
    let version = line(&mut owner, appeal).await.version;
    let answer = DecideAppeal { version, answer: AppealAnswer::Change { kind: Kind::Nudge, minutes: 0 } };
    deed(&mut owner, appeal, "appeal", answer).await.expect("decided");
    let mut three = [city.next().await, city.next().await, city.next().await];
    // What happens to different things has no order among them.
    three.sort_by(|one, other| one.0.cmp(&other.0));
    let brief = three
        .map(|(kind, data)| (kind, data["code"].clone(), data["id"] == sanction.as_str(), data["sequence"].clone()));
    let told = |kind: &str, code: &str, old: bool, sequence: u64| (kind.to_owned(), json!(code), old, json!(sequence));
    assert_eq!(
        brief,
        [
            told("appeal.decided", "changed", false, 2),
            told("sanction.given", "insult", false, 1),
            told("sanction.undone", "changed", true, 2),
        ]
    );

    let quiet = impose_on(&mut midori, &impose(reported, Kind::MuteText, 1)).await;
    city.hears("sanction.given", &format!("sanction:{quiet}"), Some("insult"), 1).await;
    assert_eq!(midori.raw("POST", &format!("desk/sanctions/{quiet}/undo"), "").await.status, 204);
    city.hears("sanction.undone", &format!("sanction:{quiet}"), Some("undone"), 2).await;
    let short = impose_on(&mut midori, &impose(reported, Kind::MuteVoice, 1)).await;
    city.hears("sanction.given", &format!("sanction:{short}"), Some("insult"), 1).await;
    server.pass(60_000, &mut [&mut nagi, &mut haru]).await;
    city.hears("sanction.undone", &format!("sanction:{short}"), Some("expired"), 2).await;

    let order = Impose { permanent: true, ..impose(reported, Kind::Ban, 0) };
    let proposal = impose_on(&mut midori, &order).await;
    city.hears("ban.proposed", &case(proposal), Some("insult"), 1).await;
    let version = line(&mut midori, reported).await.version;
    let outcome = Resolve { version, outcome: ReportOutcome::Talked };
    deed(&mut midori, reported, "resolve", outcome).await.expect("looked at");
    city.hears("report.closed", &case(reported), Some("talked"), 3).await;
    city.is_thin();
}

#[tokio::test]
async fn messages_that_wait_are_told_with_why_and_how() {
    let (server, mut city) = City::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let wait = async |nagi: &mut TestClient, city: &mut City| {
        let held = hold(nagi, NUMBER).await;
        city.hears("hold.waiting", &case(held), Some("rule"), 1).await;
        held
    };
    let held = wait(&mut nagi, &mut city).await;
    let version = line(&mut midori, held).await.version;
    deed(&mut midori, held, "approve", Seen { version }).await.expect("shown");
    city.hears("hold.decided", &case(held), Some("approved"), 2).await;
    let held = wait(&mut nagi, &mut city).await;
    let version = line(&mut midori, held).await.version;
    let decline = Decline { version, reason: DeclineReason::PersonalData };
    deed(&mut midori, held, "decline", decline).await.expect("not shown");
    city.hears("hold.decided", &case(held), Some("personal_data"), 2).await;
    server.pass(60_000, &mut [&mut nagi]).await;
    let held = wait(&mut nagi, &mut city).await;
    nagi.done(|n| ClientMessage::Retract { n, hold: held }).await;
    city.hears("hold.decided", &case(held), Some("retracted"), 2).await;
    let held = wait(&mut nagi, &mut city).await;
    server.pass(300_000, &mut [&mut nagi]).await;
    city.hears("hold.decided", &case(held), Some("nobody_in_time"), 2).await;
    city.is_thin();
}

#[tokio::test]
async fn a_cry_for_help_is_told_outside_at_its_step_and_until_it_was_taken() {
    let (server, mut city) = City::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut aoi = server.staff("あおい", Role::Consultant, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    nagi.say(0, "もう死にたい").await;
    nagi.until("the card", |mirror| mirror.notices.iter().any(|notice| matches!(notice, Notice::HelpCard { .. })))
        .await;
    let (kind, data) = city.next().await;
    let cry: u64 = data["id"].as_str().and_then(|id| id.strip_prefix("case:")?.parse().ok()).expect("a case");
    assert_eq!((kind.as_str(), data), ("help.called", json!({ "id": case(cry), "room": "house", "sequence": 1 })));
    // The next person, after a minute, is one of this place; outside is called after three.
    server.pass(60_000, &mut [&mut nagi]).await;
    city.receiver.once([Reply::Status(500)]);
    server.pass(120_000, &mut [&mut nagi]).await;
    city.hears("help.escalated", &case(cry), None, 2).await;
    // It was not taken: it is told again, the same.
    let deadline = Instant::now() + PATIENCE;
    while owner.get::<Vec<Webhook>>("webhooks").await.expect("a list")[0].failures == 0 {
        assert!(Instant::now() < deadline, "it is noted that it was not taken");
    }
    server.advance(RETRIES_MS[0] * (100 + JITTER_PERCENT) / 100);
    city.hears("help.escalated", &case(cry), None, 2).await;
    let sent = city.receiver.sent();
    assert_eq!(sent[1].id, sent[2].id);
    let version = deed(&mut aoi, cry, "claim", ()).await.expect("somebody comes").version.expect("a version");
    city.hears("help.acknowledged", &case(cry), None, 3).await;
    deed(&mut aoi, cry, "settle", Settle { version, outcome: HelpOutcome::Talked }).await.expect("talked");
    city.hears("help.settled", &case(cry), Some("talked"), 4).await;
    city.is_thin();
}

#[tokio::test]
async fn lockdowns_and_new_rules_are_told() {
    let (server, mut city) = City::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let lock = async |owner: &mut Browser, scope: Scope| {
        owner.post::<Made>("desk/lockdowns", &LockDown { scope, minutes: 1 }).await.expect("locked").id
    };
    let here = lock(&mut owner, Scope::Room("house".into())).await;
    let id = format!("lockdown:{here}");
    city.hears("room.locked", &id, Some("begun"), 1).await;
    assert_eq!(lock(&mut owner, Scope::Room("house".into())).await, here);
    city.hears("room.locked", &id, Some("renewed"), 2).await;
    assert_eq!(owner.raw("POST", &format!("desk/lockdowns/{here}/lift"), "").await.status, 204);
    city.hears("room.unlocked", &id, Some("lifted"), 3).await;
    let site = format!("lockdown:{}", lock(&mut owner, Scope::Site).await);
    let everywhere = |sequence: u64, code: &str| json!({ "id": site, "code": code, "sequence": sequence });
    assert_eq!(city.next().await, ("room.locked".into(), everywhere(1, "begun")));
    server.advance(60_000);
    assert_eq!(city.next().await, ("room.unlocked".into(), everywhere(2, "over")));

    let rules: Rules = owner.get("desk/rules").await.expect("rules");
    owner.send::<RulesKept>("PUT", "desk/rules", &rules).await.expect("kept");
    assert_eq!(city.next().await, ("rules.changed".into(), json!({ "id": "rules", "sequence": 1 })));
    city.is_thin();
}
