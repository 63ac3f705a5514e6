//! Staff over HTTP: `/api/v1/staff/…`. The table says what each route needs; the guard in [`access`] asks for it.

pub(crate) mod access;
mod cookie;
pub(crate) mod desk;
mod invitations;
mod logins;
mod oidc;
mod passkeys;
mod people;
mod sign_in;
mod ticket;
mod totp;
mod webhooks;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use ibasho_moderation::roles::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::access::{Needs, guarded};
use crate::Surroundings;

/// Largest body, in bytes: as for a message over the socket. A passkey with its attestation needs 2 KiB.
const BODY_BYTES: usize = 16 * 1024;

/// Everything for staff but the calendar, by what it needs.
pub(crate) fn routes(around: &Arc<Surroundings>) -> OpenApiRouter<Arc<Surroundings>> {
    let open = OpenApiRouter::new()
        .routes(routes!(sign_in::ways))
        .routes(routes!(sign_in::with_passphrase))
        .routes(routes!(sign_in::accept_with_passphrase))
        .routes(routes!(oidc::start))
        .routes(routes!(oidc::callback))
        .routes(routes!(passkeys::sign_in_start))
        .routes(routes!(passkeys::sign_in_finish))
        .routes(routes!(passkeys::accept_start))
        .routes(routes!(passkeys::accept_finish))
        .routes(routes!(invitations::show));
    let own = OpenApiRouter::new()
        .routes(routes!(logins::me))
        .routes(routes!(logins::list))
        .routes(routes!(logins::end))
        .routes(routes!(logins::sign_out))
        .routes(routes!(logins::change_passphrase))
        .routes(routes!(passkeys::add_start))
        .routes(routes!(passkeys::add_finish))
        .routes(routes!(passkeys::list))
        .routes(routes!(passkeys::remove))
        .routes(routes!(totp::start))
        .routes(routes!(totp::finish))
        .routes(routes!(totp::off));
    let rooms = OpenApiRouter::new()
        .routes(routes!(invitations::list, invitations::invite))
        .routes(routes!(invitations::take_back));
    let site = OpenApiRouter::new().routes(routes!(people::list)).routes(routes!(people::change, people::remove));
    let hooks = OpenApiRouter::new().routes(routes!(webhooks::list));
    // Who may say who is staff may also say that other systems are told again.
    let resend = OpenApiRouter::new().routes(routes!(webhooks::replay)).routes(routes!(webhooks::test));
    let enter = OpenApiRouter::new().routes(routes!(ticket::enter));
    guarded(around, Needs::Nothing, open)
        .merge(guarded(around, Needs::Login, own))
        .merge(guarded(around, Needs::May(Action::RolesRoom), rooms))
        .merge(guarded(around, Needs::May(Action::RolesSite), site))
        .merge(guarded(around, Needs::May(Action::RulesSite), hooks))
        .merge(guarded(around, Needs::May(Action::RolesSite), resend))
        .merge(guarded(around, Needs::May(Action::See), enter))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .merge(desk::routes(around))
}
