//! The rules of the place: reading, changing, trying. A set of rules is read by its own types, so that a field that is
//! misspelt is named with its place.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ibasho_moderation::rules as engine;
use ibasho_moderation::rules::{RuleBook, Trial};
use ibasho_moderation::text::tidy_text;
use ibasho_protocol::api::desk::rules::{RuleFault, RuleFaults, Rules, RulesFound, RulesKept, TRY_MESSAGES, TryRules};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::rules::Occasion;
use ibasho_protocol::rules::trial::Tried;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::access::Signed;
use super::pace::Pacing;
use crate::Surroundings;
use crate::desk::RulesError;
use crate::http::answer::{Answer, Body, Refused};

/// A set of rules was not taken: for a reason of ours, or for faults of theirs.
pub(super) enum NotTaken {
    Refused(Refused),
    Faults(Vec<RuleFault>),
}

impl<T: Into<Refused>> From<T> for NotTaken {
    fn from(refused: T) -> Self {
        Self::Refused(refused.into())
    }
}

impl IntoResponse for NotTaken {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refused) => refused.into_response(),
            Self::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, Json(RuleFaults { faults })).into_response(),
        }
    }
}

/// All rules in force.
#[utoipa::path(get, path = "/api/v1/staff/desk/rules", tag = "staff", responses((status = 200, body = Rules)))]
pub(super) async fn read(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Rules> {
    signed.pace(&around, Pacing::Look)?;
    let now = around.office.rules();
    Ok(Json(Rules { version: now.version, set: now.set }))
}

/// What each rule found since the server started, also those that are only tried.
#[utoipa::path(get, path = "/api/v1/staff/desk/rules/found", tag = "staff",
    responses((status = 200, body = RulesFound)))]
pub(super) async fn found(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<RulesFound> {
    signed.pace(&around, Pacing::Look)?;
    Ok(Json(RulesFound { rules: around.metrics.desk.found() }))
}

/// Put these rules in the place of those that one has seen. They are in force at once, in every room. Who leads a room
/// may change the rules of that room only.
#[utoipa::path(put, path = "/api/v1/staff/desk/rules", tag = "staff", request_body = Rules,
    responses((status = 200, body = RulesKept), (status = 409, body = Refusal), (status = 422, body = RuleFaults)))]
pub(super) async fn change(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(body): Body<Value>,
) -> Result<Json<RulesKept>, NotTaken> {
    signed.pace(&around, Pacing::Try)?;
    let Rules { version, set } = read_as(body)?;
    let kept = around.office.set_rules(version, set, &signed.actor(&around)).await;
    let version = kept.map_err(|error| match error {
        RulesError::Faults(faults) => NotTaken::Faults(faults.into_iter().map(fault).collect()),
        RulesError::Stale { version } => {
            Refused(Refusal { version: Some(version), ..Refusal::new(RefusalCode::Stale) }).into()
        }
        RulesError::Office(error) => error.into(),
    })?;
    Ok(Json(RulesKept { version }))
}

/// What would be said of a message. Nothing of it is kept.
#[utoipa::path(post, path = "/api/v1/staff/desk/rules/try", tag = "staff", request_body = TryRules,
    responses((status = 200, body = Tried), (status = 400, body = Refusal), (status = 422, body = RuleFaults)))]
pub(super) async fn attempt(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(body): Body<Value>,
) -> Result<Json<Tried>, NotTaken> {
    signed.pace(&around, Pacing::Try)?;
    let TryRules { texts, on, set } = read_as(body)?;
    if !(1..=TRY_MESSAGES).contains(&texts.len()) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    let texts = texts.iter().map(|text| tidy_text(text)).collect::<Result<_, _>>()?;
    let trial = Trial { id: "try".into(), texts, on: on.unwrap_or(Occasion::Message) };
    let in_force = around.office.rule_book();
    // Expressions at their longest take a core for a while; others are served meanwhile.
    let tried = tokio::task::spawn_blocking(move || match set {
        Some(set) => RuleBook::compile(&set, Vec::new()).map(|book| book.try_out(&trial)),
        None => Ok(in_force.try_out(&trial)),
    });
    let tried = tried.await.map_err(|failed| {
        tracing::error!(%failed, "rules could not be tried");
        RefusalCode::Busy
    })?;
    tried.map(Json).map_err(|faults| NotTaken::Faults(faults.into_iter().map(fault).collect()))
}

fn fault(fault: engine::RuleFault) -> RuleFault {
    let engine::RuleFault { rule, place, what } = fault;
    RuleFault { rule, place, what }
}

/// Reads what was sent; what cannot be read is named with its place, as what cannot be used is.
fn read_as<T: DeserializeOwned>(body: Value) -> Result<T, NotTaken> {
    serde_path_to_error::deserialize(body).map_err(|error| {
        let path = error.path().to_string();
        let (rule, place) = split(path.strip_prefix("set.").unwrap_or(&path));
        NotTaken::Faults(vec![RuleFault { rule, place, what: error.into_inner().to_string() }])
    })
}

/// `rules[3].when` is `when` of `#3`.
fn split(path: &str) -> (String, String) {
    let within = path.strip_prefix("rules[").and_then(|rest| rest.split_once(']'));
    within.map_or_else(
        || (String::new(), path.to_owned()),
        |(at, rest)| (format!("#{at}"), rest.trim_start_matches('.').to_owned()),
    )
}
