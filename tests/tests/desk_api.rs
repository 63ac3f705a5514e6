//! The desk over HTTP: what waits, two pairs of hands at once, evidence, sanctions and appeals.

use ibasho_protocol::api::desk::audit::AuditPage;
use ibasho_protocol::api::desk::case::{CaseView, Gone, KeepReason, Matter, Outcome, Urgency};
use ibasho_protocol::api::desk::deeds::{
    AnswerProposal, AppealAnswer, DecideAppeal, Decline, Hand, Resolve, Seen, Settle,
};
use ibasho_protocol::api::desk::sanctions::{EndedHow, Impose, Sanctions};
use ibasho_protocol::api::desk::{AppealAtTheDoor, Live, Made, Thing};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::codes::{AppealOutcome, DeclineReason, HelpOutcome, ReportOutcome};
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_tests::client::TestClient;
use ibasho_tests::desk::{NUMBER, deed, hold, impose, line, me, queue, report};
use ibasho_tests::events::Events;
use ibasho_tests::http;
use ibasho_tests::server::TestServer;
use ibasho_tests::staff::code;

#[tokio::test]
async fn a_held_message_goes_through_one_pair_of_hands_and_the_other_sees_it() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut sora = server.staff("そら", Role::Moderator, &[]).await;
    let mut events = Events::open(&sora).await;
    let case = hold(&mut nagi, NUMBER).await;
    let touched = |live: &Live| matches!(live, Live::Touched { what: Thing::Case, id, .. } if *id == case);
    events.until("it waits", touched).await;
    let seen = line(&mut sora, case).await;
    assert_eq!((seen.urgency, seen.may_handle, seen.handled), (Urgency::Held, true, None));
    assert!(matches!(&seen.matter, Matter::Hold { rule: Some(_), .. }));
    let view: CaseView = sora.get(&format!("desk/cases/{case}")).await.expect("a case");
    let held = view.held.expect("the words");
    assert_eq!((held.text.as_str(), held.nick.as_str()), (NUMBER, "なぎ"));
    assert!(!held.spans.is_empty());

    let made = deed(&mut midori, case, "claim", ()).await.expect("taken on");
    events.until("somebody has it", touched).await;
    assert_eq!(line(&mut sora, case).await.handled.expect("handled").by, me(&mut midori).await);
    let refused =
        deed(&mut sora, case, "approve", Seen { version: seen.version }).await.expect_err("a colleague has it");
    assert_eq!((refused.code, refused.by), (Code::AlreadyHandled, Some(me(&mut midori).await)));
    let refused = deed(&mut midori, case, "approve", Seen { version: seen.version }).await.expect_err("older");
    assert_eq!((refused.code, refused.version), (Code::Stale, made.version.map(u64::from)));
    let to = me(&mut sora).await;
    let hand = Hand { version: made.version.expect("a version"), to };
    let made = deed(&mut midori, case, "hand", hand).await.expect("handed over");
    let version = made.version.expect("a version");
    deed(&mut sora, case, "approve", Seen { version }).await.expect("shown");
    haru.until("the words", |mirror| mirror.texts() == [NUMBER]).await;
    assert_eq!(code(deed(&mut sora, case, "approve", Seen { version }).await), Code::AlreadyHandled);
    let view: CaseView = midori.get(&format!("desk/cases/{case}")).await.expect("settled");
    assert_eq!(view.closed.map(|closed| (closed.by, closed.outcome)), Some((Some(to), Outcome::Approved)));

    let case = hold(&mut nagi, NUMBER).await;
    let version = line(&mut sora, case).await.version;
    let outcome = Resolve { version, outcome: ReportOutcome::Talked };
    assert_eq!(code(deed(&mut sora, case, "resolve", outcome).await), Code::ValueOutOfRange);
    let version = deed(&mut sora, case, "claim", ()).await.expect("taken on").version.expect("a version");
    let version = deed(&mut sora, case, "put_back", Seen { version }).await.expect("put back").version.expect("one");
    assert_eq!(line(&mut midori, case).await.handled, None);
    let decline = Decline { version, reason: DeclineReason::PersonalData };
    deed(&mut midori, case, "decline", decline).await.expect("not shown");
    let told = Notice::NotShown { hold: case, reason: DeclineReason::PersonalData, by_time: false };
    nagi.until("a kind reason", |mirror| mirror.notices.contains(&told)).await;
}

