//! What waits.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use ibasho_moderation::desk::lockdown;
use ibasho_moderation::desk::queue::Line;
use ibasho_moderation::desk::subject::Actor;
use ibasho_moderation::roles::{Action, permits};
use ibasho_protocol::api::desk::case::{CaseLine, Matter};
use ibasho_protocol::api::desk::{Counts, DeskStaff, Lockdown, Queue};
use ibasho_protocol::ids::Millis;

use super::super::access::Signed;
use super::pace::Pacing;
use super::{SEE, actor, show};
use crate::Surroundings;
use crate::http::answer::{Answer, Refused};
use crate::staff::pseudonym;

/// What waits and one may see, the most urgent first; what is locked down; who is here.
#[utoipa::path(get, path = "/api/v1/staff/desk", tag = "staff", responses((status = 200, body = Queue)))]
pub(super) async fn queue(State(around): State<Arc<Surroundings>>, signed: Signed) -> Answer<Queue> {
    signed.pace(&around, Pacing::Look)?;
    let (own, now) = (signed.actor(&around), around.clock.now());
    let staff = staff(&around, own.id, now).await?;
    let told = around.office.look(|desk, now| {
        let line = |line: Line<'_>| show::line(line.case, line.may_handle, now);
        let cases: Vec<CaseLine> = desk.queue(&own, now).into_iter().map(line).collect();
        (cases, desk.lockdowns(now).map(|have| lockdown_told(have, &own)).collect())
    });
    let (cases, lockdowns) = told.await?;
    let mut counts = count(&cases);
    counts.consoles = staff.iter().filter(|colleague| colleague.console).count() as u32;
    counts.needed = around.config.safety.staff.into();
    Ok(Json(Queue { now, cases, lockdowns, staff, counts }))
}

fn lockdown_told(lockdown: &lockdown::Lockdown, actor: &Actor) -> Lockdown {
    let lockdown::Lockdown { id, ref scope, by, at, terms, .. } = *lockdown;
    let may_lift = permits(actor.role, Action::Lock) && actor.reaches(scope.room());
    Lockdown { id, scope: scope.clone(), by, at, until: terms.until, may_lift }
}

fn count(cases: &[CaseLine]) -> Counts {
    let mut counts = Counts::default();
    for case in cases {
        let kind = match case.matter {
            Matter::Hold { .. } => &mut counts.held,
            Matter::Report { .. } => &mut counts.reports,
            Matter::Help { .. } => &mut counts.help,
            Matter::Appeal { .. } => &mut counts.appeals,
            Matter::Proposal { .. } => &mut counts.proposals,
        };
        *kind += 1;
        counts.unhandled += u32::from(case.handled.is_none());
    }
    counts
}

/// Everybody who can see something at the desk.
async fn staff(around: &Surroundings, me: u64, now: Millis) -> Result<Vec<DeskStaff>, Refused> {
    let all = actor::everybody(around, now).await?;
    let sees = all.into_iter().filter(|(account, _)| SEE.iter().any(|&action| permits(account.role, action)));
    Ok(sees
        .map(|(account, signed_in)| {
            let id = pseudonym(&account.id);
            let console = around.consoles.is_open(id);
            DeskStaff {
                id,
                name: account.name,
                role: account.role,
                rooms: account.rooms,
                signed_in,
                console,
                me: id == me,
            }
        })
        .collect())
}
