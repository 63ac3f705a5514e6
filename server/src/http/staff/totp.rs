//! The second step: set up an authenticator app, or put it away.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ibasho_protocol::api::staff::{TotpCode, TotpStart};
use ibasho_protocol::refusal::RefusalCode;

use super::access::Signed;
use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};
use crate::secret::Token;
use crate::staff::{people, totp};
use crate::store::staff::{accounts, begin};

/// A secret for an authenticator app. Only a passphrase needs a second step, and there is one app at a time.
#[utoipa::path(post, path = "/api/v1/staff/totp/start", tag = "staff", responses((status = 200, body = TotpStart)))]
pub(super) async fn start(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<TotpStart> {
    if signed.account.passphrase.is_none() {
        return Err(RefusalCode::NotNow.into());
    }
    if signed.account.totp.is_some() {
        return Err(RefusalCode::InUse.into());
    }
    let secret = totp::draw(&around.dice);
    let shown = totp::show(&secret, &around.config.place.name.ja, &signed.account.name)
        .map_err(|_| RefusalCode::ValueOutOfRange)?;
    let key = Token::received(signed.login.id).hash();
    around.staff.totp.put(key, secret, around.clock.now(), totp::SET_UP_MS)?;
    Ok(Json(shown))
}

/// The first code shows that the app works.
#[utoipa::path(post, path = "/api/v1/staff/totp/finish", tag = "staff",
    request_body = TotpCode, responses((status = 204)))]
pub(super) async fn finish(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(TotpCode { code }): Body<TotpCode>,
) -> Result<StatusCode, Refused> {
    let (now, key) = (around.clock.now(), Token::received(signed.login.id).hash());
    let secret = around.staff.totp.look(key, now)?;
    let step = totp::step(&secret, &code, now).ok_or(RefusalCode::SigninFailed)?;
    let mut db = begin(around.store.pool()).await?;
    let account = accounts::by_id(&mut db, &signed.account.id).await?.ok_or(RefusalCode::Signin)?;
    if account.totp.is_some() {
        return Err(RefusalCode::InUse.into());
    }
    accounts::set_totp(&mut db, &account.id, Some(&secret), step).await?;
    db.commit().await?;
    // It was there a moment ago; if it is over by now, it is gone all the same.
    let _ = around.staff.totp.take(key, now);
    Ok(StatusCode::NO_CONTENT)
}

/// Put the authenticator app away.
#[utoipa::path(post, path = "/api/v1/staff/totp/off", tag = "staff",
    request_body = TotpCode, responses((status = 204)))]
pub(super) async fn off(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(TotpCode { code }): Body<TotpCode>,
) -> Result<StatusCode, Refused> {
    let (now, account) = (around.clock.now(), &signed.account);
    let secret = account.totp.as_ref().ok_or(RefusalCode::NotFound)?;
    let skeleton = people::skeleton(&account.name)?;
    around.staff.slow.attempt(&skeleton, now)?;
    let step = totp::step(secret, &code, now).ok_or(RefusalCode::SigninFailed)?;
    let mut db = begin(around.store.pool()).await?;
    if !accounts::use_step(&mut db, &account.id, step).await? {
        return Err(RefusalCode::SigninFailed.into());
    }
    accounts::set_totp(&mut db, &account.id, None, step).await?;
    db.commit().await?;
    around.staff.slow.right(&skeleton);
    Ok(StatusCode::NO_CONTENT)
}
