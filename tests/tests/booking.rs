//! Booking a seat with a nickname only.

use std::collections::BTreeSet;

use ibasho_moderation::hook::{Context, Decision, Hook, Subject, Verdict};
use ibasho_protocol::api::calendar::{
    Access, Book, Booking, BookingCode, ChangePlan, CodeKind, Codes, Eligibility, KeptPlan, MakeCodes, SessionCard,
    SessionPlan, SuggestTheme,
};
use ibasho_protocol::client::{ClientMessage, Pass};
use ibasho_protocol::host::Take;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_tests::client::TestClient;
use ibasho_tests::hosting::{afternoon, text};
use ibasho_tests::http::{Response, get, post, post_from};
use ibasho_tests::server::{Recipe, TestServer};
use ibasho_tests::staff::code;

const DAY: u64 = 24 * 60 * 60 * 1000;

fn book(nick: &str) -> Book {
    Book { nick: nick.into(), declared: false, code: None }
}

/// Tomorrow at three, for two.
fn small() -> SessionPlan {
    SessionPlan { date: "2025-11-22".into(), time: "15:00".into(), capacity: 2, ..afternoon() }
}

async fn plan(server: &TestServer, plan: SessionPlan) -> KeptPlan {
    server.staff("ぬし", Role::Owner, &[]).await.plan(&plan).await
}

async fn ask(server: &TestServer, kept: &KeptPlan, book: &Book) -> Response {
    post(server.addr(), &format!("/api/v1/sessions/{}/bookings", kept.next[0].session), book).await
}

async fn booked(server: &TestServer, kept: &KeptPlan, nick: &str) -> Booking {
    let response = ask(server, kept, &book(nick)).await;
    assert_eq!(response.status, 200, "{response:?}");
    response.json()
}

async fn show(server: &TestServer, booking: &Booking) -> Booking {
    let code = booking.code.clone().expect("the code");
    post(server.addr(), "/api/v1/bookings/show", &BookingCode { code }).await.json()
}

async fn cancel(server: &TestServer, booking: &Booking) -> u16 {
    let code = booking.code.clone().expect("the code");
    post(server.addr(), "/api/v1/bookings/cancel", &BookingCode { code }).await.status
}

