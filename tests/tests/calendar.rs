//! What staff plan and everybody can see.

use ibasho_protocol::api::calendar::{ChangePlan, KeptPlan, SessionCard, SessionPlan, Sessions, Template};
use ibasho_protocol::refusal::{RefusalCode, RefusalCode as R};
use ibasho_protocol::role::Role;
use ibasho_protocol::session::PhaseKind;
use ibasho_tests::hosting::{TALK, afternoon, phase, text};
use ibasho_tests::http::{ask, get};
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::{Browser, code};
use icalendar::{Calendar, CalendarComponent, Component as _, EventStatus};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

/// Every Saturday at three, beginning tomorrow.
fn saturdays() -> SessionPlan {
    SessionPlan { date: "2025-11-22".into(), time: "15:00".into(), repeats: Some("FREQ=WEEKLY".into()), ..afternoon() }
}

async fn sessions(server: &TestServer, query: &str) -> Sessions {
    let (status, body) = get(server.addr(), &format!("/api/v1/sessions{query}")).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).expect("sessions")
}

#[tokio::test]
async fn what_is_planned_is_public_and_a_date_taken_out_is_shown_as_cancelled() {
    let server = TestServer::start().await;
    assert!(sessions(&server, "").await.sessions.is_empty());
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let kept = owner.plan(&SessionPlan { except: vec!["2025-12-06".into()], ..saturdays() }).await;
    assert_eq!((kept.version, kept.next.len()), (1, 12));
    let told = sessions(&server, "").await;
    assert_eq!((told.zone.as_str(), told.now), ("Asia/Tokyo", server.now()));
    let dates: Vec<_> =
        told.sessions.iter().map(|card| (card.id.rsplit('-').next().expect("a date"), card.cancelled)).collect();
    let expected = [("20251122", false), ("20251129", false), ("20251206", true), ("20251213", false)];
    assert_eq!((&dates[..4], dates.len()), (&expected[..], 6), "six weeks of a series without an end");
    let first = &told.sessions[0];
    // 22 November 2025, 15:00 in Tokyo.
    assert_eq!(
        (first.starts, first.starts - first.doors, first.ends - first.starts),
        (1_763_791_200_000, 30 * MINUTE, 50 * MINUTE)
    );
    assert_eq!((first.capacity, first.free, first.room.as_str()), (20, 20, "house"));
    assert_eq!(kept.next[0].session, first.id);
    assert!(!kept.next.iter().any(|next| next.session == told.sessions[2].id), "nobody prepares what is cancelled");
    let (status, body) = get(server.addr(), &format!("/api/v1/sessions/{}", first.id)).await;
    assert_eq!((status, serde_json::from_str::<SessionCard>(&body).expect("a session")), (200, first.clone()));
    assert_eq!(sessions(&server, "?days=1").await.sessions.len(), 0, "15:00 is more than a day away");
    assert_eq!(sessions(&server, "?days=92").await.sessions.len(), 13);
    for wrong in ["?days=0", "?days=93", "?days=-1", "?days=many", "/nothing", "/nothing-20251122", "/x-99999999"] {
        let (status, body) = get(server.addr(), &format!("/api/v1/sessions{wrong}")).await;
        assert!((400..=404).contains(&status) && body.starts_with("{\"code\""), "{wrong}: {status} {body}");
    }
    // Over when it is over, whatever clocks elsewhere say.
    server.advance(2 * DAY);
    assert_eq!(sessions(&server, "").await.sessions[0].id, told.sessions[1].id);
}

