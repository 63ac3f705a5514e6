//! Entering a room as staff.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use ibasho_protocol::api::calendar::Ticket;
use ibasho_protocol::api::staff::EnterAsStaff;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;

use super::access::Signed;
use crate::Surroundings;
use crate::hosting::pass::StaffPass;
use crate::hosting::ticket::Holder;
use crate::http::answer::{Answer, Body};

/// A ticket to enter a room as staff.
#[utoipa::path(post, path = "/api/v1/staff/ticket", tag = "staff",
    request_body = EnterAsStaff, responses((status = 200, body = Ticket)))]
pub(super) async fn enter(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    Body(EnterAsStaff { room, badge }): Body<EnterAsStaff>,
) -> Answer<Ticket> {
    around.room(&room)?;
    if !signed.reaches(&room) {
        return Err(RefusalCode::NotAllowed.into());
    }
    let role = signed.account.role;
    // Peers and those who lead may be there as one of all; who has power over the whole site is always seen as that.
    let badge = badge || !matches!(role, Role::PeerStaff | Role::Facilitator);
    let pass = StaffPass { account: signed.account.id, login: signed.login.id, role, badge };
    let ticket = around.tickets.issue(Holder::Staff { room, pass }, &around.dice, around.clock.now());
    Ok(Json(Ticket { ticket: ticket.ok_or(RefusalCode::Busy)? }))
}