async fn card(server: &TestServer, kept: &KeptPlan) -> SessionCard {
    let (_, body) = get(server.addr(), &format!("/api/v1/sessions/{}", kept.next[0].session)).await;
    serde_json::from_str(&body).expect("a session")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_want_twenty_seats() {
    let server = TestServer::start().await;
    let kept = plan(&server, SessionPlan { capacity: 20, ..small() }).await;
    let path = format!("/api/v1/sessions/{}/bookings", kept.next[0].session);
    let asking = (0..200_u16).map(|at| {
        let (addr, path) = (server.addr(), path.clone());
        tokio::spawn(async move {
            post_from(1 + (at % 50) as u8, addr, &path, &book(&format!("ひと{at}"))).await.json::<Booking>()
        })
    });
    let mut bookings = Vec::new();
    for asked in asking.collect::<Vec<_>>() {
        bookings.push(asked.await.expect("answered"));
    }
    assert_eq!(bookings.iter().filter(|booking| booking.waiting.is_none()).count(), 20);
    let waiting: BTreeSet<u16> = bookings.iter().filter_map(|booking| booking.waiting).collect();
    assert_eq!(waiting, (1..=180).collect(), "each has a place of their own");
    let codes: BTreeSet<_> = bookings.iter().filter_map(|booking| booking.code.clone()).collect();
    assert_eq!((codes.len(), card(&server, &kept).await.free), (200, 0));
}

#[tokio::test]
async fn a_booking_is_a_nickname_and_a_code_and_the_waiting_list_moves_up() {
    let mut server = TestServer::start().await;
    let kept = plan(&server, small()).await;
    let nagi = booked(&server, &kept, " なぎ ").await;
    assert_eq!((nagi.nick.as_str(), nagi.waiting, nagi.session.free), ("なぎ", None, 1));
    assert_eq!(nagi.code.as_ref().expect("a code").len(), 9);
    let haru = booked(&server, &kept, "はる").await;
    let sora = booked(&server, &kept, "そら").await;
    let umi = booked(&server, &kept, "うみ").await;
    assert_eq!((haru.waiting, sora.waiting, umi.waiting), (None, Some(1), Some(2)));
    assert_eq!(show(&server, &umi).await, Booking { code: None, ..umi.clone() });
    assert_eq!(cancel(&server, &nagi).await, 204);
    assert_eq!((show(&server, &sora).await.waiting, show(&server, &umi).await.waiting), (None, Some(1)));
    assert_eq!(cancel(&server, &nagi).await, 404, "it is gone");
    server.stop().await;
    server.start_again().await;
    assert_eq!((show(&server, &haru).await.waiting, show(&server, &umi).await.waiting), (None, Some(1)));
    // However it is typed.
    let code = sora.code.clone().expect("a code").to_uppercase().replace('-', " ");
    assert_eq!(post(server.addr(), "/api/v1/bookings/show", &BookingCode { code }).await.status, 200);
    for wrong in ["0000-0000", "", "いろはにほへと", &"1".repeat(5000)] {
        let answer = post(server.addr(), "/api/v1/bookings/show", &BookingCode { code: wrong.into() }).await;
        assert_eq!(answer.refusal(), RefusalCode::CodeUnknown);
    }
    // Thirty days after the session nothing is left of it.
    server.advance(29 * DAY);
    assert_eq!(show(&server, &sora).await.nick, "そら");
    server.stop().await;
    server.advance(3 * DAY);
    server.start_again().await;
    let code = sora.code.expect("a code");
    let gone = post(server.addr(), "/api/v1/bookings/show", &BookingCode { code }).await;
    assert_eq!(gone.refusal(), RefusalCode::CodeUnknown);
}

#[tokio::test]
async fn what_cannot_be_booked_says_why() {
    let server = TestServer::start().await;
    let asked = Eligibility { text: text("女性の方"), confirmed: false };
    let plans = SessionPlan { eligibility: Some(asked), except: vec!["2025-11-29".into()], ..small() };
    let kept = plan(&server, SessionPlan { repeats: Some("FREQ=WEEKLY;COUNT=2".into()), ..plans }).await;
    let yes = Book { declared: true, ..book("なぎ") };
    assert_eq!(ask(&server, &kept, &book("なぎ")).await.refusal(), RefusalCode::DeclareFirst);
    for (nick, why) in [("", RefusalCode::NicknameEmpty), (&*"あ".repeat(17), RefusalCode::NicknameTooLong)] {
        assert_eq!(ask(&server, &kept, &Book { nick: nick.into(), ..yes.clone() }).await.refusal(), why);
    }
    let path = |id: &str| format!("/api/v1/sessions/{id}/bookings");
    assert_eq!(post(server.addr(), &path("none-20251122"), &yes).await.refusal(), RefusalCode::NotFound);
    let cancelled = kept.next[0].session.replace("20251122", "20251129");
    assert_eq!(post(server.addr(), &path(&cancelled), &yes).await.refusal(), RefusalCode::Over);
    assert_eq!(post(server.addr(), &path(&kept.next[0].session), &"?").await.refusal(), RefusalCode::BadShape);
    server.advance(2 * DAY);
    assert_eq!(ask(&server, &kept, &yes).await.refusal(), RefusalCode::Over);
    // One address that will not stop is told when it may go on; another one notices nothing.
    let mut told = None;
    for _ in 0..80 {
        let answer = ask(&server, &kept, &yes).await;
        if answer.status == 429 {
            told = Some(answer);
            break;
        }
    }
    let told = told.expect("too fast");
    let refusal: Refusal = told.json();
    assert!(
        refusal.retry && refusal.after.is_some_and(|after| after <= 1000) && told.headers("retry-after").count() == 1
    );
    assert_eq!(post_from(9, server.addr(), &path(&kept.next[0].session), &yes).await.status, 410);
}

#[tokio::test]
async fn invitations_are_for_many_and_a_referral_is_for_one() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let kept = owner.plan(&SessionPlan { access: Access::Known, ..small() }).await;
    let make = |kind, count, days| MakeCodes { plan: kept.id.clone(), kind, count, days };
    for wrong in [make(CodeKind::Referral, 0, 1), make(CodeKind::Referral, 51, 1), make(CodeKind::Referral, 1, 366)] {
        assert_eq!(code(owner.post::<Codes>("codes", &wrong).await), RefusalCode::ValueOutOfRange);
    }
    let codes: Codes = owner.post("codes", &make(CodeKind::Referral, 2, 1)).await.expect("codes");
    assert_eq!((codes.codes.len(), codes.until), (2, server.now() + DAY));
    let with = |nick: &str, code: &str| Book { code: Some(code.into()), ..book(nick) };
    assert_eq!(ask(&server, &kept, &book("なぎ")).await.refusal(), RefusalCode::KnownOnly);
    assert_eq!(ask(&server, &kept, &with("なぎ", "0000-0000")).await.refusal(), RefusalCode::CodeUnknown);
    let nagi: Booking = ask(&server, &kept, &with("なぎ", &codes.codes[0])).await.json();
    assert_eq!(ask(&server, &kept, &with("はる", &codes.codes[0])).await.refusal(), RefusalCode::CodeUnknown);
    assert_eq!(cancel(&server, &nagi).await, 204);
    let haru: Booking = ask(&server, &kept, &with("はる", &codes.codes[0])).await.json();
    assert_eq!(haru.waiting, None, "a cancelled booking gives its referral back");
    let invited: Codes = owner.post("codes", &make(CodeKind::Invitation, 1, 1)).await.expect("codes");
    assert_eq!(ask(&server, &kept, &with("そら", &invited.codes[0])).await.refusal(), RefusalCode::KnownOnly);
    let plan = SessionPlan { access: Access::Code, ..small() };
    let change = ChangePlan { version: 1, plan };
    let _: KeptPlan = owner.send("PUT", &format!("plans/{}", kept.id), &change).await.expect("changed");
    assert_eq!(ask(&server, &kept, &book("そら")).await.refusal(), RefusalCode::CodeNeeded);
    for nick in ["そら", "うみ"] {
        assert_eq!(ask(&server, &kept, &with(nick, &invited.codes[0])).await.status, 200);
    }
    server.advance(DAY);
    assert_eq!(ask(&server, &kept, &with("ゆき", &invited.codes[0])).await.refusal(), RefusalCode::CodeUnknown);
}

