//! Booking, and themes suggested beforehand. Codes travel in bodies, never in addresses.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use ibasho_protocol::api::calendar::{Book, Booking, BookingCode, SuggestTheme};
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use crate::Surroundings;
use crate::calendar::book;
use crate::http::answer::{Answer, Body, Peer, Refused};

/// Book a seat with a nickname, or a place on the waiting list.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/bookings", tag = "public",
    params(("id" = String, Path, description = "The session")), request_body = Book,
    responses((status = 200, body = Booking, description = "The only answer that tells the code"), (status = "4XX", body = Refusal)))]
pub async fn book(
    State(around): State<Arc<Surroundings>>,
    Extension(peer): Extension<Peer>,
    Path(id): Path<String>,
    Body(asked): Body<Book>,
) -> Answer<Booking> {
    paced(&around, peer)?;
    Ok(Json(book::book(&around, &id, asked).await?))
}

/// The booking of a code.
#[utoipa::path(post, path = "/api/v1/bookings/show", tag = "public", request_body = BookingCode,
    responses((status = 200, body = Booking), (status = "4XX", body = Refusal)))]
pub async fn show(
    State(around): State<Arc<Surroundings>>,
    Extension(peer): Extension<Peer>,
    Body(asked): Body<BookingCode>,
) -> Answer<Booking> {
    paced(&around, peer)?;
    Ok(Json(book::show(&around, &asked.code).await?))
}

/// Cancel the booking of a code. Whoever waits first has the seat from then on.
#[utoipa::path(post, path = "/api/v1/bookings/cancel", tag = "public", request_body = BookingCode,
    responses((status = 204), (status = "4XX", body = Refusal)))]
pub async fn cancel(
    State(around): State<Arc<Surroundings>>,
    Extension(peer): Extension<Peer>,
    Body(asked): Body<BookingCode>,
) -> Result<StatusCode, Refused> {
    paced(&around, peer)?;
    book::cancel(&around, &asked.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Suggest a theme before the doors open. Nobody is told whose it is.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/themes", tag = "public",
    params(("id" = String, Path, description = "The session")), request_body = SuggestTheme,
    responses((status = 204), (status = "4XX", body = Refusal)))]
pub async fn suggest(
    State(around): State<Arc<Surroundings>>,
    Extension(peer): Extension<Peer>,
    Path(id): Path<String>,
    Body(asked): Body<SuggestTheme>,
) -> Result<StatusCode, Refused> {
    paced(&around, peer)?;
    book::suggest(&around, &id, &asked.text).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn paced(around: &Surroundings, Peer(address): Peer) -> Result<(), Refusal> {
    let taken = around.calendar.rates.take(address, around.clock.now());
    taken.map_err(|after| Refusal::new(RefusalCode::TooFast).after(after))
}
