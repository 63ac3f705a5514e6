//! One's own logins and passphrase.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use ibasho_protocol::api::staff::{ChangePassphrase, Login, Me};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;

use super::access::Signed;
use super::cookie;
use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};
use crate::staff::{entry, passphrase, people};
use crate::store::staff::{accounts, begin, logins};

/// When a login was used is told to the hour.
const HOUR_MS: Millis = 60 * 60_000;

/// Who one is.
#[utoipa::path(get, path = "/api/v1/staff/me", tag = "staff", responses((status = 200, body = Me)))]
pub(super) async fn me(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Me> {
    let mut db = around.store.pool().acquire().await?;
    Ok(Json(entry::me(&mut db, &signed.account, &signed.login).await?))
}

/// One's own logins, the newest first.
#[utoipa::path(get, path = "/api/v1/staff/logins", tag = "staff", responses((status = 200, body = Vec<Login>)))]
pub(super) async fn list(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Vec<Login>> {
    let own = logins::of(&mut *around.store.pool().acquire().await?, &signed.account.id).await?;
    let told = own.into_iter().map(|login| Login {
        here: login.id == signed.login.id,
        id: login.id,
        since: login.since,
        used: login.used / HOUR_MS * HOUR_MS,
        way: login.way,
    });
    Ok(Json(told.collect()))
}

/// End one of one's own logins.
#[utoipa::path(delete, path = "/api/v1/staff/logins/{id}", tag = "staff",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn end(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let mut db = begin(around.store.pool()).await?;
    let own = logins::of(&mut db, &signed.account.id).await?;
    let login = own.iter().find(|login| login.id == id).ok_or(RefusalCode::NotFound)?;
    entry::end(&mut db, login, around.clock.now()).await?;
    db.commit().await?;
    around.staff.bell.notify_one();
    if id == signed.login.id {
        return Ok((StatusCode::NO_CONTENT, [cookie::forget(cookie::is_secure(&headers))]).into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// End the login that asks.
#[utoipa::path(post, path = "/api/v1/staff/sign-out", tag = "staff", responses((status = 204)))]
pub(super) async fn sign_out(
    around: State<Arc<Surroundings>>,
    signed: Signed,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let own = Path(signed.login.id.clone());
    end(around, signed, headers, own).await
}

/// Change the passphrase. Who has one says it first; the other logins end.
#[utoipa::path(put, path = "/api/v1/staff/passphrase", tag = "staff",
    request_body = ChangePassphrase, responses((status = 204)))]
pub(super) async fn change_passphrase(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(said): Body<ChangePassphrase>,
) -> Result<StatusCode, Refused> {
    let (staff, now, account) = (&around.staff, around.clock.now(), &signed.account);
    passphrase::check(&said.passphrase, &account.name)?;
    if account.passphrase.is_some() {
        let skeleton = people::skeleton(&account.name)?;
        staff.slow.attempt(&skeleton, now)?;
        let current = said.current.unwrap_or_default();
        if !staff.passphrases.is_right(account.passphrase.as_deref(), &current).await? {
            return Err(RefusalCode::SigninFailed.into());
        }
        staff.slow.right(&skeleton);
    }
    let stretched = staff.passphrases.stretch(&said.passphrase, &around.dice).await?;
    let mut db = begin(around.store.pool()).await?;
    accounts::set_passphrase(&mut db, &account.id, &stretched).await?;
    for login in logins::of(&mut db, &account.id).await?.iter().filter(|login| login.id != signed.login.id) {
        entry::end(&mut db, login, now).await?;
    }
    db.commit().await?;
    staff.bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
