//! Passkeys: make one to accept an invitation or beside other ways, sign in with one, put one away.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use ibasho_protocol::api::staff::{AcceptWithPasskey, LoginWay, Passkey, PasskeyFinish, PasskeyStart};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use sha2::{Digest as _, Sha256};

use super::access::Signed;
use super::sign_in::signed_in;
use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};
use crate::secret::Token;
use crate::staff::invitation::{self, Newcomer};
use crate::staff::passkey::{Passkeys, Whose};
use crate::staff::{entry, fresh_id};
use crate::store::staff::passkeys::KeptPasskey;
use crate::store::staff::{accounts, begin, passkeys};

/// Most passkeys of one account: several devices.
const MOST: usize = 10;
/// When a passkey was made is told to the day.
const DAY_MS: Millis = 24 * 60 * 60_000;

fn offered(around: &Surroundings) -> Result<&Passkeys, RefusalCode> {
    around.staff.passkeys.as_ref().ok_or(RefusalCode::NotFound)
}

fn start((flow, options): (String, serde_json::Value)) -> Json<PasskeyStart> {
    Json(PasskeyStart { flow, options })
}

/// Begin to accept an invitation with a passkey.
#[utoipa::path(post, path = "/api/v1/staff/invitation/passkey/start", tag = "staff",
    request_body = AcceptWithPasskey, responses((status = 200, body = PasskeyStart)))]
pub(super) async fn accept_start(
    State(around): State<Arc<Surroundings>>,
    Body(AcceptWithPasskey { token, name }): Body<AcceptWithPasskey>,
) -> Answer<PasskeyStart> {
    let (keys, now, invitation) = (offered(&around)?, around.clock.now(), Token::received(token).hash());
    let mut db = around.store.pool().acquire().await?;
    invitation::find(&mut db, invitation, now).await?;
    let name = invitation::check_name(&mut db, &name).await?;
    let whose = Whose::Newcomer { id: fresh_id(&around.dice), name: name.clone(), invitation };
    Ok(start(keys.make(whose, &name, &[], &around.dice, now)?))
}

/// Accept an invitation with a passkey; signs in.
#[utoipa::path(post, path = "/api/v1/staff/invitation/passkey/finish", tag = "staff",
    request_body = PasskeyFinish, responses((status = 200, body = ibasho_protocol::api::staff::Me)))]
pub(super) async fn accept_finish(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Body(PasskeyFinish { flow, credential }): Body<PasskeyFinish>,
) -> Result<Response, Refused> {
    let now = around.clock.now();
    let (whose, key) = offered(&around)?.made(flow, credential, now)?;
    let Whose::Newcomer { id, name, invitation } = whose else { return Err(RefusalCode::Over.into()) };
    let mut db = begin(around.store.pool()).await?;
    let found = invitation::find(&mut db, invitation, now).await?;
    let newcomer = Newcomer { id, name, passphrase: None };
    let accepted = invitation::accept(&mut db, found, newcomer, LoginWay::Passkey, &around.dice, now);
    let (account, login, token) = accepted.await?;
    if !passkeys::add(&mut db, &account.id, &key).await? {
        return Err(RefusalCode::SigninFailed.into());
    }
    let me = entry::me(&mut db, &account, &login).await?;
    db.commit().await?;
    Ok(signed_in(&headers, me, token))
}

/// Begin to sign in with a passkey.
#[utoipa::path(post, path = "/api/v1/staff/sign-in/passkey/start", tag = "staff",
    responses((status = 200, body = PasskeyStart)))]
pub(super) async fn sign_in_start(State(around): State<Arc<Surroundings>>) -> Answer<PasskeyStart> {
    Ok(start(offered(&around)?.ask(&around.dice, around.clock.now())?))
}

/// Sign in with a passkey.
#[utoipa::path(post, path = "/api/v1/staff/sign-in/passkey/finish", tag = "staff",
    request_body = PasskeyFinish, responses((status = 200, body = ibasho_protocol::api::staff::Me)))]
