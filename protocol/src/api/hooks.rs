//! Webhooks, for the staff who look after them. Everything is under `/api/v1/staff/webhooks`; which webhooks there are
//! stands in the configuration.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ids::Millis;

/// `GET webhooks`: a webhook and how it is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Webhook {
    /// Its name in the configuration.
    pub id: String,
    /// Whether it is told, or asked.
    pub kind: WebhookKind,
    /// Where it is: the host only, because the rest of an address may be a secret.
    pub host: String,
    /// What it is told or asked.
    pub events: Vec<String>,
    /// How it is doing.
    pub state: WebhookState,
    /// Failures in a row.
    pub failures: u32,
    /// Why the last attempt failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trouble: Option<WebhookTrouble>,
    /// When it last took something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub told: Option<Millis>,
    /// How many events wait to be told.
    pub waiting: u32,
    /// How many events could not be told.
    pub dead: u32,
    /// The last of these, the newest first; at most 20.
    pub letters: Vec<DeadLetter>,
    /// Whether it gets what people write.
    pub text: bool,
}

/// What a webhook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookKind {
    /// It is told what happened.
    Telling,
    /// It is asked, and decides.
    Deciding,
}

/// How a webhook is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    /// Well.
    Well,
    /// The last attempts failed; it is tried again by itself.
    Failing,
    /// It failed so often that it is left alone for a moment.
    Resting,
    /// It said that it is gone (410); nothing is told until somebody replays.
    Disabled,
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookTrouble {
    /// It said that it is gone for good (410).
    Gone,
    /// It asked for time (429, 502, 503, 504).
    Busy,
    /// It pointed elsewhere, where nobody follows (3xx).
    Redirect,
    /// It refused (4xx).
    Refused,
    /// It had a fault (5xx).
    Broken,
    /// It took too long.
    Slow,
    /// It was not reached.
    Unreachable,
    /// Its name leads into a private network.
    PrivateAddress,
    /// Its answer could not be read.
    BadAnswer,
    /// Too many events waited for it.
    Full,
}

impl WebhookTrouble {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Gone,
        Self::Busy,
        Self::Redirect,
        Self::Refused,
        Self::Broken,
        Self::Slow,
        Self::Unreachable,
        Self::PrivateAddress,
        Self::BadAnswer,
        Self::Full,
    ];
}

/// An event that could not be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct DeadLetter {
    /// The `webhook-id`.
    pub id: String,
    /// Its type.
    pub event: String,
    /// When it happened.
    pub at: Millis,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last attempt failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trouble: Option<WebhookTrouble>,
}

/// `POST webhooks/{id}/replay`: tell again what could not be told. A webhook that was disabled is told again from then on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Replay {
    /// Only this one, by its `webhook-id`; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub letter: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Replayed {
    /// So many are told again.
    pub letters: u32,
}

/// `POST webhooks/{id}/test`: what came of one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Tested {
    /// What went wrong; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trouble: Option<WebhookTrouble>,
}
