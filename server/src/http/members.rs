//! Coming back as the same person.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ORIGIN;
use axum::{Extension, Json};
use ibasho_protocol::api::calendar::{ReturnPhrase, Ticket};
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use super::answer::{Answer, Body, Peer};
use crate::hosting::ticket::Holder;
use crate::{Surroundings, members};

/// Largest body, in bytes: the longest phrase, with room for JSON.
pub const BODY_BYTES: usize = 2048;

/// Come back as the same person: the words of a return phrase, for a ticket.
#[utoipa::path(post, path = "/api/v1/return", tag = "public", request_body = ReturnPhrase, responses(
    (status = 200, body = Ticket),
    (status = 403, description = "Not from a page of this place", body = Refusal),
    (status = 404, description = "Nobody has this phrase", body = Refusal),
    (status = 429, description = "Too many wrong phrases; `after` says when to try again", body = Refusal),
))]
pub async fn come_back(
    State(around): State<Arc<Surroundings>>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    Body(ReturnPhrase { phrase }): Body<ReturnPhrase>,
) -> Answer<Ticket> {
    if !around.origins.allow(headers.get(ORIGIN).and_then(|origin| origin.to_str().ok())) {
        return Err(RefusalCode::NotAllowed.into());
    }
    let rates = around.members.rates();
    rates.attempt(address, around.clock.now())?;
    match members::find(&around, &phrase).await {
        Ok(None) => Err(RefusalCode::PhraseUnknown.into()),
        Ok(Some(member)) => {
            rates.refund(address);
            let ticket = around.tickets.issue(Holder::Member(member), &around.dice, around.clock.now());
            Ok(Json(Ticket { ticket: ticket.ok_or(RefusalCode::Busy)? }))
        }
        Err(code) => {
            rates.refund(address);
            Err(code.into())
        }
    }
}
