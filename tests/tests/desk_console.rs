//! The console over HTTP: rules, lockdowns, who is here, and the record.

use std::process::Command;

use ibasho_protocol::api::desk::audit::AuditPage;
use ibasho_protocol::api::desk::rules::{RuleFaults, Rules, RulesFound, RulesKept, TryRules};
use ibasho_protocol::api::desk::{Live, LockDown, Made, Queue, Thing};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::rules::trial::Tried;
use ibasho_protocol::rules::{Level, Mode, Rule, RuleSet};
use ibasho_tests::desk::queue;
use ibasho_tests::events::Events;
use ibasho_tests::program::binary;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::{Browser, code};
use serde_json::{Value, json};

#[tokio::test]
async fn rules_are_read_tried_and_changed_and_hold_at_once() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let Rules { version, set } = midori.get("desk/rules").await.expect("rules");
    assert_eq!(version, 0);
    nagi.say(0, "たこやきが すき").await;
    haru.until("the words", |mirror| mirror.texts().len() == 1).await;

    let mut fresh = set.clone();
    fresh.rules.push(takoyaki(&json!("site"), "enforce"));
    let attempt = TryRules { texts: vec!["タコ・ヤキ！".into()], on: None, set: Some(fresh.clone()) };
    let tried: Tried = lead.post("desk/rules/try", &attempt).await.expect("tried");
    assert_eq!((tried.verdict, tried.rule.as_deref()), (Level::Block, Some("words.takoyaki")));
    assert_eq!((tried.findings[0].matched.as_str(), tried.views.joined.as_str()), ("タコ・ヤキ", "たこやき"));
    let tried: Tried = midori.post("desk/rules/try", &TryRules { set: None, ..attempt.clone() }).await.expect("tried");
    assert_eq!(tried.verdict, Level::Allow);
    for (texts, why) in [(vec![], Code::ValueOutOfRange), (vec!["あ".repeat(501)], Code::TextTooLong)] {
        let attempt = TryRules { texts, set: None, on: None };
        assert_eq!(code(midori.post::<Tried>("desk/rules/try", &attempt).await), why);
    }

    let faulty = |change: fn(&mut Value)| {
        let mut body = json!({ "version": 0, "set": fresh });
        change(body["set"]["rules"].as_array_mut().expect("rules").last_mut().expect("the last"));
        body.to_string()
    };
    let last = set.rules.len();
    for (body, rule, place) in [
        (
            faulty(|rule| rule["when"] = json!({ "words": { "any": [], "view": "joined" } })),
            "words.takoyaki".to_owned(),
            "when.words.any",
        ),
        (faulty(|rule| rule["exmept"] = json!([])), format!("#{last}"), "exmept"),
        (faulty(|rule| rule["mode"] = json!("sometimes")), format!("#{last}"), "mode"),
    ] {
        let answer = midori.raw("PUT", "desk/rules", &body).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let RuleFaults { faults } = answer.json();
        assert!(faults[0].rule == rule && faults[0].place.starts_with(place), "{faults:?}");
    }
    let change = Rules { version: 0, set: fresh };
    assert_eq!(code(lead.send::<RulesKept>("PUT", "desk/rules", &change).await), Code::NotAllowed);
    let mut events = Events::open(&midori).await;
    assert_eq!(midori.send::<RulesKept>("PUT", "desk/rules", &change).await.expect("kept").version, 1);
    events.until("new rules", |live| matches!(live, Live::Touched { what: Thing::Rules, .. })).await;
    assert_eq!(nagi.denied(|n| ClientMessage::Say { n, to: 0, text: "たこやき".into() }).await, Code::NotSent);
    let late = midori.send::<RulesKept>("PUT", "desk/rules", &change).await.expect_err("older");
    assert_eq!((late.code, late.version), (Code::Stale, Some(1)));
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let page: AuditPage = owner.get("desk/audit").await.expect("the record");
    let changed: Vec<_> = page.entries.iter().filter(|entry| entry.action.starts_with("rules.")).collect();
    assert!(changed.len() == 1 && changed[0].reason.as_deref() == Some("version.1"), "{changed:?}");
}

