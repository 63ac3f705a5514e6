//! Hooks that need time, as people in a room meet them: words and nicknames wait for the answer, and nothing else does.

use std::io;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, pending, ready};
use ibasho_example_hook::{List, Reserved};
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_protocol::api::calendar::Book;
use ibasho_protocol::api::desk::case::{CaseView, Matter};
use ibasho_protocol::api::desk::deeds::Seen;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::desk::codes::HoldCause;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode as Code;
use ibasho_protocol::role::Role;
use ibasho_protocol::server::Event;
use ibasho_server::hooks::asking::{Asked, AsyncHook, LOCAL_DEADLINE, NoAnswer, OnFailure, OwnedContext, OwnedSubject};
use ibasho_tests::client::{LOOK, TestClient};
use ibasho_tests::desk::{deed, line};
use ibasho_tests::hosting::afternoon;
use ibasho_tests::http;
use ibasho_tests::server::{Recipe, TestServer};
use tokio::sync::watch;

const DEADLINE: Millis = LOCAL_DEADLINE.as_millis() as Millis;

/// Does what the first word says.
struct Obedient {
    on_failure: OnFailure,
    asked: watch::Sender<Vec<String>>,
    /// What is to come `later` comes now.
    now: watch::Sender<bool>,
}

impl Obedient {
    fn new(on_failure: OnFailure) -> Arc<Self> {
        Arc::new(Self { on_failure, asked: watch::Sender::default(), now: watch::Sender::default() })
    }

    /// Waits until it was asked about this.
    async fn until(&self, text: &str) {
        let mut asked = self.asked.subscribe();
        let asked = asked.wait_for(|all| all.iter().any(|one| one == text));
        tokio::time::timeout(ibasho_tests::client::PATIENCE, asked).await.expect("it is asked").expect("it is there");
    }
}

impl AsyncHook for Obedient {
    fn name(&self) -> &'static str {
        "obedient"
    }

    fn events(&self) -> &[Asked] {
        &[Asked::Message, Asked::Nickname]
    }

    fn on_failure(&self) -> OnFailure {
        self.on_failure
    }

    fn judge(&self, subject: OwnedSubject, _: OwnedContext) -> BoxFuture<'_, Result<Decision, NoAnswer>> {
        self.asked.send_modify(|all| all.push(subject.text.clone()));
        let refusal = if subject.asked == Asked::Message { Code::NotSent } else { Code::NicknameUnusable };
        let says = |verdict| Ok(Decision::new(verdict, "obedient", "as it says"));
        match subject.text.split(' ').next().unwrap_or_default() {
            "hold" => ready(says(Verdict::Hold)).boxed(),
            "flag" => ready(says(Verdict::Flag)).boxed(),
            "block" => ready(says(Verdict::Block(refusal))).boxed(),
            "err" => ready(Err(NoAnswer("unreadable"))).boxed(),
            "panic" => async { panic!("a bug in a hook") }.boxed(),
            "never" => pending().boxed(),
            "later" => async move {
                // The sender is ours, and stays.
                let _ = self.now.subscribe().wait_for(|now| *now).await;
                says(Verdict::Allow)
            }
            .boxed(),
            _ => ready(says(Verdict::Allow)).boxed(),
        }
    }
}

async fn with(hook: Arc<dyn AsyncHook>) -> TestServer {
    TestServer::with(Recipe { asked: vec![hook], ..Recipe::default() }).await
}

fn say(text: &str) -> impl FnOnce(u32) -> ClientMessage {
    let text = text.to_owned();
    move |n| ClientMessage::Say { n, to: 0, text }
}

fn appear(nick: &str) -> impl FnOnce(u32) -> ClientMessage {
    let nick = nick.to_owned();
    move |n| ClientMessage::Appear { n, nick, look: LOOK }
}

/// The answer that a command gets when a hook gives none in time.
async fn too_slow(server: &TestServer, hook: &Obedient, who: &mut TestClient, text: &str) -> Event {
    let n = who.command(say(text)).await;
    hook.until(text).await;
    server.advance(DEADLINE - 1);
    who.settle().await;
    assert_eq!(who.mirror.answer(n), None, "its time is not over");
    server.advance(1);
    who.answer(n).await
}

