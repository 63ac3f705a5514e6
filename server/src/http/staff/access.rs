//! Who may ask what: one guard in front of every route for staff. A handler learns who asks from the guard alone, so
//! that a route that forgets it answers nobody.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use ibasho_moderation::roles::{Action, permits};
use ibasho_protocol::refusal::RefusalCode;

use utoipa_axum::router::OpenApiRouter;

use super::cookie;
use crate::Surroundings;
use crate::http::answer::{Peer, Refused};
use crate::staff::entry;
use crate::store::staff::accounts::Account;
use crate::store::staff::logins::Login;

/// What a route needs of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing: this is how one signs in.
    Nothing,
    /// A login, whatever the role.
    Login,
    /// A role that may do this.
    May(Action),
    /// A role that may do one of these.
    Any(&'static [Action]),
}

/// Puts the guard in front of routes. Only behind it can a handler ask for a [`Signed`].
pub(crate) fn guarded(
    around: &Arc<Surroundings>,
    needs: Needs,
    routes: OpenApiRouter<Arc<Surroundings>>,
) -> OpenApiRouter<Arc<Surroundings>> {
    routes.layer(from_fn_with_state((around.clone(), needs), guard))
}

/// Who asks. Only the guard makes one.
#[derive(Clone)]
pub(crate) struct Signed {
    /// The account, as it is now.
    pub(crate) account: Account,
    /// The login.
    pub(crate) login: Login,
}

impl Signed {
    /// Whether their account reaches this room.
    pub(crate) fn reaches(&self, room: &str) -> bool {
        self.account.rooms.is_empty() || self.account.rooms.iter().any(|own| own == room)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| RefusalCode::Signin.into())
    }
}

async fn guard(
    State((around, needs)): State<(Arc<Surroundings>, Needs)>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    match check(&around, needs, request.method(), request.headers(), peer).await {
        Ok(Some(signed)) => {
            request.extensions_mut().insert(signed);
        }
        Ok(None) => {}
        Err(refused) => return refused.into_response(),
    }
    next.run(request).await
}

async fn check(
    around: &Surroundings,
    needs: Needs,
    method: &Method,
    headers: &HeaderMap,
    peer: Option<Peer>,
) -> Result<Option<Signed>, Refused> {
    let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    // What only reads may come without an origin: browsers leave it out there. What changes something may not.
    let reads = method == Method::GET || method == Method::HEAD;
    if !(around.origins.allow(origin) || (reads && origin.is_none())) {
        return Err(RefusalCode::NotAllowed.into());
    }
    if needs == Needs::Nothing {
        if let Some(Peer(address)) = peer.filter(|_| !reads) {
            around.staff.slow.knock(address, around.clock.now())?;
        }
        return Ok(None);
    }
    let token = cookie::read(headers, cookie::LOGIN).ok_or(RefusalCode::Signin)?;
    let (account, login) = entry::recognise(around, token).await?.ok_or(RefusalCode::Signin)?;
    let may = match needs {
        Needs::Nothing | Needs::Login => true,
        Needs::May(action) => permits(account.role, action),
        Needs::Any(actions) => actions.iter().any(|&action| permits(account.role, action)),
    };
    if !may {
        return Err(RefusalCode::NotAllowed.into());
    }
    Ok(Some(Signed { account, login }))
}
