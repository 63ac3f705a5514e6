//! Signing in, and accepting an invitation with a passphrase.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse as _, Response};
use ibasho_protocol::api::staff::{AcceptWithPassphrase, LoginWay, Me, Offered, SignIn};

use super::cookie;
use crate::Surroundings;
use crate::http::answer::{Body, Refused};
use crate::secret::Token;
use crate::staff::invitation::{self, Newcomer};
use crate::staff::{entry, fresh_id, passphrase};
use crate::store::staff::begin;

/// Who one is now, and the cookie that says so from here on.
pub(super) fn signed_in(headers: &HeaderMap, me: Me, token: Token) -> Response {
    ([cookie::login(token, cookie::is_secure(headers))], Json(me)).into_response()
}

/// What the sign-in page offers.
#[utoipa::path(get, path = "/api/v1/staff/ways", tag = "staff", responses((status = 200, body = Offered)))]
pub(super) async fn ways(State(around): State<Arc<Surroundings>>, headers: HeaderMap) -> Json<Offered> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let passkeys = around.staff.passkeys.as_ref().is_some_and(|passkeys| passkeys.work_at(host));
    Json(Offered { passkeys, oidc: around.staff.oidc.as_ref().map(|oidc| oidc.name.clone()) })
}

/// Sign in with a passphrase.
#[utoipa::path(post, path = "/api/v1/staff/sign-in/passphrase", tag = "staff",
    request_body = SignIn, responses((status = 200, body = Me)))]
pub(super) async fn with_passphrase(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Body(said): Body<SignIn>,
) -> Result<Response, Refused> {
    let (me, token) = entry::with_passphrase(&around, said).await?;
    Ok(signed_in(&headers, me, token))
}

/// Accept an invitation with a passphrase; signs in.
#[utoipa::path(post, path = "/api/v1/staff/invitation/passphrase", tag = "staff",
    request_body = AcceptWithPassphrase, responses((status = 200, body = Me)))]
pub(super) async fn accept_with_passphrase(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Body(AcceptWithPassphrase { token, name, passphrase }): Body<AcceptWithPassphrase>,
) -> Result<Response, Refused> {
    let now = around.clock.now();
    let hash = Token::received(token).hash();
    {
        let mut db = around.store.pool().acquire().await?;
        invitation::find(&mut db, hash, now).await?;
        invitation::check_name(&mut db, &name).await?;
    }
    passphrase::check(&passphrase, &name)?;
    let stretched = around.staff.passphrases.stretch(&passphrase, &around.dice).await?;
    let newcomer = Newcomer { id: fresh_id(&around.dice), name, passphrase: Some(stretched) };
    let mut db = begin(around.store.pool()).await?;
    let found = invitation::find(&mut db, hash, now).await?;
    let accepted = invitation::accept(&mut db, found, newcomer, LoginWay::Passphrase, &around.dice, now);
    let (account, login, token) = accepted.await?;
    let me = entry::me(&mut db, &account, &login).await?;
    db.commit().await?;
    Ok(signed_in(&headers, me, token))
}