#[tokio::test]
async fn what_a_hook_says_of_words_counts() {
    let hook = Obedient::new(OnFailure::Hold);
    let server = with(hook.clone()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
    nagi.say(0, "fine いい てんき").await;
    nagi.say(0, "flag うみに いきたい").await;
    assert_eq!(nagi.denied(say("block あれこれ")).await, Code::NotSent);
    let Event::Held { hold, edit, .. } = nagi.ask(say("hold みせて いい？")).await else { panic!("not held") };
    assert!(!edit, "only rules know what is better left out");
    nagi.until("it waits", |mirror| mirror.mine.held.iter().any(|waits| waits.hold == hold)).await;
    haru.say(0, "fine そうだね").await;
    assert_eq!(haru.mirror.texts(), ["fine いい てんき", "flag うみに いきたい", "fine そうだね"]);
    let seen = line(&mut midori, hold).await;
    assert!(
        matches!(&seen.matter, Matter::Hold { cause: HoldCause::Outside, rule: Some(rule), .. } if rule == "obedient")
    );
    let view: CaseView = midori.get(&format!("desk/cases/{hold}")).await.expect("a case");
    assert_eq!(view.held.expect("the words").text, "hold みせて いい？");
    deed(&mut midori, hold, "approve", Seen { version: seen.version }).await.expect("shown");
    let at_its_place = ["fine いい てんき", "flag うみに いきたい", "hold みせて いい？", "fine そうだね"];
    haru.until("at its place", |mirror| mirror.texts() == at_its_place).await;
}

#[tokio::test]
async fn words_wait_alone_and_appear_where_they_belong() {
    let hook = Obedient::new(OnFailure::Hold);
    let server = with(hook.clone()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    let first = nagi.command(say("later さいしょに")).await;
    hook.until("later さいしょに").await;
    let own = nagi.say(0, "fine つぎに").await;
    let other = haru.say(0, "fine そのあとに").await;
    haru.until("what waits for nobody", |mirror| mirror.texts() == ["fine つぎに", "fine そのあとに"]).await;
    nagi.settle().await;
    assert_eq!(nagi.mirror.answer(first), None);
    hook.now.send_replace(true);
    let Event::Done { id: Some(id), .. } = nagi.answer(first).await else { panic!("not said") };
    assert!(id < own && own < other, "the order in which they were written");
    for person in [&mut nagi, &mut haru] {
        let all = ["later さいしょに", "fine つぎに", "fine そのあとに"];
        person.until("the order of the room", |mirror| mirror.texts() == all).await;
    }
}

#[tokio::test]
async fn without_an_answer_staff_look_or_it_goes_through_or_not_as_it_is_set_up() {
    for on_failure in [OnFailure::Hold, OnFailure::Open, OnFailure::Closed] {
        let hook = Obedient::new(on_failure);
        let server = with(hook.clone()).await;
        let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
        let mut midori = server.staff("みどり", Role::Moderator, &[]).await;
        let slow = "never こたえない";
        let answers = [
            ("err よめない", nagi.ask(say("err よめない")).await),
            ("panic こわれた", nagi.ask(say("panic こわれた")).await),
            (slow, too_slow(&server, &hook, &mut nagi, slow).await),
        ];
        for (text, answer) in answers {
            match (on_failure, answer) {
                (OnFailure::Hold, Event::Held { hold, .. }) => {
                    let seen = line(&mut midori, hold).await;
                    assert!(matches!(seen.matter, Matter::Hold { cause: HoldCause::Outside, .. }), "{text}");
                }
                (OnFailure::Open, Event::Done { id: Some(_), .. }) => {
                    haru.until(text, |mirror| mirror.texts().contains(&text)).await;
                }
                (OnFailure::Closed, Event::Refused { refusal, .. }) => assert_eq!(refusal.code, Code::Busy, "{text}"),
                (_, other) => panic!("{on_failure:?}, {text}: {other:?}"),
            }
        }
        nagi.say(0, "fine まだ いるよ").await;
        haru.until("the room goes on", |mirror| mirror.texts().last() == Some(&"fine まだ いるよ")).await;
    }
}

#[tokio::test]
async fn a_cry_for_help_waits_for_no_hook() {
    let hook = Obedient::new(OnFailure::Closed);
    let server = with(hook.clone()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    nagi.say(0, "never もう死にたい").await;
    haru.until("the words", |mirror| mirror.texts() == ["never もう死にたい"]).await;
    nagi.until("the card", |mirror| mirror.notices.iter().any(|notice| matches!(notice, Notice::HelpCard { .. })))
        .await;
    assert!(hook.asked.borrow().is_empty(), "nobody outside of the place reads it");
}

#[tokio::test]
async fn another_nickname_waits_for_the_hook_and_the_last_wish_counts() {
    let hook = Obedient::new(OnFailure::Hold);
    let server = with(hook.clone()).await;
    let (mut nagi, mut haru) = (server.enter("なぎ").await, server.enter("はる").await);
    nagi.done(appear("fine なみ")).await;
    assert_eq!(nagi.denied(appear("block なみ")).await, Code::NicknameUnusable);
    assert_eq!(nagi.denied(appear("hold なみ")).await, Code::NicknameUnusable, "nobody waits until it was read");
    assert_eq!(nagi.denied(appear("panic なみ")).await, Code::NicknameUnusable);
    haru.until("the name", |mirror| mirror.nicks() == ["fine なみ", "はる"]).await;
    let asked = hook.asked.borrow().len();
    nagi.done(appear("fine なみ")).await;
    assert_eq!(hook.asked.borrow().len(), asked, "the same name again is nobody's question");

    // Nobody changes their name as often as this without a pause.
    server.pass(60_000, &mut [&mut nagi, &mut haru]).await;
    // Somebody else takes it meanwhile.
    let waits = nagi.command(appear("later うみ")).await;
    hook.until("later うみ").await;
    let also = haru.command(appear("later うみ")).await;
    hook.now.send_replace(true);
    let answers = [nagi.answer(waits).await, haru.answer(also).await];
    let taken =
        |answer: &Event| matches!(answer, Event::Refused { refusal, .. } if refusal.code == Code::NicknameTaken);
    assert_eq!(answers.iter().filter(|answer| taken(answer)).count(), 1, "{answers:?}");
    hook.now.send_replace(false);

    // What somebody wanted before counts no more, whichever answer comes first.
    let before = nagi.command(appear("later そら")).await;
    hook.until("later そら").await;
    nagi.done(appear("fine くも")).await;
    hook.now.send_replace(true);
    let answer = nagi.answer(before).await;
    assert!(matches!(&answer, Event::Refused { refusal, .. } if refusal.code == Code::Overtaken), "{answer:?}");
    haru.until("the last one", |mirror| mirror.nicks().contains(&"fine くも")).await;
}

/// A list with one nickname.
struct OneName;

impl List for OneName {
    fn has(&self, nick: &str) -> BoxFuture<'_, io::Result<bool>> {
        ready(Ok(nick == "しちょう")).boxed()
    }
}

#[tokio::test]
async fn the_example_keeps_a_nickname_free_at_the_door_in_the_room_and_in_a_booking() {
    let server = with(Arc::new(Reserved::new(OneName))).await;
    let mut door = TestClient::connect(server.addr()).await;
    door.hello("しちょう").await;
    door.until_closed().await;
    assert_eq!(door.mirror.refused[0].code, Code::NicknameUnusable);
    let mut nagi = server.enter("なぎ").await;
    assert_eq!(nagi.denied(appear("しちょう")).await, Code::NicknameUnusable);
    nagi.done(appear("なみ")).await;
    nagi.say(0, "しちょう に あったよ").await;

    let kept = server.staff("ぬし", Role::Owner, &[]).await.plan(&afternoon()).await;
    let path = format!("/api/v1/sessions/{}/bookings", kept.next[0].session);
    let book = |nick: &str| Book { nick: nick.into(), declared: true, code: None };
    assert_eq!(http::post(server.addr(), &path, &book("しちょう")).await.refusal(), Code::NicknameUnusable);
    assert_eq!(http::post(server.addr(), &path, &book("そら")).await.status, 200);
}