#[tokio::test]
async fn only_those_who_lead_sessions_plan_them_and_only_for_their_rooms() {
    let server = TestServer::start().await;
    let mut nobody = Browser::new(&server);
    assert_eq!(code(nobody.post::<KeptPlan>("plans", &afternoon()).await), RefusalCode::Signin);
    let mut peer = server.staff("ぴあ", Role::PeerStaff, &[]).await;
    assert_eq!(code(peer.post::<KeptPlan>("plans", &afternoon()).await), RefusalCode::NotAllowed);
    let mut closet = server.staff("へや", Role::Facilitator, &["closet"]).await;
    assert_eq!(code(closet.post::<KeptPlan>("plans", &afternoon()).await), RefusalCode::NotAllowed);
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let plan = owner.plan(&saturdays()).await;
    assert!(closet.get::<Vec<KeptPlan>>("plans").await.expect("a list").is_empty());
    let own = SessionPlan { room: "closet".into(), capacity: 2, ..saturdays() };
    let change = ChangePlan { version: 1, plan: own.clone() };
    let path = format!("plans/{}", plan.id);
    assert_eq!(code(closet.send::<KeptPlan>("PUT", &path, &change).await), RefusalCode::NotFound);
    assert_eq!(closet.raw("DELETE", &path, "").await.refusal(), RefusalCode::NotFound);
    let mine = closet.plan(&own).await;
    assert_eq!(closet.get::<Vec<KeptPlan>>("plans").await.expect("a list"), std::slice::from_ref(&mine));
    let moved = ChangePlan { version: 1, plan: SessionPlan { room: "house".into(), ..own } };
    assert_eq!(
        code(closet.send::<KeptPlan>("PUT", &format!("plans/{}", mine.id), &moved).await),
        RefusalCode::NotAllowed
    );
    assert_eq!(closet.raw("DELETE", &format!("plans/{}", mine.id), "").await.status, 204);
    let templates: Vec<Template> = closet.get("templates").await.expect("templates");
    assert!(templates.len() >= 3 && templates.iter().all(|template| !template.phases.is_empty()));
}

#[tokio::test]
async fn a_plan_that_cannot_be_kept_says_why() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let rule = |rule: &str| SessionPlan { repeats: Some(rule.into()), ..saturdays() };
    let phases = |phases: Vec<_>| SessionPlan { phases, ..saturdays() };
    let talk = |minutes| phase(PhaseKind::Talk, minutes, &TALK);
    let cases = [
        (SessionPlan { room: "attic".into(), ..saturdays() }, R::RoomUnknown),
        (SessionPlan { capacity: 0, ..saturdays() }, R::ValueOutOfRange),
        (SessionPlan { capacity: 31, ..saturdays() }, R::ValueOutOfRange),
        (SessionPlan { date: "2025-02-30".into(), ..saturdays() }, R::BadDate),
        (SessionPlan { date: "2025-11-20".into(), ..saturdays() }, R::BadDate),
        (SessionPlan { date: "2025-11-21".into(), time: "10:00".into(), repeats: None, ..saturdays() }, R::BadDate),
        (SessionPlan { date: "2099-01-01".into(), ..saturdays() }, R::BadDate),
        (SessionPlan { time: "25:00".into(), ..saturdays() }, R::BadDate),
        (SessionPlan { except: vec!["never".into()], ..saturdays() }, R::BadDate),
        (SessionPlan { except: vec!["2026-01-01".into(); 200], ..saturdays() }, R::ListFull),
        (SessionPlan { name: text(""), ..saturdays() }, R::TextEmpty),
        (SessionPlan { name: text(&"あ".repeat(41)), ..saturdays() }, R::TextTooLong),
        (SessionPlan { about: text(&"あ".repeat(401)), ..saturdays() }, R::TextTooLong),
        (SessionPlan { theme: Some("あ".repeat(61)), ..saturdays() }, R::TextTooLong),
        (phases(vec![]), R::ValueOutOfRange),
        (phases(vec![talk(10); 21]), R::ValueOutOfRange),
        (phases(vec![talk(0)]), R::ValueOutOfRange),
        (phases(vec![talk(1000), talk(1000)]), R::ValueOutOfRange),
        (rule("FREQ=SECONDLY"), R::BadRule),
        (rule("FREQ=DAILY;BYHOUR=1,2,3"), R::BadRule),
        (rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), R::BadRule),
        (rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"), R::BadRule),
        (rule("whenever"), R::BadRule),
    ];
    for (plan, why) in cases {
        assert_eq!(code(owner.post::<KeptPlan>("plans", &plan).await), why, "{plan:?}");
    }
    for (body, why) in [("{}", R::BadShape), ("[", R::BadShape), (&"x".repeat(300 * 1024), R::TooBig)] {
        assert_eq!(owner.raw("POST", "plans", body).await.refusal(), why);
    }
    // Nobody has to write three languages.
    let mut plan = saturdays();
    (plan.name.easy, plan.name.en) = (String::new(), " ".into());
    assert_eq!(owner.plan(&plan).await.plan.name, text("午後の会"));
}

