//! A rule that needs time: one that looks something up, or asks another system. What it judges waits outside of the
//! room's tick until it has answered. Rules that are quick are [`ibasho_moderation::hook::Hook`]s.

use std::time::Duration;

use futures_util::future::BoxFuture;
use ibasho_moderation::hook::{Context, Decision, Subject};
use ibasho_moderation::roles::Role;
use ibasho_protocol::ids::Millis;
use serde::{Deserialize, Serialize};

/// The longest wait for a hook on this machine: less than two frames of an animation, so nobody notices it.
pub const LOCAL_DEADLINE: Duration = Duration::from_millis(20);
/// The longest wait for a hook elsewhere: an answer within the country takes 50 ms, and a chat still feels quick.
pub const REMOTE_DEADLINE: Duration = Duration::from_millis(300);

/// What a hook can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// Somebody wants to come in.
    Entry,
    /// Somebody wants another nickname.
    Nickname,
    /// Somebody wrote.
    Message,
}

/// What is judged; as [`Subject`], but it can wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedSubject {
    /// What it is about.
    pub asked: Asked,
    /// What they wrote, or the nickname.
    pub text: String,
}

impl OwnedSubject {
    /// What it is, if it can wait: a voice and a report wait for nobody.
    pub fn of(subject: &Subject<'_>) -> Option<Self> {
        let (asked, text) = match *subject {
            Subject::Entry { nick } => (Asked::Entry, nick),
            Subject::Nickname { nick } => (Asked::Nickname, nick),
            Subject::Message { text } => (Asked::Message, text),
            Subject::VoiceStart | Subject::Report { .. } => return None,
        };
        Some(Self { asked, text: text.to_owned() })
    }
}

/// Around what is judged; as [`Context`], but it can wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedContext {
    /// The id of the room.
    pub room: String,
    /// The role of the person.
    pub role: Role,
    /// When it was asked.
    pub now: Millis,
}

impl From<&Context<'_>> for OwnedContext {
    fn from(context: &Context<'_>) -> Self {
        Self { room: context.room.to_owned(), role: context.role, now: context.now }
    }
}

/// What happens when a hook gives no answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnFailure {
    /// It waits until staff have looked at it.
    #[default]
    Hold,
    /// It goes through.
    Open,
    /// It is refused; trying again may help.
    Closed,
}

/// The hook could not find out. Whatever it says counts the same; the word is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no answer: {0}")]
pub struct NoAnswer(pub &'static str);

/// A rule that needs time. It may fail, panic or never answer: [`super::runner::HookRunner`] looks after that.
pub trait AsyncHook: Send + Sync {
    /// Its name, for decisions, logs and metrics: one of a kind.
    fn name(&self) -> &str;

    /// What it wants to be asked about.
    fn events(&self) -> &[Asked];

    /// How long it may take; longer is no answer.
    fn deadline(&self) -> Duration {
        LOCAL_DEADLINE
    }

    /// What happens when it gives no answer.
    fn on_failure(&self) -> OnFailure {
        OnFailure::Hold
    }

    /// Judges. The future may be dropped at any await: the deadline is over, or nobody waits any more.
    fn judge(&self, subject: OwnedSubject, context: OwnedContext) -> BoxFuture<'_, Result<Decision, NoAnswer>>;
}
