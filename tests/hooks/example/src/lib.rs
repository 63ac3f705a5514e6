//! An example of a hook: nicknames that nobody may have, because somebody else's list says so. Whoever builds their own
//! server puts it into `ibasho_server::Parts { asked: vec![Arc::new(Reserved::new(list))], .. }`.

use std::io;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_protocol::refusal::RefusalCode;
use ibasho_server::hooks::asking::{Asked, AsyncHook, NoAnswer, OnFailure, OwnedContext, OwnedSubject};

/// A list that takes time to look into: a database, a file on another machine.
pub trait List: Send + Sync {
    /// Whether the list has this nickname.
    fn has(&self, nick: &str) -> BoxFuture<'_, io::Result<bool>>;
}

/// Refuses nicknames that a list has.
#[derive(Debug)]
pub struct Reserved<L> {
    list: L,
    on_failure: OnFailure,
}

impl<L: List> Reserved<L> {
    /// With this list. While it cannot be looked into, staff look.
    pub fn new(list: L) -> Self {
        Self { list, on_failure: OnFailure::Hold }
    }

    /// The same, with something else while it cannot be looked into.
    #[must_use]
    pub fn on_failure(self, on_failure: OnFailure) -> Self {
        Self { on_failure, ..self }
    }
}

impl<L: List> AsyncHook for Reserved<L> {
    fn name(&self) -> &'static str {
        "reserved"
    }

    fn events(&self) -> &[Asked] {
        &[Asked::Entry, Asked::Nickname]
    }

    fn on_failure(&self) -> OnFailure {
        self.on_failure
    }

    fn judge(&self, subject: OwnedSubject, _: OwnedContext) -> BoxFuture<'_, Result<Decision, NoAnswer>> {
        async move {
            // Why it cannot be looked into may hold the nickname: a word of ours says that it could not.
            let has = self.list.has(&subject.text).await.map_err(|_| NoAnswer("unreadable"))?;
            let verdict = if has { Verdict::Block(RefusalCode::NicknameUnusable) } else { Verdict::Allow };
            Ok(Decision::new(verdict, "reserved", "whether the list has it"))
        }
        .boxed()
    }
}
