//! What is in force for somebody holds for every way in which their words could reach others, and at every moment.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_protocol::api::calendar::{Access, SessionPlan};
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::Reason;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::person::Look;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_protocol::voice::Measure;
use ibasho_server::hooks::asking::{Asked, AsyncHook, NoAnswer, OwnedContext, OwnedSubject};
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::hosting::afternoon;
use ibasho_tests::server::{Recipe, TestServer};
use tokio::sync::Semaphore;

const DEVICE: &str = "AAECAwQFBgcICQoLDA0ODw";

fn sanction(who: PersonId, kind: Kind, minutes: u32) -> impl FnOnce(u32) -> ClientMessage {
    let (reason, note) = (Reason::Insult, String::new());
    let measure = Measure::Sanction { who, kind, minutes, site: false, reason, note, permanent: false };
    move |n| ClientMessage::Moderate { n, measure }
}

fn take(take: Take) -> impl FnOnce(u32) -> ClientMessage {
    move |n| ClientMessage::Take { n, take }
}

fn host(act: Act) -> impl FnOnce(u32) -> ClientMessage {
    move |n| ClientMessage::Host { n, act }
}

fn suggest() -> impl FnOnce(u32) -> ClientMessage {
    take(Take::Suggest { text: "好きな本".into() })
}

fn appear(nick: &str, look: Look) -> impl FnOnce(u32) -> ClientMessage {
    let nick = nick.to_owned();
    move |n| ClientMessage::Appear { n, nick, look }
}

fn say(n: u32) -> ClientMessage {
    ClientMessage::Say { n, to: 0, text: "こんにちは".into() }
}

async fn moderator(server: &TestServer) -> TestClient {
    server.staff("みどり", Role::Moderator, &[]).await.enter("house", "みどり", false).await
}

async fn in_force(who: &mut TestClient) {
    who.until("what is in force", |mirror| mirror.mine.in_force.len() == 1).await;
}

#[tokio::test]
async fn who_may_not_write_reaches_nobody_with_a_theme_or_a_nickname() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut staff = moderator(&server).await;
    for kind in [Kind::MuteText, Kind::Timeout, Kind::Restricted] {
        let mut nagi = server.enter("なぎ").await;
        nagi.done(suggest()).await;
        staff.done(sanction(nagi.me(), kind, 5)).await;
        in_force(&mut nagi).await;
        assert_eq!(nagi.denied(suggest()).await, Code::Silenced, "{kind:?}");
        assert_eq!(nagi.denied(appear("おはよう みんな", LOOK)).await, Code::Silenced, "{kind:?}");
        if kind != Kind::Timeout {
            nagi.done(appear("なぎ", Look { figure: 1, ..LOOK })).await;
        }
        // Staff read the box, and nobody else: it stays open.
        nagi.done(take(Take::Suggestion { text: "話がしたいです".into() })).await;
        nagi.send(&ClientMessage::Leave {}).await;
        nagi.until_closed().await;
    }
}

#[tokio::test]
async fn who_was_lent_a_role_may_not_write_in_it_either() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut lends = owner.enter("house", "ぬし", true).await;
    let mut nagi = server.enter("なぎ").await;
    let who = nagi.me();
    lends.host(Act::Lend { who, on: true }).await;
    nagi.until("the role", |mirror| mirror.role == Some(Role::PeerStaff)).await;
    let word = || host(Act::Word { who: None, text: "どうぞ".into() });
    let note = || host(Act::Note { text: "ひとこと".into() });
    assert_eq!(nagi.denied(word()).await, Code::NobodyThere);
    nagi.done(note()).await;
    let number = || host(Act::Word { who: None, text: "090-1234-5678 まで".into() });
    assert_eq!(nagi.denied(number()).await, Code::NotSent, "rules look at it as at a message");
    lends.done(sanction(who, Kind::MuteText, 5)).await;
    in_force(&mut nagi).await;
    assert_eq!(nagi.denied(word()).await, Code::Silenced);
    assert_eq!(nagi.denied(note()).await, Code::Silenced);
}

/// A hook that thinks until it is let.
struct Thinks(Arc<Semaphore>);

impl AsyncHook for Thinks {
    fn name(&self) -> &'static str {
        "thinks"
    }

    fn events(&self) -> &[Asked] {
        &[Asked::Message]
    }

    fn judge(&self, _: OwnedSubject, _: OwnedContext) -> BoxFuture<'_, Result<Decision, NoAnswer>> {
        Box::pin(async move {
            self.0.acquire().await.expect("never closed").forget();
            Ok(Decision::new(Verdict::Allow, "thinks", ""))
        })
    }
}

async fn thoughtful() -> (TestServer, Arc<Semaphore>) {
    let thinks = Arc::new(Semaphore::new(0));
    let recipe = Recipe { asked: vec![Arc::new(Thinks(thinks.clone()))], ..Recipe::default() };
    (TestServer::with(recipe).await, thinks)
}

