//! The desk over HTTP: `/api/v1/staff/desk/…`. The table says which roles a route is for at all; what exactly somebody may
//! do with a case, a sanction or a room, the desk itself decides.

mod actor;
mod audit;
mod cases;
pub(crate) mod consoles;
mod deeds;
pub(crate) mod duty;
mod live;
mod lockdowns;
mod pace;
mod queue;
mod refused;
mod rules;
mod sanctions;
mod show;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use ibasho_moderation::roles::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::BODY_BYTES;
use super::access::{Needs, guarded};
use crate::Surroundings;

pub(crate) use pace::Pace;

/// Largest set of rules, in bytes: 20,000 words and 300 expressions of a book at their longest have 1.6 MiB, ours 40 KiB.
const RULES_BYTES: usize = 2 * 1024 * 1024;

/// Seeing anything that waits.
const SEE: &[Action] =
    &[Action::HoldSee, Action::HelpAnswer, Action::EvidenceRoom, Action::EvidenceCase, Action::EvidenceAudit];
/// Handling anything that waits.
const HANDLE: &[Action] =
    &[Action::HoldDecide, Action::HelpAnswer, Action::EvidenceRoom, Action::EvidenceCase, Action::BanPermanentApprove];
/// Seeing what was decided about people.
const LOOK_BACK: &[Action] = &[Action::EvidenceRoom, Action::EvidenceCase, Action::EvidenceAudit];
/// Having the say over evidence.
const EVIDENCE: &[Action] = &[Action::EvidenceRoom, Action::EvidenceCase];

/// Everything of the desk, by what it needs.
pub(super) fn routes(around: &Arc<Surroundings>) -> OpenApiRouter<Arc<Surroundings>> {
    let see =
        OpenApiRouter::new().routes(routes!(queue::queue)).routes(routes!(live::live)).routes(routes!(cases::case));
    let handle = OpenApiRouter::new()
        .routes(routes!(deeds::claim))
        .routes(routes!(deeds::hand))
        .routes(routes!(deeds::put_back))
        .routes(routes!(deeds::approve))
        .routes(routes!(deeds::decline))
        .routes(routes!(deeds::resolve))
        .routes(routes!(deeds::settle))
        .routes(routes!(deeds::appeal))
        .routes(routes!(deeds::proposal));
    let keep = OpenApiRouter::new().routes(routes!(cases::keep));
    let list = OpenApiRouter::new().routes(routes!(sanctions::list));
    let decide = OpenApiRouter::new().routes(routes!(sanctions::impose)).routes(routes!(sanctions::undo));
    let lock = OpenApiRouter::new().routes(routes!(lockdowns::lock_down)).routes(routes!(lockdowns::lift));
    let record = OpenApiRouter::new().routes(routes!(audit::page)).routes(routes!(audit::export));
    // Who leads a room changes the rules of that room; the office looks at each change.
    let rules = OpenApiRouter::new()
        .routes(routes!(rules::read))
        .routes(routes!(rules::found))
        .routes(routes!(rules::change))
        .routes(routes!(rules::attempt));
    let rules = guarded(around, Needs::May(Action::RulesRoom), rules).layer(DefaultBodyLimit::max(RULES_BYTES));
    guarded(around, Needs::Any(SEE), see)
        .merge(guarded(around, Needs::Any(HANDLE), handle))
        .merge(guarded(around, Needs::Any(EVIDENCE), keep))
        .merge(guarded(around, Needs::Any(LOOK_BACK), list))
        .merge(guarded(around, Needs::May(Action::Nudge), decide))
        .merge(guarded(around, Needs::May(Action::Lock), lock))
        .merge(guarded(around, Needs::May(Action::Record), record))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .merge(rules)
}
