//! Hooks that need time: their answers count, and whatever else they do is answered in their place.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all, pending, ready};
use ibasho_example_hook::{List, Reserved};
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_server::clock::{Clock, ManualClock};
use ibasho_server::hooks::asking::{Asked, AsyncHook, LOCAL_DEADLINE, OnFailure, OwnedContext, OwnedSubject};
use ibasho_server::hooks::breaker::{FAILURES, OPEN_MS, Standing};
use ibasho_server::hooks::count::Counts;
use ibasho_server::hooks::runner::{AT_ONCE, HookRunner};
use tokio::sync::Notify;

/// What the list does next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Answers,
    Errs,
    Hangs,
    Panics,
    PanicsAtOnce,
}

/// A list that has なぎ.
#[derive(Clone)]
struct Shelf {
    does: Arc<std::sync::Mutex<Does>>,
    asked: Arc<AtomicUsize>,
    reached: Arc<Notify>,
}

impl List for Shelf {
    fn has(&self, nick: &str) -> BoxFuture<'_, io::Result<bool>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.reached.notify_one();
        let does = *self.does.lock().expect("nobody panicked while it was held");
        match does {
            Does::Answers => ready(Ok(nick == "なぎ")).boxed(),
            Does::Errs => ready(Err(io::Error::other(format!("no such row: {nick}")))).boxed(),
            Does::Hangs => pending().boxed(),
            Does::Panics => async { panic!("a bug in a hook") }.boxed(),
            Does::PanicsAtOnce => panic!("a bug in a hook"),
        }
    }
}

struct Place {
    runner: HookRunner,
    shelf: Shelf,
    hand: ManualClock,
}

impl Place {
    fn with(on_failure: OnFailure) -> Self {
        let (clock, hand) = Clock::manual(1_763_700_000_000);
        let does = Arc::new(std::sync::Mutex::new(Does::Answers));
        let shelf = Shelf { does, asked: Arc::default(), reached: Arc::default() };
        let hook: Arc<dyn AsyncHook> = Arc::new(Reserved::new(shelf.clone()).on_failure(on_failure));
        Self { runner: HookRunner::new(vec![hook], clock, Arc::new(Counts::default())), shelf, hand }
    }

    fn does(&self, does: Does) {
        *self.shelf.does.lock().expect("nobody panicked while it was held") = does;
    }

    fn asked(&self) -> usize {
        self.shelf.asked.load(Ordering::SeqCst)
    }

    fn ask(&self, nick: &str) -> impl Future<Output = Decision> + Send + 'static + use<> {
        let context = OwnedContext { room: "house".into(), role: Role::Participant, now: 0 };
        self.runner.ask(OwnedSubject { asked: Asked::Nickname, text: nick.into() }, context)
    }

    fn standing(&self) -> Standing {
        self.runner.states()[0].standing
    }
}

#[tokio::test]
async fn an_answer_counts_and_who_is_not_asked_has_nothing_to_say() {
    let place = Place::with(OnFailure::Hold);
    assert_eq!(place.ask("なぎ").await.verdict, Verdict::Block(RefusalCode::NicknameUnusable));
    assert_eq!(place.ask("はる").await.verdict, Verdict::Allow);
    assert!(place.runner.wants(Asked::Entry) && !place.runner.wants(Asked::Message));
    let context = OwnedContext { room: "house".into(), role: Role::Participant, now: 0 };
    let message = OwnedSubject { asked: Asked::Message, text: "なぎ".into() };
    assert_eq!(place.runner.ask(message, context).await, Decision::allow("none"));
    assert_eq!(place.asked(), 2);
}

#[tokio::test]
async fn without_an_answer_it_holds_opens_or_closes_as_it_is_set_up() {
    for (on_failure, verdict) in [
        (OnFailure::Hold, Verdict::Hold),
        (OnFailure::Open, Verdict::Allow),
        (OnFailure::Closed, Verdict::Block(RefusalCode::Busy)),
    ] {
        let place = Place::with(on_failure);
        for (does, word) in [(Does::Errs, "unreadable"), (Does::Panics, "panic"), (Does::PanicsAtOnce, "panic")] {
            place.does(does);
            let decision = place.ask("ひみつ").await;
            assert_eq!(decision.verdict, verdict);
            // What lets it through gives no reason.
            let word = if verdict == Verdict::Allow { "" } else { word };
            assert!(decision.why.ends_with(word) && !decision.why.contains("ひみつ"), "{}", decision.why);
        }
        place.does(Does::Hangs);
        let hangs = tokio::spawn(place.ask("はる"));
        place.shelf.reached.notified().await;
        // The permits of earlier questions may still be there: until this one has been asked.
        while place.asked() < 4 {
            place.shelf.reached.notified().await;
        }
        place.hand.advance(LOCAL_DEADLINE.as_millis() as Millis - 1);
        tokio::task::yield_now().await;
        assert!(!hangs.is_finished(), "its time is not over");
        place.hand.advance(1);
        assert_eq!(hangs.await.expect("it is answered in its place").verdict, verdict);
    }
}

#[tokio::test]
async fn who_fails_too_often_is_left_alone_and_one_question_finds_out_when_that_is_over() {
    let place = Place::with(OnFailure::Hold);
    place.does(Does::Errs);
    for _ in 0..FAILURES {
        assert_eq!(place.standing(), Standing::Closed);
        place.ask("はる").await;
    }
    let asked = place.asked();
    assert_eq!((place.standing(), place.ask("はる").await.verdict), (Standing::Open, Verdict::Hold));
    assert_eq!(place.asked(), asked, "nobody asked");
    place.hand.advance(OPEN_MS);
    assert_eq!(place.standing(), Standing::HalfOpen);
    // Somebody asks and goes away before there is an answer: that must not keep it shut for ever.
    place.does(Does::Hangs);
    let gone = tokio::spawn(place.ask("はる"));
    while place.asked() == asked {
        place.shelf.reached.notified().await;
    }
    gone.abort();
    assert!(gone.await.is_err());
    place.does(Does::Answers);
    assert_eq!(place.ask("はる").await.verdict, Verdict::Hold, "one at a time");
    place.hand.advance(OPEN_MS);
    assert_eq!((place.ask("はる").await.verdict, place.standing()), (Verdict::Allow, Standing::Closed));
}

#[tokio::test]
async fn only_so_many_questions_are_asked_at_a_time() {
    let place = Place::with(OnFailure::Hold);
    place.does(Does::Hangs);
    let many: Vec<_> = (0..AT_ONCE + 3).map(|_| place.ask("はる")).collect();
    let many = tokio::spawn(join_all(many));
    while place.asked() < AT_ONCE {
        place.shelf.reached.notified().await;
    }
    assert_eq!(place.standing(), Standing::Closed, "to be busy is no failure");
    place.hand.advance(LOCAL_DEADLINE.as_millis() as Millis);
    let decisions = many.await.expect("each is answered");
    assert_eq!(decisions.iter().filter(|decision| decision.why.ends_with("too_many")).count(), 3);
    assert!(decisions.iter().all(|decision| decision.verdict == Verdict::Hold));
    assert_eq!(place.asked(), AT_ONCE);
}