#[tokio::test]
async fn staff_cannot_pull_a_seat_from_under_somebody() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let kept = owner.plan(&SessionPlan { repeats: Some("FREQ=WEEKLY;COUNT=3".into()), ..small() }).await;
    let nagi = booked(&server, &kept, "なぎ").await;
    let haru = booked(&server, &kept, "はる").await;
    let path = format!("plans/{}", kept.id);
    let base = kept.plan.clone();
    let change = |plan| ChangePlan { version: 1, plan };
    for plan in [
        SessionPlan { capacity: 1, ..base.clone() },
        SessionPlan { date: "2025-11-23".into(), ..base.clone() },
        SessionPlan { repeats: Some("FREQ=WEEKLY;COUNT=3;BYDAY=SU".into()), ..base.clone() },
    ] {
        assert_eq!(code(owner.send::<KeptPlan>("PUT", &path, &change(plan)).await), RefusalCode::InUse);
    }
    assert_eq!(owner.raw("DELETE", &path, "").await.refusal(), RefusalCode::InUse);
    // What happens is that a day falls out: whoever booked sees it.
    let out = SessionPlan { except: vec!["2025-11-22".into()], ..base };
    let _: KeptPlan = owner.send("PUT", &path, &change(out)).await.expect("changed");
    let told = show(&server, &nagi).await;
    assert_eq!((told.session.cancelled, told.waiting), (true, None));
    assert_eq!(owner.raw("DELETE", &path, "").await.status, 204);
    assert!(show(&server, &haru).await.session.cancelled, "also when the whole plan is given up");
    assert_eq!(get(server.addr(), &format!("/api/v1/sessions/{}", kept.next[0].session)).await.0, 404);
    assert_eq!(cancel(&server, &haru).await, 204);
}

