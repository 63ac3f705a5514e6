//! Where other programs take part: [`asking`] in this process, and webhooks in others. A *deciding* webhook
//! ([`deciding`]) is asked and waited for; a *telling* one is told what happened, by [`courier`] out of the outbox in
//! the store, at least once and in order. `server/WEBHOOKS.md` is their manual.

mod address;
pub mod asking;
pub mod breaker;
pub mod count;
mod courier;
pub mod deciding;
pub mod event;
mod post;
pub mod runner;
pub mod schedule;
pub mod sign;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat};
use hyper::Uri;
use ibasho_protocol::api::hooks::WebhookTrouble;
use ibasho_protocol::ids::Millis;
use tokio::sync::Notify;

use self::address::Reach;
use self::asking::AsyncHook;
use self::count::Counts;
pub(crate) use self::courier::{Told, run, spread};
use self::deciding::Deciding;
use self::post::Poster;
use self::runner::HookRunner;
use self::sign::{BadSecret, Signer};
use crate::clock::Clock;
use crate::config::webhooks::{WebhookConfig, WebhookKind};
use crate::dice::Dice;

/// The hooks and webhooks of a place.
pub struct Hooks {
    /// Those that are asked.
    pub runner: HookRunner,
    /// Those of them that are webhooks.
    pub(crate) deciding: Vec<Arc<Deciding>>,
    /// The webhooks that are told.
    pub(crate) told: Vec<Arc<Told>>,
    /// Rung when something is in the outbox.
    pub(crate) bell: Notify,
    pub(crate) counts: Arc<Counts>,
}

/// A webhook cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("webhook {id}: {fault}")]
pub struct WebhookError {
    /// Which.
    pub id: String,
    /// Why.
    pub fault: Fault,
}

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Its secret cannot be read.
    #[error("its secret: {0}")]
    Unread(String),
    /// Its secret is not as the standard wants it.
    #[error("its secret must be {0}")]
    Secret(#[from] BadSecret),
    /// Its address cannot be used.
    #[error("its url cannot be used")]
    Url,
    /// The system has no certificates to trust.
    #[error("certificates: {0}")]
    Certificates(#[from] std::io::Error),
}

impl Hooks {
    /// The configured webhooks, and these hooks.
    ///
    /// # Errors
    /// A webhook cannot be set up.
    pub(crate) fn new(
        webhooks: &[WebhookConfig],
        hooks: Vec<Arc<dyn AsyncHook>>,
        clock: &Clock,
        dice: &Dice,
        counts: Arc<Counts>,
    ) -> Result<Self, WebhookError> {
        let (mut asked, mut deciding, mut told) = (hooks, Vec::new(), Vec::new());
        for webhook in webhooks {
            match webhook.kind {
                WebhookKind::Deciding => {
                    let hook = Arc::new(Deciding::new(webhook, clock.clone(), dice.clone())?);
                    asked.push(hook.clone());
                    deciding.push(hook);
                }
                WebhookKind::Telling => told.push(Arc::new(Told::new(webhook, clock.clone(), dice.clone())?)),
            }
            if webhook.send_text {
                tracing::warn!(webhook = webhook.id, "people's words leave this place: the entrance must say so");
            }
        }
        Ok(Self {
            runner: HookRunner::new(asked, clock.clone(), counts.clone()),
            deciding,
            told,
            bell: Notify::new(),
            counts,
        })
    }
}

/// The way to a webhook.
fn poster(config: &WebhookConfig, deadline: Duration, clock: Clock) -> Result<Poster, WebhookError> {
    let make = || -> Result<Poster, Fault> {
        let secret = match (&config.secret_file, &config.secret_env) {
            (Some(file), _) => {
                std::fs::read_to_string(file).map_err(|error| Fault::Unread(format!("{}: {error}", file.display())))?
            }
            (None, Some(name)) => std::env::var(name).map_err(|_| Fault::Unread(format!("{name} is not set")))?,
            (None, None) => return Err(Fault::Unread("there is none".into())),
        };
        // Through `Url`, which reads odd addresses (0x7f.1) as a connection would.
        let url = url::Url::parse(&config.url).map_err(|_| Fault::Url)?;
        let uri: Uri = url.as_str().parse().map_err(|_| Fault::Url)?;
        let reach = if config.own_network { Reach::OwnNetwork } else { Reach::Internet };
        Ok(Poster::new(uri, reach, Signer::new(&secret)?, deadline, clock)?)
    };
    make().map_err(|fault| WebhookError { id: config.id.clone(), fault })
}

/// As ISO 8601, which Standard Webhooks wants.
fn timestamp(at: Millis) -> String {
    let time = DateTime::from_timestamp_millis(at.cast_signed()).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What a trouble is called in metrics and logs, and in the store.
pub(crate) fn trouble_name(trouble: WebhookTrouble) -> &'static str {
    match trouble {
        WebhookTrouble::Gone => "gone",
        WebhookTrouble::Busy => "busy",
        WebhookTrouble::Redirect => "redirect",
        WebhookTrouble::Refused => "refused",
        WebhookTrouble::Broken => "broken",
        WebhookTrouble::Slow => "slow",
        WebhookTrouble::Unreachable => "unreachable",
        WebhookTrouble::PrivateAddress => "private_address",
        WebhookTrouble::BadAnswer => "bad_answer",
        WebhookTrouble::Full => "full",
    }
}

/// The trouble of that name.
pub(crate) fn trouble_named(name: &str) -> Option<WebhookTrouble> {
    WebhookTrouble::ALL.into_iter().find(|&trouble| trouble_name(trouble) == name)
}