/// A rule about たこやき.
fn takoyaki(scope: &Value, mode: &str) -> Rule {
    let rule = json!({
        "id": "words.takoyaki", "version": 1, "scope": scope, "on": ["message"],
        "when": { "words": { "any": ["たこやき"], "view": "joined" } },
        "then": { "verdict": "block" }, "reason": "other", "mode": mode, "note": "a test"
    });
    serde_json::from_value(rule).expect("a rule")
}

#[tokio::test]
async fn what_a_tried_rule_would_have_done_is_counted_and_a_room_has_rules_of_its_own() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let Rules { set, .. } = lead.get("desk/rules").await.expect("rules");
    let with = |rule| RuleSet { rules: set.rules.iter().cloned().chain([rule]).collect(), ..set.clone() };
    let put = |version, set| Rules { version, set };
    for scope in [json!("site"), json!({ "room": "closet" })] {
        let others = put(0, with(takoyaki(&scope, "dry_run")));
        assert_eq!(code(lead.send::<RulesKept>("PUT", "desk/rules", &others).await), Code::NotAllowed, "{scope}");
    }
    let fewer = RuleSet { rules: set.rules[1..].to_vec(), ..set.clone() };
    assert_eq!(code(lead.send::<RulesKept>("PUT", "desk/rules", &put(0, fewer)).await), Code::NotAllowed);
    let here = takoyaki(&json!({ "room": "house" }), "dry_run");
    assert_eq!(
        lead.send::<RulesKept>("PUT", "desk/rules", &put(0, with(here.clone()))).await.expect("kept").version,
        1
    );

    let found = async |lead: &mut Browser| {
        let RulesFound { rules } = lead.get("desk/rules/found").await.expect("numbers");
        let ours = rules.into_iter().find(|found| found.rule == "words.takoyaki");
        ours.map(|found| (found.version, found.counted, found.tried))
    };
    assert_eq!(found(&mut lead).await, None);
    nagi.say(0, "たこやき、たこやき").await;
    nagi.say(0, "たこやきが すき").await;
    assert_eq!(found(&mut lead).await, Some((1, 0, 2)), "it would have stopped two");
    let enforced = Rule { version: 2, mode: Mode::Enforce, ..here };
    lead.send::<RulesKept>("PUT", "desk/rules", &put(1, with(enforced))).await.expect("kept");
    assert_eq!(found(&mut lead).await, None, "a rule that was changed counts anew");
    assert_eq!(nagi.denied(|n| ClientMessage::Say { n, to: 0, text: "たこやき".into() }).await, Code::NotSent);
    assert_eq!(found(&mut lead).await, Some((2, 1, 0)));
    // They may take it away again, too.
    lead.send::<RulesKept>("PUT", "desk/rules", &put(2, set.clone())).await.expect("kept");
    nagi.say(0, "たこやき").await;
}

#[tokio::test]
async fn a_lockdown_is_begun_renewed_and_lifted_within_ones_reach() {
    let server = TestServer::start().await;
    let mut lead = server.staff("ゆき", Role::Facilitator, &["house"]).await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let here = |minutes| LockDown { scope: Scope::Room("house".into()), minutes };
    let closet = LockDown { scope: Scope::Room("closet".into()), minutes: 15 };
    let site = LockDown { scope: Scope::Site, minutes: 15 };
    let nowhere = LockDown { scope: Scope::Room("nowhere".into()), minutes: 15 };
    for (order, why) in [
        (&closet, Code::NotInReach),
        (&site, Code::NotInReach),
        (&nowhere, Code::RoomUnknown),
        (&here(0), Code::ValueOutOfRange),
        (&here(121), Code::ValueOutOfRange),
    ] {
        assert_eq!(code(lead.post::<Made>("desk/lockdowns", order).await), why, "{order:?}");
    }
    let made: Made = lead.post("desk/lockdowns", &here(15)).await.expect("locked");
    assert_eq!(lead.post::<Made>("desk/lockdowns", &here(30)).await.expect("renewed").id, made.id);
    let site: Made = midori.post("desk/lockdowns", &site).await.expect("locked");
    let told = queue(&mut lead).await.lockdowns;
    let may: Vec<_> = told.iter().map(|lockdown| (lockdown.id, lockdown.may_lift)).collect();
    assert_eq!(may, [(made.id, true), (site.id, false)]);
    assert_eq!(told[0].until, server.now() + 30 * 60_000);
    assert_eq!(lead.raw("POST", &format!("desk/lockdowns/{}/lift", site.id), "").await.refusal(), Code::NotInReach);
    assert_eq!(midori.raw("POST", &format!("desk/lockdowns/{}/lift", made.id), "").await.status, 204);
    assert_eq!(lead.raw("POST", &format!("desk/lockdowns/{}/lift", made.id), "").await.refusal(), Code::NotFound);
}