#[tokio::test]
async fn a_room_has_one_session_at_a_time_and_a_plan_one_version() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let plan = owner.plan(&saturdays()).await;
    // 15:00 to 15:50 with doors from 14:30.
    let at =
        |time: &str| SessionPlan { time: time.into(), repeats: Some("FREQ=MONTHLY;BYDAY=2SA".into()), ..saturdays() };
    for time in ["15:30", "15:00", "16:10", "13:45"] {
        assert_eq!(code(owner.post::<KeptPlan>("plans", &at(time)).await), RefusalCode::InUse, "{time}");
    }
    owner.plan(&SessionPlan { room: "closet".into(), capacity: 2, ..at("15:00") }).await;
    owner.plan(&at("16:20")).await;
    owner.plan(&at("13:40")).await;

    let path = format!("plans/{}", plan.id);
    let change = |version, name: &str| ChangePlan { version, plan: SessionPlan { name: text(name), ..saturdays() } };
    // Two colleagues press at once: one is told that the other was quicker.
    let mut other = server.staff("もうひとり", Role::Owner, &[]).await;
    let (mine, theirs) = (change(1, "わたしの"), change(1, "かのじょの"));
    let (one, two) =
        tokio::join!(owner.send::<KeptPlan>("PUT", &path, &mine), other.send::<KeptPlan>("PUT", &path, &theirs));
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!((won.expect("one is kept").version, code(lost)), (2, RefusalCode::Overtaken));
    assert_eq!(code(owner.send::<KeptPlan>("PUT", &path, &change(1, "また")).await), RefusalCode::Overtaken);
    let kept: KeptPlan = owner.send("PUT", &path, &change(2, "みんなの")).await.expect("kept");
    assert_eq!((kept.version, kept.plan.name.ja.as_str()), (3, "みんなの"));
    assert_eq!(kept.next[0].session, plan.next[0].session, "the id of a session stays");
    assert_eq!(code(owner.send::<KeptPlan>("PUT", "plans/nothing", &change(1, "x")).await), RefusalCode::NotFound);
    assert_eq!(owner.raw("DELETE", &path, "").await.status, 204);
    assert_eq!(owner.raw("DELETE", &path, "").await.refusal(), RefusalCode::NotFound);
    owner.plan(&saturdays()).await;
}

#[tokio::test]
async fn plans_survive_a_restart() {
    let mut server = TestServer::start().await;
    let kept = server.staff("ぬし", Role::Owner, &[]).await.plan(&saturdays()).await;
    let before = sessions(&server, "").await.sessions;
    server.stop().await;
    server.start_again().await;
    assert_eq!(sessions(&server, "").await.sessions, before);
    assert!(before.iter().all(|card| card.id.starts_with(&kept.id)));
}

