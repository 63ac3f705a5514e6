//! What one does with a case. Who may, and whether it still can be done, the desk decides.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use ibasho_moderation::desk::appeals::Answer as Decision;
use ibasho_moderation::desk::changes::{Changes, RecordKind};
use ibasho_protocol::api::desk::Made;
use ibasho_protocol::api::desk::deeds::{
    AnswerProposal, AppealAnswer, DecideAppeal, Decline, Hand, Resolve, Seen, Settle,
};
use ibasho_protocol::refusal::{Refusal, RefusalCode};

use super::super::access::Signed;
use super::actor;
use super::pace::Pacing;
use crate::Surroundings;
use crate::desk::OfficeError;
use crate::http::answer::{Answer, Body, Refused};

/// The number in an address.
pub(super) type Id = Result<Path<u64>, PathRejection>;

pub(super) fn number(id: Id) -> Result<u64, Refused> {
    Ok(id.map_err(|_| RefusalCode::NotFound)?.0)
}

/// The case as it is then.
fn done(case: u64, changes: Result<Changes, OfficeError>) -> Answer<Made> {
    let touched =
        changes?.touched.into_iter().rev().find(|touched| touched.kind == RecordKind::Case && touched.id == case);
    Ok(Json(Made { id: case, version: touched.and_then(|touched| touched.version) }))
}

/// Take a case on, or renew that one has it. For a cry for help this is the acknowledgement.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/claim", tag = "staff", params(("id" = u64, Path)),
    responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn claim(State(around): State<Arc<Surroundings>>, signed: Signed, id: Id) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.claim(case, signed.actor(&around)).await)
}

/// Give a case to a colleague.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/hand", tag = "staff", params(("id" = u64, Path)),
    request_body = Hand, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn hand(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Hand { version, to }): Body<Hand>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    let to = actor::colleague(&around, to).await?.ok_or(RefusalCode::NobodyThere)?;
    done(case, around.office.hand(case, version, to, signed.actor(&around)).await)
}

/// Put a case back for anybody.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/put_back", tag = "staff", params(("id" = u64, Path)),
    request_body = Seen, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn put_back(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Seen { version }): Body<Seen>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.put_back(case, version, signed.actor(&around)).await)
}

/// Show a held message.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/approve", tag = "staff", params(("id" = u64, Path)),
    request_body = Seen, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn approve(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Seen { version }): Body<Seen>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.approve(case, version, signed.actor(&around)).await)
}

/// Do not show a held message.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/decline", tag = "staff", params(("id" = u64, Path)),
    request_body = Decline, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn decline(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Decline { version, reason }): Body<Decline>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.decline(case, version, reason, signed.actor(&around)).await)
}

/// A report was looked at.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/resolve", tag = "staff", params(("id" = u64, Path)),
    request_body = Resolve, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn resolve(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Resolve { version, outcome }): Body<Resolve>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.resolve(case, version, outcome, signed.actor(&around)).await)
}

/// A cry for help was answered.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/settle", tag = "staff", params(("id" = u64, Path)),
    request_body = Settle, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn settle(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Settle { version, outcome }): Body<Settle>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.settle(case, version, outcome, signed.actor(&around)).await)
}

/// Decide an appeal.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/appeal", tag = "staff", params(("id" = u64, Path)),
    request_body = DecideAppeal, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn appeal(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(DecideAppeal { version, answer }): Body<DecideAppeal>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    let answer = match answer {
        AppealAnswer::Uphold => Decision::Uphold,
        AppealAnswer::Change { kind, minutes } => Decision::Change { kind, minutes },
        AppealAnswer::Undo => Decision::Undo,
    };
    done(case, around.office.decide_appeal(case, version, answer, signed.actor(&around)).await)
}

/// Answer, as the second person, the proposal of a ban without an end.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/proposal", tag = "staff", params(("id" = u64, Path)),
    request_body = AnswerProposal, responses((status = 200, body = Made), (status = 409, body = Refusal)))]
pub(super) async fn proposal(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(AnswerProposal { version, agree }): Body<AnswerProposal>,
) -> Answer<Made> {
    signed.pace(&around, Pacing::Decide)?;
    let case = number(id)?;
    done(case, around.office.answer_proposal(case, version, agree, signed.actor(&around)).await)
}
