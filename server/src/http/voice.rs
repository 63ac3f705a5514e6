//! Voice over HTTP: whether there is any, and a practice before meeting anybody.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::{Extension, Json};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::voice::{Practice, Practising, SDP_BYTES, Voice};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Body, Peer};
use crate::Surroundings;
use crate::voice::ECHO_SECONDS;

/// Largest body, in bytes: the longest offer, each of its line ends written as four characters in JSON.
const BODY_BYTES: usize = 2 * SDP_BYTES;

/// The routes.
pub fn routes() -> OpenApiRouter<Arc<Surroundings>> {
    let practice = OpenApiRouter::new().routes(routes!(practise)).layer(DefaultBodyLimit::max(BODY_BYTES));
    OpenApiRouter::new().routes(routes!(voice)).merge(practice)
}

/// Whether there is voice here, and how to reach it from networks that let nothing else through.
#[utoipa::path(get, path = "/api/v1/voice", tag = "public", responses((status = 200, body = Voice)))]
async fn voice(State(around): State<Arc<Surroundings>>) -> Json<Voice> {
    let ice_servers = around.voice.as_ref().map(|voice| voice.ice_servers()).unwrap_or_default();
    Json(Voice { on: around.voice.is_some(), ice_servers })
}

/// Hear one's own voice, before meeting anybody: an offer for an answer. No page of another site can ask for it: browsers do
/// not send JSON there without being allowed to (Fetch standard, CORS preflight), and nothing here allows it.
#[utoipa::path(post, path = "/api/v1/practice", tag = "public", request_body = Practice, responses(
    (status = 200, body = Practising),
    (status = 400, description = "The offer cannot be used, or shows an address", body = Refusal),
    (status = 429, description = "Too often; `after` says when to try again", body = Refusal),
    (status = 503, description = "Too many practise at the moment", body = Refusal),
))]
async fn practise(
    State(around): State<Arc<Surroundings>>,
    Extension(Peer(address)): Extension<Peer>,
    Body(Practice { sdp }): Body<Practice>,
) -> Answer<Practising> {
    let taken = around.practices.take(address, around.clock.now());
    taken.map_err(|after| Refusal::new(RefusalCode::TooFast).after(after))?;
    let media = around.voice.clone().ok_or(RefusalCode::NoVoice)?;
    let sdp = media.echo(sdp).await?;
    Ok(Json(Practising { sdp, seconds: ECHO_SECONDS }))
}
