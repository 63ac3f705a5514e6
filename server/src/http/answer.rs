//! What the API shares: bodies that are checked on the way in, and refusals with a fitting status on the way out.

use std::net::IpAddr;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::calendar::Failed;
use crate::store::StoreError;

/// Largest body, in bytes: the longest plan (20 phases, each with every text at its longest in three languages).
pub const BODY_BYTES: usize = 256 * 1024;
/// A body must be complete in this time: it is small, and a slow sender holds a connection.
const READING: Duration = Duration::from_secs(10);

/// A JSON answer, or a refusal.
pub type Answer<T> = Result<Json<T>, Refused>;

/// A refusal as a response: `{ code, retry, after?, try_nick? }`.
#[derive(Debug, ToSchema)]
pub struct Refused(pub Refusal);

impl From<RefusalCode> for Refused {
    fn from(code: RefusalCode) -> Self {
        Self(code.into())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not answer");
        Self(RefusalCode::Busy.into())
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<Failed> for Refused {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused(code) => code.into(),
            Failed::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let after = self.0.after;
        let mut response = (status(self.0.code), Json(self.0)).into_response();
        if let Some(millis) = after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(millis.div_ceil(1000)));
        }
        response
    }
}

/// The HTTP status that says the same as a refusal.
fn status(code: RefusalCode) -> StatusCode {
    use RefusalCode as R;
    match code {
        R::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
        R::TooFast => StatusCode::TOO_MANY_REQUESTS,
        R::Busy => StatusCode::SERVICE_UNAVAILABLE,
        R::Signin | R::SigninFailed | R::SigninCode => StatusCode::UNAUTHORIZED,
        R::NotAllowed
        | R::NotInReach
        | R::AboutYou
        | R::DecidedByYou
        | R::NeverAnOffence
        | R::KnownOnly
        | R::CodeNeeded
        | R::DeclareFirst
        | R::NoObservers => StatusCode::FORBIDDEN,
        R::NotFound | R::RoomUnknown | R::PhraseUnknown | R::CodeUnknown => StatusCode::NOT_FOUND,
        R::AlreadyHandled
        | R::Stale
        | R::InForceAlready
        | R::AppealedAlready
        | R::Overtaken
        | R::InUse
        | R::NameTaken
        | R::NicknameTaken
        | R::ListFull
        | R::RoomFull => StatusCode::CONFLICT,
        R::Over | R::TicketVoid => StatusCode::GONE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// A JSON body. What cannot be read is a typed refusal, and never an echo of what was sent.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match tokio::time::timeout(READING, Json::from_request(request, state)).await {
            Ok(Ok(Json(body))) => Ok(Self(body)),
            Ok(Err(JsonRejection::BytesRejection(rejection)))
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE =>
            {
                Err(RefusalCode::TooBig.into())
            }
            _ => Err(RefusalCode::BadShape.into()),
        }
    }
}

/// The address a request came from. For rates only: in memory, for seconds.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);