#[tokio::test]
async fn a_console_shows_who_is_here_and_ends_with_the_login() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut sora = server.staff("そら", Role::Facilitator, &["house"]).await;
    let mut events = Events::open(&midori).await;
    let staff = |live: &Live| matches!(live, Live::Touched { what: Thing::Staff, .. });
    let second = Events::open(&sora).await;
    events.until("a colleague comes", staff).await;
    let told = queue(&mut midori).await;
    let here: Vec<_> =
        told.staff.iter().filter(|one| one.console && one.signed_in).map(|one| one.name.as_str()).collect();
    assert_eq!((here.len(), told.counts.consoles, told.counts.needed), (2, 2, 1));
    drop(second);
    // A socket that is gone is noticed when there is something to say.
    midori.post::<Made>("desk/lockdowns", &LockDown { scope: Scope::Site, minutes: 1 }).await.expect("locked");
    events.until("a colleague goes", staff).await;
    for open in 1..8 {
        assert_eq!(Events::open(&midori).await.status, 200, "{open}");
    }
    assert_eq!(sora.raw("POST", "sign-out", "").await.status, 204);
    assert_eq!(Events::open(&sora).await.status, 401);
    assert_eq!(midori.raw("POST", "sign-out", "").await.status, 204);
    server.advance(1_000);
    while events.next().await.is_some() {}
}

#[tokio::test]
async fn a_page_that_runs_wild_is_slowed_down() {
    let server = TestServer::start().await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let refused = loop {
        if let Err(refused) = midori.get::<Queue>("desk").await {
            break refused;
        }
    };
    assert!(refused.code == Code::TooFast && refused.after.is_some(), "{refused:?}");
    queue(&mut owner).await;
    server.advance(refused.after.expect("when").into());
    queue(&mut midori).await;
}

#[tokio::test]
async fn the_record_is_paged_and_its_export_verifies() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut auditor = server.staff("かんさ", Role::Auditor, &[]).await;
    for minutes in 1..=35 {
        let order = LockDown { scope: Scope::Site, minutes };
        owner.post::<Made>("desk/lockdowns", &order).await.expect("renewed");
        server.advance(1_000);
    }
    let newest: AuditPage = auditor.get("desk/audit").await.expect("the record");
    assert_eq!(newest.entries.last().map(|entry| entry.seq), Some(newest.last));
    assert!(newest.entries.is_sorted_by(|a, b| a.seq + 1 == b.seq));
    let before = newest.last - 9;
    let part: AuditPage = auditor.get(&format!("desk/audit?after=5&before={before}")).await.expect("a part");
    assert_eq!((part.entries[0].seq, part.entries.last().map(|entry| entry.seq)), (6, Some(before - 1)));
    assert_eq!(code(auditor.get::<AuditPage>("desk/audit?after=x").await), Code::BadShape);

    let export = auditor.raw("GET", "desk/audit/export", "").await;
    assert_eq!(export.status, 200);
    let lines = export.body.lines().filter(|line| line.starts_with('{')).collect::<Vec<_>>();
    assert!(lines.iter().any(|line| line.contains("\"audit.export\"")), "that it was taken along stands in it");
    let home = tempfile::TempDir::new().expect("a folder");
    let verify = |name: &str, text: String| {
        let file = home.path().join(name);
        std::fs::write(&file, text).expect("written");
        let mut program = Command::new(binary().expect("built"));
        program.args(["audit", "verify", "--export"]).arg(file).output().expect("it runs").status.success()
    };
    assert!(verify("whole.jsonl", lines.join("\n")));
    assert!(!verify("changed.jsonl", lines.join("\n").replacen("lockdown.renew", "lockdown.lift", 1)));
    for _ in 0..2 {
        auditor.raw("GET", "desk/audit/export", "").await;
    }
    assert_eq!(auditor.raw("GET", "desk/audit/export", "").await.refusal(), Code::TooFast);
}
