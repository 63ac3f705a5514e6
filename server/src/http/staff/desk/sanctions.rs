//! What was decided about people: deciding, the list, and taking back.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use ibasho_moderation::desk::DeskRefusal;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::sanctions::Sanction;
use ibasho_protocol::api::desk::Made;
use ibasho_protocol::api::desk::sanctions::{Impose, PAGE, Sanctions};
use ibasho_protocol::desk::Scope;
use ibasho_protocol::desk::kind::Kind;
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::access::Signed;
use super::deeds::{Id, number};
use super::pace::Pacing;
use super::show;
use crate::Surroundings;
use crate::desk::OfficeError;
use crate::http::answer::{Answer, Body, Refused};

/// Longest text to look for, in bytes: a few words of a note.
const QUERY_BYTES: usize = 200;

/// Decide something about whom a case is about.
#[utoipa::path(post, path = "/api/v1/staff/desk/sanctions", tag = "staff", request_body = Impose,
    responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn impose(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(Impose { case, kind, scope, minutes, reason, note, permanent }): Body<Impose>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let actor = signed.actor(&around);
    if let Scope::Room(room) = &scope
        && !around.rooms.contains_key(room)
    {
        return Err(RefusalCode::RoomUnknown.into());
    }
    if permanent && (kind != Kind::Ban || minutes != 0) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    // Whom it is about, the server says: nobody else knows by what a person is known again.
    let seen = around.office.look(|desk, _| desk.case(case).filter(|case| desk.may_see(case, &actor)).cloned()).await?;
    let target = seen.ok_or(OfficeError::Refused(DeskRefusal::Unknown))?.about;
    let changes = if permanent {
        around.office.propose_permanent(target, scope, reason, note, actor).await?
    } else {
        let order = Order { target, kind, scope, minutes, reason, note, case: Some(case) };
        around.office.impose(order, actor).await?
    };
    Ok(Json(Made { id: changes.made.unwrap_or_default(), version: None }))
}

/// Take a sanction back: then it was never one.
#[utoipa::path(post, path = "/api/v1/staff/desk/sanctions/{id}/undo", tag = "staff", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Refusal), (status = 409, body = Refusal)))]
pub(super) async fn undo(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
) -> Result<StatusCode, Refused> {
    signed.pace(&around, Pacing::Decide)?;
    around.office.undo(number(id)?, signed.actor(&around)).await.map(drop)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What one looks for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Sought {
    /// A number of a sanction or person, a code of a kind or reason, a room, or a part of a note.
    #[serde(default)]
    q: String,
    /// Only what is in force.
    #[serde(default)]
    in_force: bool,
    /// Only what is older than the sanction with this number.
    before: Option<u64>,
}

/// The sanctions that are kept and one may see, the newest first.
#[utoipa::path(get, path = "/api/v1/staff/desk/sanctions", tag = "staff", params(Sought),
    responses((status = 200, body = Sanctions), (status = 400, body = Refusal)))]
pub(super) async fn list(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    sought: Result<Query<Sought>, QueryRejection>,
) -> Answer<Sanctions> {
    signed.pace(&around, Pacing::Look)?;
    let Ok(Query(Sought { q, in_force, before })) = sought else { return Err(RefusalCode::BadShape.into()) };
    if q.len() > QUERY_BYTES {
        return Err(RefusalCode::TextTooLong.into());
    }
    let (actor, q) = (signed.actor(&around), q.trim().to_lowercase());
    let told = around.office.look(|desk, now| {
        let found = desk
            .sanctions(&actor)
            .filter(|have| before.is_none_or(|before| have.id < before))
            .filter(|have| !in_force || have.is_in_force(now))
            .filter(|have| fits(have, &q));
        let mut sanctions: Vec<_> = found.take(PAGE + 1).map(|have| show::sanction(have, &actor, now)).collect();
        let more = sanctions.len() > PAGE;
        sanctions.truncate(PAGE);
        Sanctions { sanctions, more }
    });
    Ok(Json(told.await?))
}

fn fits(sanction: &Sanction, q: &str) -> bool {
    let codes = [sanction.kind.code(), sanction.reason.code(), sanction.scope.room().unwrap_or("site")];
    q.is_empty()
        || q.parse().is_ok_and(|number: u64| number == sanction.id || number == sanction.target.subject.person)
        || codes.iter().any(|code| code.contains(q))
        || sanction.note.to_lowercase().contains(q)
}
