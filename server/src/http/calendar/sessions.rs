//! The public list of sessions.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use ibasho_protocol::api::calendar::{SessionCard, Sessions};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Surroundings;
use crate::calendar::almanac::{card, of};
use crate::http::answer::{Answer, Refused};

/// How many days ahead are told: six weeks, so that a monthly meeting shows twice.
pub const DAYS: u16 = 42;
/// The most that can be asked for: three months.
const MOST_DAYS: u16 = 92;
/// A day, in milliseconds.
const DAY_MS: Millis = 24 * 60 * 60 * 1000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Ahead {
    /// How many days ahead, 1 to 92; 42 if absent.
    days: Option<u16>,
}

/// Today and the coming weeks, the soonest first. A cancelled session is listed, so that nobody waits in vain.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "public", params(Ahead),
    responses((status = 200, body = Sessions), (status = "4XX", body = Refusal)))]
pub async fn list(
    State(around): State<Arc<Surroundings>>,
    ahead: Result<Query<Ahead>, axum::extract::rejection::QueryRejection>,
) -> Answer<Sessions> {
    let days = ahead.map_err(|_| RefusalCode::BadShape)?.0.days.unwrap_or(DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    let sessions = coming(&around, days).await?;
    Ok(Json(Sessions { now: around.clock.now(), zone: around.calendar.zone.name().to_owned(), sessions }))
}

/// One session.
#[utoipa::path(get, path = "/api/v1/sessions/{id}", tag = "public", params(("id" = String, Path, description = "The session")),
    responses((status = 200, body = SessionCard), (status = "4XX", body = Refusal)))]
pub async fn one(State(around): State<Arc<Surroundings>>, Path(id): Path<String>) -> Answer<SessionCard> {
    let booked = around.store.booked().await?;
    let almanac = around.calendar.almanac();
    let session = almanac.session(&id).ok_or(RefusalCode::NotFound)?;
    Ok(Json(card(&session.row.plan, session.slot, of(&booked, &id))))
}

/// The sessions of the coming days.
pub async fn coming(around: &Surroundings, days: u16) -> Result<Vec<SessionCard>, Refused> {
    let booked = around.store.booked().await?;
    let now = around.clock.now();
    let almanac = around.calendar.almanac();
    let sessions = almanac.between(now, now + Millis::from(days) * DAY_MS);
    Ok(sessions.iter().map(|session| card(&session.row.plan, session.slot, of(&booked, &session.slot.id))).collect())
}
