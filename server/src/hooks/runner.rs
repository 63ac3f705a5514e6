//! Asks hooks that need time, and answers for those that do not answer.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::asking::{Asked, AsyncHook, OnFailure, OwnedContext, OwnedSubject};
use super::breaker::{Breaker, Standing};
use super::count::Counts;
use crate::clock::Clock;

/// Most questions that one hook has at a time; the next one is not asked. Forty people who write once a second to a hook
/// that takes a whole second.
pub const AT_ONCE: usize = 40;

/// All hooks that need time. Cheap to clone.
#[derive(Clone)]
pub struct HookRunner {
    all: Arc<[One]>,
    clock: Clock,
    counts: Arc<Counts>,
}

struct One {
    hook: Arc<dyn AsyncHook>,
    breaker: Mutex<Breaker>,
    places: Arc<Semaphore>,
}

/// How a hook is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookState {
    /// Its name.
    pub name: String,
    /// Whether it is asked at the moment.
    pub standing: Standing,
    /// Failures in a row.
    pub failures: u32,
}

/// Why a hook gave no answer; the word is for metrics and logs.
type Failed = &'static str;

impl HookRunner {
    /// Asks these.
    pub fn new(hooks: Vec<Arc<dyn AsyncHook>>, clock: Clock, counts: Arc<Counts>) -> Self {
        let one = |hook| One { hook, breaker: Mutex::default(), places: Arc::new(Semaphore::new(AT_ONCE)) };
        Self { all: hooks.into_iter().map(one).collect(), clock, counts }
    }

    /// Whether any hook wants to be asked about this. If none does, nothing has to wait.
    pub fn wants(&self, asked: Asked) -> bool {
        self.all.iter().any(|one| one.hook.events().contains(&asked))
    }

    /// Asks every hook that wants to be asked, all at the same time; the strictest decides. Takes no longer than the
    /// longest deadline among them. Whoever drops the future drops the questions.
    pub fn ask(
        &self,
        subject: OwnedSubject,
        context: OwnedContext,
    ) -> impl Future<Output = Decision> + Send + 'static + use<> {
        let runner = self.clone();
        async move {
            let asked = runner.all.iter().enumerate().filter(|(_, one)| one.hook.events().contains(&subject.asked));
            let answers = asked.map(|(at, _)| runner.ask_one(at, subject.clone(), context.clone()));
            join_all(answers).await.into_iter().fold(Decision::allow("none"), Decision::join)
        }
    }

    /// Asks about a nickname. Nobody waits for staff to read one: what they would have to look at first is refused,
    /// because another one is quicker.
    ///
    /// # Errors
    /// `nickname_unusable`, or what the hooks say.
    pub async fn nickname(&self, asked: Asked, nick: &str, room: &str, now: Millis) -> Result<(), RefusalCode> {
        if !self.wants(asked) {
            return Ok(());
        }
        let context = OwnedContext { room: room.to_owned(), role: Role::Participant, now };
        match self.ask(OwnedSubject { asked, text: nick.to_owned() }, context).await.verdict {
            Verdict::Allow | Verdict::Flag => Ok(()),
            Verdict::Hold => Err(RefusalCode::NicknameUnusable),
            Verdict::Block(code) => Err(code),
        }
    }

    /// How they are doing.
    pub fn states(&self) -> Vec<HookState> {
        let now = self.clock.now();
        let state = |one: &One| {
            let breaker = *one.breaker.lock().unwrap_or_else(PoisonError::into_inner);
            let name = one.hook.name().to_owned();
            HookState { name, standing: breaker.standing(now), failures: breaker.failures() }
        };
        self.all.iter().map(state).collect()
    }

    async fn ask_one(&self, at: usize, subject: OwnedSubject, context: OwnedContext) -> Decision {
        let one = &self.all[at];
        let name = one.hook.name();
        match self.answer(one, subject, context).await {
            Ok(decision) => {
                self.counts.answered(name, verdict_name(decision.verdict));
                decision
            }
            Err(failed) => {
                self.counts.answered(name, failed);
                in_its_place(one.hook.as_ref(), failed)
            }
        }
    }

    async fn answer(&self, one: &One, subject: OwnedSubject, context: OwnedContext) -> Result<Decision, Failed> {
        let place = one.places.clone().try_acquire_owned().map_err(|_| "too_many")?;
        if !self.with(one, Breaker::enter) {
            return Err("not_asked");
        }
        let (hook, clock) = (one.hook.clone(), self.clock.clone());
        let until = clock.now() + hook.deadline().as_millis() as Millis;
        // A task of its own: a hook that blocks its thread blocks no room. Dropping the set ends it.
        let mut task = JoinSet::new();
        task.spawn(async move {
            let _place = place;
            let asked = async { hook.judge(subject, context).await };
            // A hook shares nothing of ours that a panic could leave half done.
            AssertUnwindSafe(asked).catch_unwind().await
        });
        let answer = tokio::select! {
            biased;
            answer = task.join_next() => match answer {
                Some(Ok(Ok(answer))) => answer.map_err(|failed| failed.0),
                _ => Err("panic"),
            },
            () = clock.sleep_until(until) => Err("slow"),
        };
        self.with(one, |breaker, now| match &answer {
            Ok(_) => breaker.succeeded(),
            Err(_) => breaker.failed(now),
        });
        if let Err(failed) = answer {
            tracing::warn!(hook = one.hook.name(), failed, "a hook gave no answer");
        }
        answer
    }

    fn with<T>(&self, one: &One, act: impl FnOnce(&mut Breaker, Millis) -> T) -> T {
        let now = self.clock.now();
        let mut breaker = one.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let done = act(&mut breaker, now);
        self.counts.open(one.hook.name(), breaker.standing(now) != Standing::Closed);
        done
    }
}

impl std::fmt::Debug for HookRunner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all.iter().map(|one| one.hook.name())).finish()
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Flag => "flag",
        Verdict::Hold => "hold",
        Verdict::Block(_) => "block",
    }
}

/// What happens without an answer, as the hook is configured.
fn in_its_place(hook: &dyn AsyncHook, failed: Failed) -> Decision {
    let verdict = match hook.on_failure() {
        OnFailure::Hold => Verdict::Hold,
        OnFailure::Open => Verdict::Allow,
        // The one reason that does not blame what they wrote, and says that trying again helps.
        OnFailure::Closed => Verdict::Block(RefusalCode::Busy),
    };
    Decision::new(verdict, hook.name().to_owned(), format!("the hook gave no answer: {failed}"))
}
