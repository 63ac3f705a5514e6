//! Appealing at the door: for those who may not come in, and so have no socket to say it over.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use ibasho_moderation::text::tidy_short;
use ibasho_protocol::api::desk::AppealAtTheDoor;
use ibasho_protocol::desk::APPEAL_GRAPHEMES;
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use super::answer::{Body, Peer, Refused};
use crate::Surroundings;

/// Largest body, in bytes: as for a message over the socket.
pub const BODY_BYTES: usize = 16 * 1024;

/// Appeal with the pass from the door. It is good for one appeal, and spent when that is kept.
#[utoipa::path(post, path = "/api/v1/appeal", tag = "public", request_body = AppealAtTheDoor, responses(
    (status = 204),
    (status = 400, description = "No text, or too long", body = Refusal),
    (status = 403, description = "Not from a page of this place", body = Refusal),
    (status = 409, description = "There was an appeal already", body = Refusal),
    (status = 410, description = "The pass is no good any more: knock again", body = Refusal),
    (status = 429, description = "Too many; `after` says when to try again", body = Refusal),
))]
pub async fn appeal(
    State(around): State<Arc<Surroundings>>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    Body(AppealAtTheDoor { pass, sanction, text }): Body<AppealAtTheDoor>,
) -> Result<StatusCode, Refused> {
    if !around.origins.allow(headers.get(ORIGIN).and_then(|origin| origin.to_str().ok())) {
        return Err(RefusalCode::NotAllowed.into());
    }
    let taken = around.appeals.take(address, around.clock.now());
    taken.map_err(|millis| Refusal::new(RefusalCode::TooFast).after(millis))?;
    let text = tidy_short(&text, APPEAL_GRAPHEMES)?;
    match around.office.appeal_with(pass, sanction, text).await? {
        Some(_) => Ok(StatusCode::NO_CONTENT),
        None => Err(RefusalCode::TicketVoid.into()),
    }
}