#[tokio::test]
async fn of_two_who_decide_at_the_same_moment_one_was_quicker() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut sora = server.staff("そら", Role::Owner, &[]).await;
    let case = hold(&mut nagi, NUMBER).await;
    let version = line(&mut sora, case).await.version;
    let decline = Decline { version, reason: DeclineReason::Hurtful };
    let (one, two) =
        tokio::join!(deed(&mut midori, case, "approve", Seen { version }), deed(&mut sora, case, "decline", decline));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let late = one.err().or(two.err()).expect("one was late");
    assert!(late.code == Code::AlreadyHandled && late.by.is_some(), "{late:?}");
}

#[tokio::test]
async fn a_report_shows_what_happened_and_every_look_is_on_record() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let id = haru.say(0, "あっちへ いこう").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    haru.done(|n| ClientMessage::TakeBack { n, id }).await;
    let case = report(&mut midori, &mut nagi, &haru, id).await;
    let path = format!("desk/cases/{case}");
    let view: CaseView = midori.get(&path).await.expect("a case");
    let words = &view.around[0].messages[0];
    assert_eq!((words.text.as_str(), words.gone, words.meant), ("あっちへ いこう", Some(Gone::TakenBack), true));
    assert_eq!(view.around[0].text.as_deref(), Some("こわかった"));
    assert_eq!((view.line.about.person, view.kept), (haru.me().0, None));

    assert_eq!(midori.raw("POST", &format!("{path}/keep"), r#"{"why":"police"}"#).await.status, 204);
    let view: CaseView = midori.get(&path).await.expect("a case");
    assert_eq!(view.kept, Some(KeepReason::Police));
    assert_eq!(midori.raw("POST", &format!("{path}/keep"), "{}").await.status, 204);
    assert_eq!(midori.get::<CaseView>(&path).await.expect("a case").kept, None);

    let made: Made = midori.post("desk/sanctions", &impose(case, Kind::Timeout, 5)).await.expect("a pause");
    haru.until("it holds", |mirror| mirror.mine.in_force.len() == 1).await;
    assert_eq!(haru.denied(|n| ClientMessage::Say { n, to: 0, text: "ねえ".into() }).await, Code::Silenced);
    let again = midori.post::<Made>("desk/sanctions", &impose(case, Kind::Timeout, 5)).await;
    assert_eq!(code(again), Code::InForceAlready);
    for (order, why) in [
        (impose(case, Kind::Timeout, 7), Code::ValueOutOfRange),
        (impose(case + 100, Kind::Timeout, 5), Code::NotFound),
        (Impose { scope: Scope::Room("nowhere".into()), ..impose(case, Kind::Timeout, 60) }, Code::RoomUnknown),
        (Impose { note: "あ".repeat(401), ..impose(case, Kind::Timeout, 60) }, Code::TextTooLong),
        (Impose { permanent: true, ..impose(case, Kind::Timeout, 60) }, Code::ValueOutOfRange),
    ] {
        assert_eq!(code(midori.post::<Made>("desk/sanctions", &order).await), why, "{order:?}");
    }
    for (query, found) in [
        ("", 1),
        ("?q=insult&in_force=true", 1),
        ("?q=%E4%BA%8C%E5%9B%9E", 1),
        ("?q=ban", 0),
        (&format!("?q={}", haru.me().0), 1),
        (&format!("?before={}", made.id), 0),
    ] {
        let list: Sanctions = owner.get(&format!("desk/sanctions{query}")).await.expect("a list");
        assert_eq!((list.sanctions.len(), list.more), (found, false), "{query}");
    }
    assert_eq!(code(owner.get::<Sanctions>("desk/sanctions?in_force=maybe").await), Code::BadShape);
    assert_eq!(owner.raw("POST", &format!("desk/sanctions/{}/undo", made.id), "").await.status, 204);
    haru.until("it is taken back", |mirror| mirror.mine.in_force.is_empty()).await;
    let list: Sanctions = midori.get("desk/sanctions").await.expect("a list");
    assert_eq!(list.sanctions[0].ended.map(|ended| ended.how), Some(EndedHow::Undone));
    assert_eq!(midori.get::<Sanctions>("desk/sanctions?in_force=true").await.expect("a list").sanctions.len(), 0);

    let outcome = Resolve { version: line(&mut midori, case).await.version, outcome: ReportOutcome::Talked };
    deed(&mut midori, case, "resolve", outcome).await.expect("looked at");
    let looked = |notice: &Notice| matches!(notice, Notice::ReportLookedAt { .. });
    nagi.until("an answer", |mirror| mirror.notices.iter().any(looked)).await;
    let page: AuditPage = owner.get("desk/audit").await.expect("the record");
    let actor = format!("staff:{}", me(&mut midori).await);
    let of = |action: &str| page.entries.iter().filter(|entry| entry.action == action && entry.actor == actor).count();
    assert_eq!(
        (of("evidence.open"), of("evidence.hold"), of("evidence.release"), of("sanction.impose"), of("report.resolve")),
        (3, 1, 1, 1, 1),
        "{page:?}"
    );
    assert!(!format!("{page:?}").contains("いこう"), "no words of people");
}

#[tokio::test]
async fn who_is_out_appeals_at_the_door_and_somebody_else_decides() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let id = haru.say(0, "あっちへ いって").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    let case = report(&mut midori, &mut nagi, &haru, id).await;
    let made: Made = midori.post("desk/sanctions", &impose(case, Kind::Remove, 60)).await.expect("removed");
    haru.until_closed().await;
    let mut again = TestClient::connect(server.addr()).await;
    again.hello_again(&haru.mirror.token, haru.mirror.seen).await;
    again.until_closed().await;
    let refusal = again.mirror.refused[0].clone();
    assert_eq!(refusal.code, Code::Removed);
    let pass = refusal.door.expect("why").appeal;

    let text = "ごめんなさい。もう一度 はなしたいです";
    let appeal = |pass: &str, text: &str| AppealAtTheDoor { pass: pass.into(), sanction: made.id, text: text.into() };
    for (pass, text, why) in [
        ("wrong", text, Code::TicketVoid),
        (&pass, " ", Code::TextEmpty),
        (&pass, &"あ".repeat(501), Code::TextTooLong),
    ] {
        assert_eq!(at_the_door(&server, &appeal(pass, text)).await.refusal(), why);
    }
    let elsewhere = http::post(server.addr(), "/api/v1/appeal", &appeal(&pass, text)).await;
    assert_eq!(elsewhere.refusal(), Code::NotAllowed, "not from a page of this place");
    let other = AppealAtTheDoor { sanction: made.id + 50, ..appeal(&pass, text) };
    assert_eq!(at_the_door(&server, &other).await.refusal(), Code::NotFound);
    assert_eq!(at_the_door(&server, &appeal(&pass, text)).await.status, 204);
    assert_eq!(at_the_door(&server, &appeal(&pass, text)).await.refusal(), Code::TicketVoid, "it is spent");

    let cases = queue(&mut owner).await.cases;
    let appeal = cases.iter().find(|line| line.urgency == Urgency::Appeal).expect("it waits").clone();
    let view: CaseView = owner.get(&format!("desk/cases/{}", appeal.id)).await.expect("a case");
    assert_eq!(view.around[0].text.as_deref(), Some(text));
    assert_eq!(view.sanction.map(|sanction| (sanction.id, sanction.kind)), Some((made.id, Kind::Remove)));
    let answer = |answer| DecideAppeal { version: appeal.version, answer };
    let own = deed(&mut midori, appeal.id, "appeal", answer(AppealAnswer::Uphold)).await;
    assert_eq!(code(own), Code::DecidedByYou);
    let harsher = answer(AppealAnswer::Change { kind: Kind::Ban, minutes: 1440 });
    assert_eq!(code(deed(&mut owner, appeal.id, "appeal", harsher).await), Code::Harsher);
    deed(&mut owner, appeal.id, "appeal", answer(AppealAnswer::Undo)).await.expect("decided");
    let mut back = TestClient::connect(server.addr()).await;
    back.hello("はる").await;
    back.inside().await;
    let view: CaseView = midori.get(&format!("desk/cases/{}", appeal.id)).await.expect("settled");
    assert_eq!(view.closed.map(|closed| closed.outcome), Some(Outcome::Appeal(AppealOutcome::Undone)));
}