#[tokio::test]
async fn what_a_hook_lets_through_appears_only_if_its_writer_may_write_by_then() {
    let (server, thinks) = thoughtful().await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    // Nothing was decided: it appears.
    let n = nagi.command(say).await;
    thinks.add_permits(1);
    assert!(matches!(nagi.answer(n).await, Event::Done { .. }));
    staff.until("the words", |mirror| mirror.texts().len() == 1).await;

    let n = nagi.command(say).await;
    nagi.settle().await;
    staff.done(sanction(nagi.me(), Kind::Restricted, 5)).await;
    thinks.add_permits(1);
    assert!(matches!(nagi.answer(n).await, Event::Held { .. }), "staff look first");

    let mut haru = server.enter("はる").await;
    let n = haru.command(say).await;
    haru.settle().await;
    staff.done(sanction(haru.me(), Kind::MuteText, 5)).await;
    thinks.add_permits(1);
    let Event::Refused { refusal, .. } = haru.answer(n).await else { panic!("it was said") };
    assert_eq!(refusal.code, Code::Silenced);
    staff.settle().await;
    assert_eq!(staff.mirror.texts().len(), 1);
}

#[tokio::test]
async fn what_a_hook_thinks_about_never_appears_after_its_writer_was_sent_away() {
    let (server, thinks) = thoughtful().await;
    let mut staff = moderator(&server).await;
    let mut nagi = TestClient::connect(server.addr()).await;
    nagi.hello_from("なぎ", DEVICE).await;
    nagi.inside().await;
    nagi.command(say).await;
    nagi.settle().await;
    staff.done(sanction(nagi.me(), Kind::Remove, 5)).await;
    nagi.until_closed().await;
    thinks.add_permits(1);
    // What comes after it has come after it: the same hook, the same way.
    let n = staff.command(say).await;
    thinks.add_permits(1);
    staff.answer(n).await;
    assert_eq!(staff.mirror.texts().len(), 1);
}

#[tokio::test]
async fn in_a_lockdown_an_open_session_seats_nobody_who_was_put_aside() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&afternoon()).await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    // By a decision about one of them.
    staff.done(sanction(nagi.me(), Kind::SetAside, 30)).await;
    nagi.until("a place of their own", |mirror| mirror.lobby.is_some()).await;
    // By a lockdown.
    staff.done(|n| ClientMessage::Moderate { n, measure: Measure::LockDown { minutes: 15, site: false } }).await;
    staff.until("it is on", |mirror| mirror.mine.locked.len() == 1).await;
    let mut raid = Vec::new();
    for one in 0..3 {
        let mut newcomer = TestClient::enter(server.addr(), &format!("ひと{one}")).await;
        newcomer.settle().await;
        assert!(newcomer.mirror.lobby.is_some(), "waits");
        raid.push(newcomer);
    }
    staff.settle().await;
    assert_eq!(staff.mirror.people.len(), 1, "nobody came in");
    assert_eq!(staff.denied(host(Act::Admit { who: None })).await, Code::NobodyThere);
    // By name one can be let in.
    let by_name = raid.remove(0);
    staff.host(Act::Admit { who: Some(by_name.me()) }).await;
    staff.until("one is in", |mirror| mirror.people.len() == 2).await;
    let lockdown = staff.mirror.mine.locked[0].lockdown;
    staff.done(|n| ClientMessage::Moderate { n, measure: Measure::Lift { lockdown } }).await;
    for newcomer in &mut raid {
        newcomer.until("let in", |mirror| mirror.lobby.is_none()).await;
    }
    staff.until("all but one", |mirror| mirror.people.len() == 4).await;
    nagi.settle().await;
    assert!(nagi.mirror.lobby.is_some(), "what was decided about them holds");
}

#[tokio::test]
async fn who_waits_to_be_let_in_and_is_put_aside_is_let_in_by_name_only() {
    let server = TestServer::start().await;
    let mut owner = server.staff("ぬし", Role::Owner, &[]).await;
    owner.plan(&SessionPlan { access: Access::Approval, ..afternoon() }).await;
    let mut staff = moderator(&server).await;
    let mut nagi = server.enter("なぎ").await;
    let mut haru = server.enter("はる").await;
    for waits in [&mut nagi, &mut haru] {
        waits.settle().await;
        assert!(waits.mirror.lobby.is_some(), "staff let everybody in");
    }
    staff.done(sanction(nagi.me(), Kind::SetAside, 30)).await;
    in_force(&mut nagi).await;
    staff.host(Act::Admit { who: None }).await;
    haru.until("in", |mirror| mirror.lobby.is_none()).await;
    assert_eq!(staff.denied(host(Act::Admit { who: None })).await, Code::NobodyThere);
    staff.done(|n| ClientMessage::Host { n, act: Act::Admit { who: Some(nagi.me()) } }).await;
    nagi.until("in", |mirror| mirror.lobby.is_none()).await;
}
