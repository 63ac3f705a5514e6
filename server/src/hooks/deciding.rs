//! A webhook that decides: it is asked over HTTP, as a hook of this machine is asked in the program.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use ibasho_moderation::hook::{Decision, Verdict};
use ibasho_moderation::roles::Role;
use ibasho_protocol::api::hooks::WebhookTrouble;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use serde::{Deserialize, Serialize};

use super::asking::{Asked, AsyncHook, NoAnswer, OnFailure, OwnedContext, OwnedSubject, REMOTE_DEADLINE};
use super::event::{EventKind, message_id};
use super::post::Poster;
use super::{WebhookError, poster, timestamp, trouble_name, trouble_named};
use crate::clock::Clock;
use crate::config::webhooks::WebhookConfig;
use crate::dice::Dice;

/// Longest reason that is taken from an answer, in bytes.
pub const MAX_REASON: usize = 40;

/// A webhook that is asked.
pub struct Deciding {
    id: String,
    asked: Vec<Asked>,
    deadline: Duration,
    on_failure: OnFailure,
    send_text: bool,
    poster: Poster,
    dice: Dice,
}

/// What is asked.
#[derive(Serialize)]
struct Question<'a> {
    r#type: &'static str,
    timestamp: String,
    data: Around<'a>,
}

#[derive(Serialize)]
struct Around<'a> {
    room: &'a str,
    role: Role,
    /// How long it is, which says nothing about what it is.
    characters: usize,
    /// What they wrote; only where the operator has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// What is answered.
#[derive(Deserialize)]
struct Answer {
    verdict: Said,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Allow,
    Flag,
    Hold,
    Block,
}

impl Deciding {
    /// As configured.
    ///
    /// # Errors
    /// The secret cannot be used, or the system has no certificates to trust.
    pub fn new(config: &WebhookConfig, clock: Clock, dice: Dice) -> Result<Self, WebhookError> {
        let deadline = config.deadline_ms.map_or(REMOTE_DEADLINE, |millis| Duration::from_millis(millis.into()));
        Ok(Self {
            id: config.id.clone(),
            asked: config.events.iter().filter_map(|event| event.question()).collect(),
            deadline,
            on_failure: config.on_failure,
            send_text: config.send_text,
            poster: poster(config, deadline, clock)?,
            dice,
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Asks about a word that means nothing, once.
    pub(crate) async fn test(&self, now: Millis) -> Result<(), WebhookTrouble> {
        let asked = self.asked.first().copied().unwrap_or(Asked::Message);
        let context = OwnedContext { room: String::new(), role: Role::Participant, now };
        let answer = self.ask(OwnedSubject { asked, text: "test".into() }, context).await;
        answer.map(drop).map_err(|no_answer| trouble_named(no_answer.0).unwrap_or(WebhookTrouble::BadAnswer))
    }

    async fn ask(&self, subject: OwnedSubject, context: OwnedContext) -> Result<Decision, NoAnswer> {
        let question = Question {
            r#type: question_name(subject.asked),
            timestamp: timestamp(context.now),
            data: Around {
                room: &context.room,
                role: context.role,
                characters: subject.text.chars().count(),
                text: self.send_text.then_some(subject.text.as_str()),
            },
        };
        let body = serde_json::to_string(&question).map_err(|_| NoAnswer("unsaid"))?;
        let answer = self.poster.post(&message_id(&self.dice), body, true).await;
        let answer = answer.map_err(|not_taken| NoAnswer(trouble_name(not_taken.trouble)))?;
        let Answer { verdict, reason } = serde_json::from_slice(&answer).map_err(|_| NoAnswer("bad_answer"))?;
        let verdict = match verdict {
            Said::Allow => Verdict::Allow,
            Said::Flag => Verdict::Flag,
            Said::Hold => Verdict::Hold,
            Said::Block => Verdict::Block(refusal(subject.asked)),
        };
        Ok(Decision::new(verdict, self.id.clone(), why(reason)))
    }
}

impl AsyncHook for Deciding {
    fn name(&self) -> &str {
        &self.id
    }

    fn events(&self) -> &[Asked] {
        &self.asked
    }

    fn deadline(&self) -> Duration {
        self.deadline
    }

    fn on_failure(&self) -> OnFailure {
        self.on_failure
    }

    fn judge(&self, subject: OwnedSubject, context: OwnedContext) -> BoxFuture<'_, Result<Decision, NoAnswer>> {
        self.ask(subject, context).boxed()
    }
}

fn question_name(asked: Asked) -> &'static str {
    match asked {
        Asked::Entry => EventKind::JudgeEntry,
        Asked::Nickname => EventKind::JudgeNickname,
        Asked::Message => EventKind::JudgeMessage,
    }
    .name()
}

/// What the sender is told.
fn refusal(asked: Asked) -> RefusalCode {
    match asked {
        // Coming in is refused for the nickname too: it is all that is known of a newcomer.
        Asked::Entry | Asked::Nickname => RefusalCode::NicknameUnusable,
        Asked::Message => RefusalCode::NotSent,
    }
}

/// Reasons end up in logs, where nothing that people wrote may be: a decider that quotes them is not quoted.
fn why(reason: Option<String>) -> String {
    let code = |text: &String| {
        (1..=MAX_REASON).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte))
    };
    reason.filter(code).unwrap_or_else(|| "the webhook gave no code as its reason".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_code_or_nothing() {
        assert_eq!(why(Some("phone_number".into())), "phone_number");
        for odd in ["", "090-1234 さん", "He wrote: hello", &"a".repeat(MAX_REASON + 1)] {
            assert!(why(Some(odd.into())).starts_with("the webhook gave"), "{odd}");
        }
    }
}