async fn at_the_door(server: &TestServer, appeal: &AppealAtTheDoor) -> http::Response {
    let origin = format!("http://{}", server.addr());
    let headers = [("Origin", origin.as_str()), ("Content-Type", "application/json")];
    http::ask(server.addr(), "POST", "/api/v1/appeal", &headers, &serde_json::to_string(appeal).expect("JSON")).await
}

#[tokio::test]
async fn a_cry_for_help_calls_staff_and_is_never_an_offence() {
    let server = TestServer::start().await;
    let mut nagi = server.enter("なぎ").await;
    let mut aoi = server.staff("あおい", Role::Consultant, &[]).await;
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let (mut events, mut others) = (Events::open(&aoi).await, Events::open(&midori).await);
    nagi.say(0, "もう死にたい").await;
    let Live::Alert { case, room } = events.until("a call", |live| matches!(live, Live::Alert { .. })).await else {
        unreachable!()
    };
    assert_eq!(room.as_deref(), Some("house"));
    server.pass(60_000, &mut [&mut nagi]).await;
    others.until("the next is called", |live| matches!(live, Live::Escalate { case: of, .. } if *of == case)).await;
    let refused = midori.post::<Made>("desk/sanctions", &impose(case, Kind::Timeout, 5)).await;
    assert_eq!(code(refused), Code::NeverAnOffence);
    let version = deed(&mut aoi, case, "claim", ()).await.expect("somebody comes").version.expect("a version");
    nagi.until("it is said", |mirror| mirror.notices.contains(&Notice::HelpIsThere { case })).await;
    deed(&mut aoi, case, "settle", Settle { version, outcome: HelpOutcome::Talked }).await.expect("talked");
    assert!(queue(&mut aoi).await.cases.is_empty());
}

