//! What the page asks for over HTTP: the place, a room's plan, a room's drawing.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, Entry, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use ibasho_protocol::plan::{Place, RoomPlan, RoomSummary};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::BODY_BYTES;
use super::{appeal, calendar, desk, members, openapi, page, voice};
use crate::Surroundings;
use crate::store::Store as _;

/// Scripts, styles and connections only from here; style attributes carry the colours of the figures.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    object-src 'none'";

/// Everything but the WebSocket.
pub fn routes(around: Arc<Surroundings>) -> Router {
    let (api, document) = api(&around);
    Router::new()
        .merge(api)
        .merge(openapi::route(&document))
        .route("/rooms/{file}", get(drawing))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .fallback(get(page::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn(secure))
        .with_state(around)
}

/// Every JSON route, and the document that describes them. A route is added with `routes!`, so that it is in both.
pub fn api(around: &Arc<Surroundings>) -> (Router<Arc<Surroundings>>, utoipa::openapi::OpenApi) {
    let public = OpenApiRouter::new().routes(routes!(place)).routes(routes!(room)).merge(calendar::shared());
    let members =
        OpenApiRouter::new().routes(routes!(members::come_back)).layer(DefaultBodyLimit::max(members::BODY_BYTES));
    let appeal = OpenApiRouter::new().routes(routes!(appeal::appeal)).layer(DefaultBodyLimit::max(appeal::BODY_BYTES));
    openapi::describe(
        OpenApiRouter::new()
            .merge(public.layer(from_fn(shared)))
            .merge(calendar::bookings())
            .merge(members)
            .merge(appeal)
            .merge(voice::routes())
            .merge(super::staff::routes(around))
            .merge(calendar::staff(around))
            .merge(desk::routes(around)),
    )
}

/// What everybody may know may be shown on any page.
async fn shared(request: Request, next: Next) -> Response {
    let asks = request.method() == Method::GET;
    let mut response = next.run(request).await;
    if asks {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A page with a policy of its own is made to be shown in the frame of another site.
    if let Entry::Vacant(policy) = headers.entry(CONTENT_SECURITY_POLICY) {
        policy.insert(HeaderValue::from_static(POLICY));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Where somebody came from or goes to is nobody's business.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let permissions = HeaderValue::from_static("camera=(), geolocation=(), microphone=(self)");
    headers.insert(HeaderName::from_static("permissions-policy"), permissions);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What the entrance shows: the place, its rules, its rooms.
#[utoipa::path(get, path = "/api/v1/place", tag = "public", responses((status = 200, body = Place)))]
async fn place(State(around): State<Arc<Surroundings>>) -> Json<Place> {
    let rooms = around.rooms.values().map(|room| summary(&around, &room.plan)).collect();
    Json(around.config.place.tell(rooms, &around.config.keep))
}

fn summary(around: &Surroundings, plan: &RoomPlan) -> RoomSummary {
    let handle = around.registry.get(&plan.id);
    let open = handle.is_some() && around.is_open(&plan.id);
    RoomSummary {
        id: plan.id.clone(),
        name: plan.name.clone(),
        about: plan.about.clone(),
        inside: handle.as_ref().map_or(0, crate::room::handle::RoomHandle::inside),
        capacity: plan.capacity,
        open,
        opens: if open { None } else { around.opens(&plan.id) },
        practice: plan.practice,
    }
}

/// The plan of a room.
#[utoipa::path(get, path = "/api/v1/rooms/{id}", tag = "public", params(("id" = String, Path, description = "The room")),
    responses((status = 200, body = RoomPlan), (status = 404, description = "No such room")))]
async fn room(State(around): State<Arc<Surroundings>>, Path(id): Path<String>) -> Response {
    match around.rooms.get(&id) {
        Some(room) => Json(&*room.plan).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn drawing(State(around): State<Arc<Surroundings>>, Path(file): Path<String>) -> Response {
    let room = file.strip_suffix(".svg").and_then(|id| around.rooms.get(id));
    match room {
        Some(room) => {
            ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")], room.svg.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn ready(State(around): State<Arc<Surroundings>>) -> (StatusCode, &'static str) {
    if around.stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match around.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}