#[tokio::test]
async fn three_in_the_afternoon_stays_three_when_clocks_change() {
    fn berlin(config: &mut ibasho_server::config::Config) {
        config.place.zone = "Europe/Berlin".into();
    }
    let server = TestServer::with(Recipe { configure: Some(Box::new(berlin)), ..Recipe::default() }).await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let plan = SessionPlan { date: "2026-03-15".into(), repeats: Some("FREQ=WEEKLY;COUNT=4".into()), ..saturdays() };
    let kept = owner.plan(&plan).await;
    let gaps: Vec<_> = kept.next.windows(2).map(|pair| pair[1].starts - pair[0].starts).collect();
    // The last Sunday of March has 23 hours; the session of that day comes after the change.
    assert_eq!(gaps, [7 * DAY, 7 * DAY - 60 * MINUTE, 7 * DAY]);
    assert_eq!(sessions(&server, "").await.zone, "Europe/Berlin");
}

#[tokio::test]
async fn calendars_can_subscribe() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let name = text("お茶, お菓子; と\\話");
    let kept = owner.plan(&SessionPlan { name, except: vec!["2025-12-06".into()], ..saturdays() }).await;
    let response = ask(server.addr(), "GET", "/api/v1/calendar.ics", &[], "").await;
    assert_eq!(response.headers("content-type").next(), Some("text/calendar; charset=utf-8"));
    assert_eq!(response.headers("access-control-allow-origin").next(), Some("*"));
    assert!(response.body.lines().all(|line| line.trim_end().len() <= 75), "lines are folded");
    let calendar: Calendar = response.body.parse().expect("a calendar");
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert!(events.len() > 20, "half a year of Saturdays");
    let uid = format!("{}@ibasho.invalid", kept.next[0].session);
    let first = events.iter().find(|event| event.get_uid() == Some(&uid)).expect("the first");
    assert_eq!(first.property_value("DTSTART"), Some("20251122T060000Z"));
    assert_eq!(first.property_value("DTEND"), Some("20251122T065000Z"));
    assert_eq!(first.get_status(), Some(EventStatus::Confirmed));
    assert!(first.get_summary().is_some_and(|summary| summary.contains("お菓子")), "{first:?}");
    let cancelled: Vec<_> = events.iter().filter(|event| event.get_status() == Some(EventStatus::Cancelled)).collect();
    assert_eq!(cancelled.len(), 1);
    assert!(cancelled[0].get_uid().is_some_and(|uid| uid.contains("-20251206@")));
}

#[tokio::test]
async fn a_list_for_another_site_is_safe_to_show() {
    let server = TestServer::start().await;
    let none = ask(server.addr(), "GET", "/embed", &[], "").await;
    assert!(none.body.contains("いま、決まっている予定はありません"));
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let mut plan =
        SessionPlan { name: text("<script>alert(1)</script>"), except: vec!["2025-12-06".into()], ..saturdays() };
    plan.name.en = "Tea & talk".into();
    owner.plan(&plan).await;
    let list = ask(server.addr(), "GET", "/embed", &[], "").await;
    let policy = list.headers("content-security-policy").next().expect("a policy").to_owned();
    assert!(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"), "{policy}");
    assert_eq!((list.headers("x-frame-options").count(), list.headers("set-cookie").count()), (0, 0));
    assert!(!list.body.contains("<script") && list.body.contains("&lt;script&gt;"), "{}", list.body);
    assert!(
        list.body.contains("11月22日（土） 15:00〜15:50") && list.body.contains("この日はお休みです"),
        "{}",
        list.body
    );
    let (_, easy) = get(server.addr(), "/embed?lang=easy").await;
    assert!(easy.contains("11月22日（土ようび） 15:00から 15:50まで"), "{easy}");
    let (_, en) = get(server.addr(), "/embed?lang=en").await;
    assert!(
        en.contains("Sat 22 Nov, 15:00–15:50") && en.contains("Tea &amp; talk") && en.contains("lang=\"en\""),
        "{en}"
    );
    // Everything else stays out of frames.
    let place = ask(server.addr(), "GET", "/api/v1/place", &[], "").await;
    assert_eq!(place.headers("x-frame-options").next(), Some("DENY"));
}
