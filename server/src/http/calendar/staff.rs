//! What staff plan: sessions, codes, and the templates they begin with.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ibasho_moderation::roles::Action;
use ibasho_protocol::api::calendar::{ChangePlan, Codes, KeptPlan, MakeCodes, SessionPlan, Template};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Surroundings;
use crate::calendar::plans;
use crate::http::answer::{Answer, Body, Refused};
use crate::http::staff::access::{Needs, Signed, guarded};

/// For those who lead sessions, each for their own rooms.
pub fn routes(around: &Arc<Surroundings>) -> OpenApiRouter<Arc<Surroundings>> {
    let routes = OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(change, remove))
        .routes(routes!(begin_with))
        .routes(routes!(make_codes));
    guarded(around, Needs::May(Action::Phases), routes)
}

/// The plans of one's rooms, with their next sessions.
#[utoipa::path(get, path = "/api/v1/staff/plans", tag = "staff",
    responses((status = 200, body = Vec<KeptPlan>), (status = "4XX", body = Refusal)))]
async fn list(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Vec<KeptPlan>> {
    Ok(Json(plans::list(&around, |room| signed.reaches(room)).await?))
}

/// Plan a session, or a series of them.
#[utoipa::path(post, path = "/api/v1/staff/plans", tag = "staff", request_body = SessionPlan,
    responses((status = 200, body = KeptPlan), (status = "4XX", body = Refusal)))]
async fn add(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(plan): Body<SessionPlan>,
) -> Answer<KeptPlan> {
    reaches(&signed, &plan.room)?;
    Ok(Json(plans::add(&around, plan).await?))
}

/// Change a plan. Who was slower than a colleague is told `overtaken`, and looks again.
#[utoipa::path(put, path = "/api/v1/staff/plans/{id}", tag = "staff",
    params(("id" = String, Path, description = "The plan")), request_body = ChangePlan,
    responses((status = 200, body = KeptPlan), (status = "4XX", body = Refusal)))]
async fn change(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Path(id): Path<String>,
    Body(asked): Body<ChangePlan>,
) -> Answer<KeptPlan> {
    reaches(&signed, &asked.plan.room)?;
    Ok(Json(plans::change(&around, &id, asked, |room| signed.reaches(room)).await?))
}

/// Give a plan up. Not while somebody counts on a seat: cancel those dates first.
#[utoipa::path(delete, path = "/api/v1/staff/plans/{id}", tag = "staff",
    params(("id" = String, Path, description = "The plan")),
    responses((status = 204), (status = "4XX", body = Refusal)))]
async fn remove(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    plans::remove(&around, &id, |room| signed.reaches(room)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Programmes to begin with.
#[utoipa::path(get, path = "/api/v1/staff/templates", tag = "staff",
    responses((status = 200, body = Vec<Template>), (status = "4XX", body = Refusal)))]
async fn begin_with(State(around): State<Arc<Surroundings>>, _: Signed) -> Json<Vec<Template>> {
    Json(around.templates.clone())
}

/// Make codes for those who are invited or referred. They are shown once.
#[utoipa::path(post, path = "/api/v1/staff/codes", tag = "staff", request_body = MakeCodes,
    responses((status = 200, body = Codes), (status = "4XX", body = Refusal)))]
async fn make_codes(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(asked): Body<MakeCodes>,
) -> Answer<Codes> {
    Ok(Json(plans::make_codes(&around, &asked, |room| signed.reaches(room)).await?))
}

fn reaches(signed: &Signed, room: &str) -> Result<(), RefusalCode> {
    if signed.reaches(room) { Ok(()) } else { Err(RefusalCode::NotAllowed) }
}
