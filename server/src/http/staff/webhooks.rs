//! Webhooks: how they are doing, telling again what could not be told, and a try.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use ibasho_protocol::api::hooks::{
    DeadLetter, Replay, Replayed, Tested, Webhook, WebhookKind, WebhookState, WebhookTrouble,
};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use sqlx::SqliteConnection;

use crate::Surroundings;
use crate::config::webhooks::{self, WebhookConfig};
use crate::hooks::breaker::Standing;
use crate::hooks::trouble_named;
use crate::http::answer::{Answer, Body, Refused};
use crate::store::outbox::{self, Letter};
use crate::store::staff::begin;

/// Most dead letters that are listed: enough to see what is the matter.
const LISTED: u32 = 20;

/// Every webhook and how it is doing.
#[utoipa::path(get, path = "/api/v1/staff/webhooks", tag = "staff", responses((status = 200, body = Vec<Webhook>)))]
pub(super) async fn list(State(around): State<Arc<Surroundings>>) -> Answer<Vec<Webhook>> {
    let mut db = around.store.pool().acquire().await?;
    let mut all = Vec::new();
    for config in &around.config.webhooks {
        all.push(match config.kind {
            webhooks::WebhookKind::Telling => told(&around, config, &mut db).await?,
            webhooks::WebhookKind::Deciding => asked(&around, config),
        });
    }
    Ok(Json(all))
}

/// Tell again what could not be told.
#[utoipa::path(post, path = "/api/v1/staff/webhooks/{id}/replay", tag = "staff", params(("id" = String, Path)),
    request_body = Replay, responses((status = 200, body = Replayed), (status = 404, body = Refusal)))]
pub(super) async fn replay(
    State(around): State<Arc<Surroundings>>,
    Path(id): Path<String>,
    Body(Replay { letter }): Body<Replay>,
) -> Answer<Replayed> {
    let told = around.hooks.told.iter().find(|told| told.id == id).ok_or(RefusalCode::NotFound)?;
    let now = around.clock.now();
    let mut db = begin(around.store.pool()).await?;
    let letters = outbox::replay(&mut db, &id, letter.as_deref(), now).await?;
    if letter.is_some() && letters == 0 {
        return Err(RefusalCode::NotFound.into());
    }
    let state = outbox::state(&mut db, &id).await?;
    outbox::set_state(&mut db, &id, &outbox::State { disabled: false, paused: 0, ..state }).await?;
    db.commit().await?;
    told.wake();
    Ok(Json(Replayed { letters }))
}

/// Try whether it works: tell it that nothing happened, or ask it about a word that means nothing.
#[utoipa::path(post, path = "/api/v1/staff/webhooks/{id}/test", tag = "staff", params(("id" = String, Path)),
    responses((status = 200, body = Tested), (status = 404, body = Refusal)))]
pub(super) async fn test(State(around): State<Arc<Surroundings>>, Path(id): Path<String>) -> Answer<Tested> {
    let trouble = if let Some(told) = around.hooks.told.iter().find(|told| told.id == id) {
        told.test().await.err()
    } else if let Some(asked) = around.hooks.deciding.iter().find(|asked| asked.id() == id) {
        asked.test(around.clock.now()).await.err()
    } else {
        return Err(RefusalCode::NotFound.into());
    };
    Ok(Json(Tested { trouble }))
}

/// What is the same for both kinds.
fn webhook(config: &WebhookConfig, kind: WebhookKind, standing: Standing, failures: u32) -> Webhook {
    Webhook {
        id: config.id.clone(),
        kind,
        host: url::Url::parse(&config.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default(),
        events: config.events.iter().map(|event| event.name().to_owned()).collect(),
        state: match standing {
            Standing::Open | Standing::HalfOpen => WebhookState::Resting,
            Standing::Closed if failures > 0 => WebhookState::Failing,
            Standing::Closed => WebhookState::Well,
        },
        failures,
        trouble: None,
        told: None,
        waiting: 0,
        dead: 0,
        letters: Vec::new(),
        text: config.send_text,
    }
}

fn asked(around: &Surroundings, config: &WebhookConfig) -> Webhook {
    let state = around.hooks.runner.states().into_iter().find(|state| state.name == config.id);
    let (standing, failures) = state.map_or((Standing::Closed, 0), |state| (state.standing, state.failures));
    webhook(config, WebhookKind::Deciding, standing, failures)
}

async fn told(around: &Surroundings, config: &WebhookConfig, db: &mut SqliteConnection) -> Result<Webhook, Refused> {
    let now: Millis = around.clock.now();
    let state = outbox::state(db, &config.id).await?;
    let (waiting, dead) = outbox::counts(db, &config.id).await?;
    let breaker = around.hooks.told.iter().find(|told| told.id == config.id).map(|told| *told.breaker());
    let standing = match breaker.map_or(Standing::Closed, |breaker| breaker.standing(now)) {
        Standing::Closed if state.paused > now => Standing::Open,
        standing => standing,
    };
    let webhook = webhook(config, WebhookKind::Telling, standing, state.failures);
    Ok(Webhook {
        state: if state.disabled { WebhookState::Disabled } else { webhook.state },
        trouble: trouble(state.trouble.as_deref()),
        told: state.told,
        waiting,
        dead,
        letters: outbox::dead(db, &config.id, LISTED).await?.into_iter().map(letter).collect(),
        ..webhook
    })
}

fn letter(letter: Letter) -> DeadLetter {
    let trouble = trouble(letter.trouble.as_deref());
    DeadLetter { id: letter.id, event: letter.kind, at: letter.made, tries: letter.tries, trouble }
}

fn trouble(name: Option<&str>) -> Option<WebhookTrouble> {
    name.and_then(trouble_named)
}
