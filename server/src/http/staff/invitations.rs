//! Invitations: show one to whom it is for; open, list and take back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ibasho_moderation::roles::{Action, permits};
use ibasho_protocol::api::staff::{Invitation, InvitationToken, Invite, Invited, OpenInvitation};
use ibasho_protocol::refusal::RefusalCode;

use super::access::Signed;
use crate::Surroundings;
use crate::http::answer::{Answer, Body, Refused};
use crate::secret::Token;
use crate::staff::invitation::{self, Offer};
use crate::store::staff::{begin, invitations};

/// What an invitation is for.
#[utoipa::path(post, path = "/api/v1/staff/invitation/show", tag = "staff",
    request_body = InvitationToken, responses((status = 200, body = Invitation)))]
pub(super) async fn show(
    State(around): State<Arc<Surroundings>>,
    Body(InvitationToken { token }): Body<InvitationToken>,
) -> Answer<Invitation> {
    let mut db = around.store.pool().acquire().await?;
    let found = invitation::find(&mut db, Token::received(token).hash(), around.clock.now()).await?;
    Ok(Json(Invitation { role: found.role, until: found.until }))
}

/// Invite somebody; the link is shown once.
#[utoipa::path(post, path = "/api/v1/staff/invitations", tag = "staff",
    request_body = Invite, responses((status = 200, body = Invited)))]
pub(super) async fn invite(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(Invite { role, rooms, days }): Body<Invite>,
) -> Answer<Invited> {
    let offer = Offer::new(role, rooms, |room| around.rooms.contains_key(room))?;
    offer.check(&signed.account)?;
    let (host, now) = (Some(signed.account.id), around.clock.now());
    let mut db = begin(around.store.pool()).await?;
    let (token, until) = invitation::open(&mut db, offer, days, host, &around.dice, now).await?;
    db.commit().await?;
    Ok(Json(Invited { link: invitation::link(&around.staff.public_url, token), until }))
}

/// Whether somebody may see and take back an invitation: owners any, others their own.
fn sees(signed: &Signed, host: Option<&str>) -> bool {
    permits(signed.account.role, Action::RolesSite) || host == Some(&signed.account.id)
}

/// The open invitations: owners see all, others their own.
#[utoipa::path(get, path = "/api/v1/staff/invitations", tag = "staff",
    responses((status = 200, body = Vec<OpenInvitation>)))]
pub(super) async fn list(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Vec<OpenInvitation>> {
    let open = invitations::open(&mut *around.store.pool().acquire().await?, around.clock.now()).await?;
    let own = open.into_iter().filter(|open| sees(&signed, open.host.as_deref()));
    Ok(Json(own.map(|open| OpenInvitation { id: open.id, role: open.role, until: open.until }).collect()))
}

/// Take an invitation back.
#[utoipa::path(delete, path = "/api/v1/staff/invitations/{id}", tag = "staff",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn take_back(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    let mut db = begin(around.store.pool()).await?;
    let open = invitations::open(&mut db, around.clock.now()).await?;
    open.iter().find(|open| open.id == id && sees(&signed, open.host.as_deref())).ok_or(RefusalCode::NotFound)?;
    invitations::remove(&mut db, &id).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