#[tokio::test]
async fn the_door_knows_what_a_code_is_good_for() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    let kept = owner.plan(&SessionPlan { access: Access::Code, capacity: 2, ..afternoon() }).await;
    let make = MakeCodes { plan: kept.id.clone(), kind: CodeKind::Invitation, count: 1, days: 1 };
    let codes: Codes = owner.post("codes", &make).await.expect("codes");
    let invited = Some(codes.codes[0].clone());
    let nagi: Booking = ask(&server, &kept, &Book { code: invited.clone(), ..book("なぎ") }).await.json();
    let knock = async |nick: &str, code: Option<String>| {
        let mut client = TestClient::connect(server.addr()).await;
        client.hello_with("house", nick, Pass { code, ..Pass::default() }).await;
        client.until("an answer", |mirror| !mirror.people.is_empty() || !mirror.refused.is_empty()).await;
        let refused = client.mirror.refused.first().map(|refusal| refusal.code);
        (client, refused)
    };
    assert_eq!(knock("だれか", None).await.1, Some(RefusalCode::CodeNeeded));
    assert_eq!(knock("だれか", Some("0000-0000".into())).await.1, Some(RefusalCode::CodeUnknown));
    let (haru, refused) = knock("はる", invited.clone()).await;
    assert_eq!(refused, None);
    // One seat is free, but it is kept for the one who booked.
    assert_eq!(knock("そら", invited).await.1, Some(RefusalCode::RoomFull));
    let (nagi, refused) = knock("なぎ", nagi.code).await;
    assert_eq!(refused, None);
    drop((haru, nagi));
}

#[tokio::test]
async fn themes_can_be_suggested_beforehand_and_are_there_when_the_doors_open() {
    struct NoSecrets;
    impl Hook for NoSecrets {
        fn name(&self) -> &'static str {
            "no secrets"
        }
        fn judge(&self, subject: &Subject<'_>, _: &Context<'_>) -> Decision {
            let bad = matches!(subject, Subject::Message { text } if text.contains("ひみつ"));
            let verdict = if bad { Verdict::Hold } else { Verdict::Allow };
            Decision::new(verdict, "no secrets", "")
        }
    }
    let server = TestServer::with(Recipe { hooks: vec![Box::new(NoSecrets)], ..Recipe::default() }).await;
    let kept = plan(&server, SessionPlan { time: "14:30".into(), ..afternoon() }).await;
    let path = format!("/api/v1/sessions/{}/themes", kept.next[0].session);
    let suggest = async |text: &str| post(server.addr(), &path, &SuggestTheme { text: text.into() }).await;
    assert_eq!(suggest("すきな おやつ").await.status, 204);
    assert_eq!(suggest("すきな おやつ").await.status, 204, "the same words are one suggestion");
    assert_eq!(suggest("夜の すごしかた").await.status, 204);
    assert_eq!(suggest("ひみつの話").await.refusal(), RefusalCode::NotSent);
    assert_eq!(suggest(" ").await.refusal(), RefusalCode::TextEmpty);
    assert_eq!(suggest(&"あ".repeat(61)).await.refusal(), RefusalCode::TextTooLong);
    server.advance(20 * 60 * 1000);
    assert_eq!(suggest("おそい").await.refusal(), RefusalCode::NotNow);
    let mut nagi = server.enter("なぎ").await;
    let words = |mirror: &ibasho_tests::mirror::Mirror| {
        let themes = mirror.standing.as_ref().map(|standing| standing.themes.list.clone()).unwrap_or_default();
        themes.into_iter().map(|theme| theme.text).collect::<Vec<_>>()
    };
    nagi.until("the themes", |mirror| words(mirror) == ["すきな おやつ", "夜の すごしかた"]).await;
}

#[tokio::test]
async fn who_was_met_before_books_with_their_return_phrase() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let known = owner.plan(&SessionPlan { access: Access::Known, ..small() }).await;
    let mut nagi = server.enter("なぎ").await;
    let Event::Phrase { words, .. } = nagi.ask(|n| ClientMessage::Take { n, take: Take::Keep {} }).await else {
        panic!("no phrase");
    };
    let phrase = Some(words);
    let booking: Booking = ask(&server, &known, &Book { code: phrase, ..book("なぎ") }).await.json();
    assert_eq!(booking.waiting, None);
    let wrong = Book { code: Some("やま かわ うみ そら ほし".into()), ..book("はる") };
    assert_eq!(ask(&server, &known, &wrong).await.refusal(), RefusalCode::CodeUnknown);
}