pub(super) async fn sign_in_finish(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Body(PasskeyFinish { flow, credential }): Body<PasskeyFinish>,
) -> Result<Response, Refused> {
    let (keys, now) = (offered(&around)?, around.clock.now());
    let answer = keys.answer(flow, credential, now)?;
    let mut db = begin(around.store.pool()).await?;
    let account = accounts::by_id(&mut db, &answer.account).await?.ok_or(RefusalCode::SigninFailed)?;
    if let Some(newer) = answer.check(keys, &passkeys::of(&mut db, &account.id).await?)? {
        passkeys::update(&mut db, &newer).await?;
    }
    let (login, token) = entry::begin_login(&mut db, &account, LoginWay::Passkey, &around.dice, now).await?;
    let me = entry::me(&mut db, &account, &login).await?;
    db.commit().await?;
    around.staff.bell.notify_one();
    Ok(signed_in(&headers, me, token))
}

/// Begin to make one more passkey.
#[utoipa::path(post, path = "/api/v1/staff/passkeys/start", tag = "staff",
    responses((status = 200, body = PasskeyStart)))]
pub(super) async fn add_start(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<PasskeyStart> {
    let (keys, account) = (offered(&around)?, signed.account);
    let known = passkeys::of(&mut *around.store.pool().acquire().await?, &account.id).await?;
    if known.len() >= MOST {
        return Err(RefusalCode::ListFull.into());
    }
    let whose = Whose::Account(account.id);
    Ok(start(keys.make(whose, &account.name, &known, &around.dice, around.clock.now())?))
}

/// Make one more passkey.
#[utoipa::path(post, path = "/api/v1/staff/passkeys/finish", tag = "staff",
    request_body = PasskeyFinish, responses((status = 204)))]
pub(super) async fn add_finish(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(PasskeyFinish { flow, credential }): Body<PasskeyFinish>,
) -> Result<StatusCode, Refused> {
    let (whose, key) = offered(&around)?.made(flow, credential, around.clock.now())?;
    if !matches!(whose, Whose::Account(id) if id == signed.account.id) {
        return Err(RefusalCode::Over.into());
    }
    let mut db = begin(around.store.pool()).await?;
    if passkeys::of(&mut db, &signed.account.id).await?.len() >= MOST {
        return Err(RefusalCode::ListFull.into());
    }
    if !passkeys::add(&mut db, &signed.account.id, &key).await? {
        return Err(RefusalCode::InUse.into());
    }
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What names a passkey in an address: its own id may be long, and is nobody else's business.
fn short_id(key: &KeptPasskey) -> String {
    let digest = Sha256::digest(&key.credential);
    digest[..16].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// One's own passkeys, the oldest first.
#[utoipa::path(get, path = "/api/v1/staff/passkeys", tag = "staff", responses((status = 200, body = Vec<Passkey>)))]
pub(super) async fn list(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Vec<Passkey>> {
    let own = passkeys::of(&mut *around.store.pool().acquire().await?, &signed.account.id).await?;
    let told = own.iter().map(|key| Passkey { id: short_id(key), made: key.made / DAY_MS * DAY_MS });
    Ok(Json(told.collect()))
}

/// Put a passkey away. The last way to sign in stays.
#[utoipa::path(delete, path = "/api/v1/staff/passkeys/{id}", tag = "staff",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn remove(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    let mut db = begin(around.store.pool()).await?;
    let account = accounts::by_id(&mut db, &signed.account.id).await?.ok_or(RefusalCode::Signin)?;
    let own = passkeys::of(&mut db, &account.id).await?;
    let key = own.iter().find(|key| short_id(key) == id).ok_or(RefusalCode::NotFound)?;
    let linked = passkeys::is_linked(&mut db, &account.id).await?;
    if own.len() == 1 && account.passphrase.is_none() && !linked {
        return Err(RefusalCode::InUse.into());
    }
    passkeys::remove(&mut db, &account.id, &key.credential).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
