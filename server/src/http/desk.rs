//! What hosts read between sessions: the suggestion box, and the numbers for the yearly report.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDate;
use ibasho_moderation::roles::Action;
use ibasho_protocol::api::calendar::{BoxNote, SessionCount, Statistics};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Answer, Refused};
use super::staff::access::{Needs, Signed, guarded};
use crate::Surroundings;
use crate::statistics::{show, table};
use crate::store::{statistics, suggestions};

/// Longest span of a report, in days: a year, and some to choose its beginning.
const MOST_DAYS: i64 = 400;

/// The routes, by what they need.
pub(crate) fn routes(around: &Arc<Surroundings>) -> OpenApiRouter<Arc<Surroundings>> {
    let notes = OpenApiRouter::new().routes(routes!(read_box)).routes(routes!(take_out));
    let numbers = OpenApiRouter::new().routes(routes!(numbers)).routes(routes!(report));
    guarded(around, Needs::May(Action::Suggestions), notes).merge(guarded(
        around,
        Needs::May(Action::Statistics),
        numbers,
    ))
}

/// The rooms that an account is for; `None` for all.
fn reach(signed: &Signed) -> Option<&[String]> {
    (!signed.account.rooms.is_empty()).then_some(signed.account.rooms.as_slice())
}

/// The notes in the suggestion boxes of one's rooms, the newest day first.
#[utoipa::path(get, path = "/api/v1/staff/box", tag = "staff", responses((status = 200, body = [BoxNote])))]
async fn read_box(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Vec<BoxNote>> {
    Ok(Json(suggestions::read(&around.store, reach(&signed)).await?))
}

/// Take a note out of the box, for good.
#[utoipa::path(delete, path = "/api/v1/staff/box/{id}", tag = "staff", params(("id" = u32, Path, description = "The note")),
    responses((status = 204), (status = 404, body = Refusal)))]
async fn take_out(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Result<Path<u32>, PathRejection>,
) -> Result<StatusCode, Refused> {
    let Ok(Path(id)) = id else { return Err(RefusalCode::NotFound.into()) };
    if suggestions::take_out(&around.store, id, reach(&signed)).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(RefusalCode::NotFound.into())
    }
}

/// From one day to another, both included.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Span {
    /// The first day, `YYYY-MM-DD`.
    from: String,
    /// The last day, at most 400 days later.
    to: String,
}

/// The numbers of the sessions in one's rooms; groups under five are hidden.
#[utoipa::path(get, path = "/api/v1/staff/statistics", tag = "staff", params(Span),
    responses((status = 200, body = Statistics), (status = 400, body = Refusal)))]
async fn numbers(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    span: Result<Query<Span>, QueryRejection>,
) -> Answer<Statistics> {
    Ok(Json(Statistics { sessions: sessions(&around, &signed, span).await? }))
}

/// The same as a table for a spreadsheet.
#[utoipa::path(get, path = "/api/v1/staff/statistics.csv", tag = "staff", params(Span),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = Refusal)))]
async fn report(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    span: Result<Query<Span>, QueryRejection>,
) -> Result<Response, Refused> {
    let sessions = sessions(&around, &signed, span).await?;
    let rooms: BTreeMap<&str, &str> =
        around.rooms.iter().map(|(id, room)| (id.as_str(), room.plan.name.ja.as_str())).collect();
    let table = table(&sessions, &rooms).map_err(|error| {
        tracing::error!(%error, "no table");
        RefusalCode::Busy
    })?;
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"ibasho-statistics.csv\""),
    ];
    Ok((head, table).into_response())
}

async fn sessions(
    around: &Surroundings,
    signed: &Signed,
    span: Result<Query<Span>, QueryRejection>,
) -> Result<Vec<SessionCount>, Refused> {
    let Ok(Query(span)) = span else { return Err(RefusalCode::BadShape.into()) };
    let (from, to) = (date(&span.from)?, date(&span.to)?);
    if !(0..=MOST_DAYS).contains(&(to - from).num_days()) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    let counted = statistics::between(&around.store, reach(signed), &from.to_string(), &to.to_string()).await?;
    Ok(counted.iter().map(show).collect())
}

/// Four digits of a year, two of a month, two of a day: other forms would not sort as the stored days do.
fn date(text: &str) -> Result<NaiveDate, RefusalCode> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| RefusalCode::BadDate)?;
    if date.to_string() == text { Ok(date) } else { Err(RefusalCode::BadDate) }
}
