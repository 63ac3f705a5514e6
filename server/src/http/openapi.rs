//! The document that says what the API speaks (`OpenAPI` 3.1), made from the routes themselves.

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::routing::get;
use bytes::Bytes;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::Surroundings;

/// What stands above the routes. A refusal is what every route may answer with a status of 400 and above.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "ibasho", description = "Times are milliseconds since the Unix epoch; dates are YYYY-MM-DD and times \
        of day HH:MM in the time zone of the place. A refusal is a Refusal with a fitting status. Routes under \
        /api/v1/staff need the cookie of a staff login; those that change something also need an Origin of this place."),
    components(schemas(ibasho_protocol::refusal::Refusal)),
    tags((name = "public", description = "For everybody"), (name = "staff", description = "For staff")),
)]
struct Head;

/// Takes the routes apart: what serves, and what describes.
pub fn describe(routes: OpenApiRouter<Arc<Surroundings>>) -> (Router<Arc<Surroundings>>, OpenApi) {
    let (router, paths) = routes.split_for_parts();
    let mut document = Head::openapi();
    document.merge(paths);
    document.info.version = env!("CARGO_PKG_VERSION").into();
    (router, document)
}

/// `GET /api/v1/openapi.json`.
pub fn route(document: &OpenApi) -> Router<Arc<Surroundings>> {
    // A document of our own types always becomes JSON; an empty one would be seen by the tests.
    let text = Bytes::from(document.to_json().unwrap_or_default());
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    Router::new().route("/api/v1/openapi.json", get(move || async move { (head, text) }))
}
