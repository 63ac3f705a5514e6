//! The municipality's sign-in: there and back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};
use ibasho_protocol::api::staff::{OidcGo, OidcStart};
use ibasho_protocol::refusal::RefusalCode;
use serde::Deserialize;

use super::cookie;
use crate::Surroundings;
use crate::http::answer::{Body, Refused};
use crate::secret::Token;
use crate::staff::oidc::{Failed, GOOD_MS, Newcomer};
use crate::staff::{identity, invitation};

impl From<Failed> for Refused {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused => RefusalCode::SigninFailed.into(),
            Failed::Silent => RefusalCode::Busy.into(),
        }
    }
}

/// Begin to sign in at the municipality, or to accept an invitation that way. The page then goes to the address.
#[utoipa::path(post, path = "/api/v1/staff/oidc/start", tag = "staff",
    request_body = OidcStart, responses((status = 200, body = OidcGo)))]
pub(super) async fn start(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Body(OidcStart { invitation }): Body<OidcStart>,
) -> Result<Response, Refused> {
    let (oidc, now) = (around.staff.oidc.as_ref().ok_or(RefusalCode::NotFound)?, around.clock.now());
    let newcomer = match invitation {
        None => None,
        Some(accept) => {
            let invitation = Token::received(accept.token).hash();
            let mut db = around.store.pool().acquire().await?;
            invitation::find(&mut db, invitation, now).await?;
            Some(Newcomer { invitation, name: invitation::check_name(&mut db, &accept.name).await? })
        }
    };
    let (url, browser) = oidc.begin(newcomer, &around.dice, now).await?;
    let cookie = cookie::flow(browser, GOOD_MS / 1000, cookie::is_secure(&headers));
    Ok(([cookie], Json(OidcGo { url })).into_response())
}

/// What the provider adds to the address.
#[derive(Deserialize)]
pub(super) struct Back {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
}

/// Back from the municipality: to the staff page, signed in or with why not in the fragment (`#refused=CODE`).
#[utoipa::path(get, path = "/api/v1/staff/oidc/callback", tag = "staff", responses((status = 303)))]
pub(super) async fn callback(
    State(around): State<Arc<Surroundings>>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Response {
    // The browser comes from elsewhere and sends no origin; what is configured says whether there is TLS.
    let secure = around.staff.public_url.starts_with("https://");
    let forget = cookie::forget_flow(secure);
    match arrive(&around, &headers, back).await {
        Ok(token) => {
            let cookies = AppendHeaders([cookie::login(token, secure), forget]);
            (cookies, Redirect::to("/staff")).into_response()
        }
        Err(Refused(refusal)) => {
            let code = serde_json::to_value(refusal.code).ok();
            let code = code.as_ref().and_then(serde_json::Value::as_str).unwrap_or("signin_failed");
            (AppendHeaders([forget]), Redirect::to(&format!("/staff#refused={code}"))).into_response()
        }
    }
}

async fn arrive(around: &Surroundings, headers: &HeaderMap, back: Back) -> Result<Token, Refused> {
    let oidc = around.staff.oidc.as_ref().ok_or(RefusalCode::NotFound)?;
    // Without a code it is a no: they did not want to, or may not.
    let (Some(state), Some(code)) = (back.state, back.code) else { return Err(RefusalCode::SigninFailed.into()) };
    let browser = cookie::read(headers, cookie::FLOW);
    let returned = oidc.end(state, code, back.iss.as_deref(), browser, around.clock.now()).await?;
    identity::sign_in(around, returned).await
}
