//! Which other systems are told what happens here, and which are asked.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::hooks::asking::OnFailure;
use crate::hooks::event::EventKind;

/// One `[[webhooks]]` of the configuration. `server/WEBHOOKS.md` is the manual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    /// Its name: in the console, in decisions and metrics. Renamed, it is another webhook.
    pub id: String,
    /// Where it is: `https://…`.
    pub url: String,
    /// A file with the secret (`whsec_…`) and nothing else; two lines while it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
    /// Instead: the variable of the environment that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_env: Option<String>,
    /// Whether it is told or asked.
    #[serde(default)]
    pub kind: WebhookKind,
    /// What about.
    pub events: Vec<EventKind>,
    /// Its host is in the operator's own network: private addresses are allowed, and plain HTTP.
    #[serde(default)]
    pub own_network: bool,
    /// How long it may take, in milliseconds: 50 to 2,000 if it is asked (300 if left out), 1,000 to 30,000 if it is
    /// told (15,000).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u16>,
    /// What happens when one that is asked does not answer.
    #[serde(default)]
    pub on_failure: OnFailure,
    /// Whether one that is asked gets what people write.
    #[serde(default)]
    pub send_text: bool,
}

/// What a webhook is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookKind {
    /// It is told what happened.
    #[default]
    Telling,
    /// It is asked, and decides.
    Deciding,
}

/// Most webhooks: each that decides is asked about every message.
const MOST: usize = 16;
/// Longest name of a webhook, in characters.
const MAX_ID: usize = 32;

/// The key of the first setting that cannot be used, and why.
pub(super) fn fault(all: &[WebhookConfig]) -> Option<(&'static str, String)> {
    if all.len() > MOST {
        return Some(("[[webhooks]]", format!("at most {MOST}")));
    }
    let twice = |(at, one): (usize, &WebhookConfig)| all[..at].iter().any(|other| other.id == one.id);
    if let Some((_, one)) = all.iter().enumerate().find(|&(at, one)| twice((at, one))) {
        return Some(("id", format!("`{}` is there twice", one.id)));
    }
    all.iter().find_map(WebhookConfig::fault)
}

impl WebhookConfig {
    fn fault(&self) -> Option<(&'static str, String)> {
        let deciding = self.kind == WebhookKind::Deciding;
        let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-' || char == '_';
        if !(1..=MAX_ID).contains(&self.id.len()) || !self.id.chars().all(plain) {
            return Some(("id", format!("1 to {MAX_ID} of a-z, 0-9, - and _")));
        }
        let url = url::Url::parse(&self.url).ok().filter(|url| {
            url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
                && (url.scheme() == "https" || (url.scheme() == "http" && self.own_network))
        });
        if url.is_none() {
            let reason = "must be https://… without a user (http:// only with own_network = true)";
            return Some(("url", reason.into()));
        }
        match (&self.secret_file, &self.secret_env) {
            (None, None) => return Some(("secret_file", "where the secret is: secret_file or secret_env".into())),
            (Some(_), Some(_)) => return Some(("secret_env", "either secret_file or secret_env".into())),
            (None, Some(name)) if name.starts_with("IBASHO_") => {
                return Some(("secret_env", "names that begin with IBASHO_ are settings".into()));
            }
            _ => {}
        }
        if self.events.is_empty() {
            return Some(("events", "at least one; server/WEBHOOKS.md lists them".into()));
        }
        let fits = |event: &&EventKind| event.question().is_some() == deciding && **event != EventKind::Test;
        if let Some(event) = self.events.iter().find(|event| !fits(event)) {
            let kind = if deciding { "asked" } else { "told" };
            return Some(("events", format!("`{}` cannot be {kind}", event.name())));
        }
        let bounds = if deciding { 50..=2_000 } else { 1_000..=30_000 };
        if self.deadline_ms.is_some_and(|millis| !bounds.contains(&millis)) {
            return Some(("deadline_ms", format!("must be {} to {}", bounds.start(), bounds.end())));
        }
        if self.send_text && !deciding {
            return Some(("send_text", "only a deciding webhook can get what people write".into()));
        }
        (self.on_failure != OnFailure::Hold && !deciding)
            .then(|| ("on_failure", "only a deciding webhook is waited for".into()))
    }
}