#[tokio::test]
async fn a_ban_without_an_end_needs_a_second_person() {
    let server = TestServer::start().await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let id = haru.say(0, "あっちへ いって").await;
    nagi.until("the words", |mirror| mirror.texts().len() == 1).await;
    let case = report(&mut midori, &mut nagi, &haru, id).await;
    let order = Impose { permanent: true, scope: Scope::Site, ..impose(case, Kind::Ban, 0) };
    assert_eq!(code(owner.post::<Made>("desk/sanctions", &order).await), Code::NotAllowed);
    let proposal: Made = midori.post("desk/sanctions", &order).await.expect("proposed");
    assert!(midori.get::<Sanctions>("desk/sanctions").await.expect("a list").sanctions.is_empty(), "nothing holds yet");
    let answer = AnswerProposal { version: line(&mut owner, proposal.id).await.version, agree: true };
    assert_eq!(code(deed(&mut midori, proposal.id, "proposal", answer).await), Code::NotAllowed);
    deed(&mut owner, proposal.id, "proposal", answer).await.expect("agreed");
    haru.until_closed().await;
    let list: Sanctions = owner.get("desk/sanctions").await.expect("a list");
    assert_eq!((list.sanctions[0].until, list.sanctions[0].in_force), (None, true));
    assert_eq!(list.sanctions[0].approved_by, Some(me(&mut owner).await));
}
