//! Who is staff: owners list, change and remove.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ibasho_protocol::api::staff::{ChangeColleague, Colleague};

use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};
use crate::staff::invitation::Offer;
use crate::staff::people;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::begin;

fn colleague(account: Account) -> Colleague {
    let Account { id, name, role, rooms, seen, .. } = account;
    Colleague { id, name, role, rooms, seen }
}

/// Everybody who is staff.
#[utoipa::path(get, path = "/api/v1/staff/people", tag = "staff", responses((status = 200, body = Vec<Colleague>)))]
pub(super) async fn list(State(around): State<Arc<Surroundings>>) -> Answer<Vec<Colleague>> {
    let all = accounts::all(&mut *around.store.pool().acquire().await?).await?;
    Ok(Json(all.into_iter().map(colleague).collect()))
}

/// Change what somebody is. The last owner stays one.
#[utoipa::path(put, path = "/api/v1/staff/people/{id}", tag = "staff",
    params(("id" = String, Path)), request_body = ChangeColleague, responses((status = 200, body = Colleague)))]
pub(super) async fn change(
    State(around): State<Arc<Surroundings>>,
    Path(id): Path<String>,
    Body(ChangeColleague { role, rooms }): Body<ChangeColleague>,
) -> Answer<Colleague> {
    let offer = Offer::new(role, rooms, |room| around.rooms.contains_key(room))?;
    let mut db = begin(around.store.pool()).await?;
    let changed = people::change(&mut db, &id, offer, &around.dice, around.clock.now()).await?;
    db.commit().await?;
    around.staff.bell.notify_one();
    around.hooks.bell.notify_one();
    Ok(Json(colleague(changed)))
}

/// Remove somebody. The last owner stays.
#[utoipa::path(delete, path = "/api/v1/staff/people/{id}", tag = "staff",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn remove(
    State(around): State<Arc<Surroundings>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    let mut db = begin(around.store.pool()).await?;
    people::remove(&mut db, &id, &around.dice, around.clock.now()).await?;
    db.commit().await?;
    around.staff.bell.notify_one();
    around.hooks.bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
