//! Lockdown of a raid: one tap, and lifting it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ibasho_protocol::api::desk::{LockDown, Made};
use ibasho_protocol::desk::Scope;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use super::super::access::Signed;
use super::deeds::{Id, number};
use super::pace::Pacing;
use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};

/// Lock a room or the whole place down, or let the lockdown that is there end later or sooner.
#[utoipa::path(post, path = "/api/v1/staff/desk/lockdowns", tag = "staff", request_body = LockDown,
    responses((status = 200, body = Made), (status = 400, body = Refusal)))]
pub(super) async fn lock_down(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(LockDown { scope, minutes }): Body<LockDown>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    if let Scope::Room(room) = &scope
        && !around.rooms.contains_key(room)
    {
        return Err(RefusalCode::RoomUnknown.into());
    }
    let changes = around.office.lock_down(scope, minutes, signed.actor(&around)).await?;
    Ok(Json(Made { id: changes.made.unwrap_or_default(), version: None }))
}

/// Lift a lockdown.
#[utoipa::path(post, path = "/api/v1/staff/desk/lockdowns/{id}/lift", tag = "staff", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Refusal)))]
pub(super) async fn lift(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
) -> Result<StatusCode, Refused> {
    signed.pace(&around, Pacing::Decide)?;
    around.office.lift(number(id)?, signed.actor(&around)).await.map(drop)?;
    Ok(StatusCode::NO_CONTENT)
}
