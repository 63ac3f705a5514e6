//! A case with all that one needs to decide, and keeping its evidence for longer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use ibasho_protocol::api::desk::case::{CaseView, Gone, HeldMessage, KeepReason, KeptMessage, KeptSpeech, Snapshot};
use ibasho_protocol::api::desk::deeds::Keep;
use ibasho_protocol::ids::Seq;
use ibasho_protocol::refusal::Refusal;

use super::super::access::Signed;
use super::deeds::{Id, number};
use super::pace::Pacing;
use super::show;
use crate::Surroundings;
use crate::desk::moment::{Fate, Moment};
use crate::desk::{CaseFile, HeldText};
use crate::http::answer::{Answer, Body, Refused};
use crate::store::evidence;

/// A case with what happened around it. That one looked is on record.
#[utoipa::path(get, path = "/api/v1/staff/desk/cases/{id}", tag = "staff", params(("id" = u64, Path)),
    responses((status = 200, body = CaseView), (status = 404, body = Refusal)))]
pub(super) async fn case(State(around): State<Arc<Surroundings>>, signed: Signed, id: Id) -> Answer<CaseView> {
    signed.pace(&around, Pacing::Look)?;
    let (id, actor, now) = (number(id)?, signed.actor(&around), around.clock.now());
    let CaseFile { line, held, moments, history, sanction } = around.office.case(id, &actor).await?;
    let kept = evidence::held(&around.store, id).await?;
    Ok(Json(CaseView {
        line: show::line(&line.case, line.may_handle, now),
        held: held.map(words),
        around: moments.into_iter().map(snapshot).collect(),
        more: show::more(&line.case),
        history: history.as_ref().map(show::history),
        sanction: sanction.as_ref().map(|sanction| show::sanction(sanction, &actor, now)),
        closed: line.case.closed.map(show::closed),
        kept: kept.and_then(|why| KeepReason::ALL.iter().copied().find(|reason| reason.code() == why)),
    }))
}

/// Keep the evidence of a case for longer than its time, with a reason, or no longer. Who and why are on record.
#[utoipa::path(post, path = "/api/v1/staff/desk/cases/{id}/keep", tag = "staff", params(("id" = u64, Path)),
    request_body = Keep, responses((status = 204), (status = 404, body = Refusal)))]
pub(super) async fn keep(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    id: Id,
    Body(Keep { why }): Body<Keep>,
) -> Result<StatusCode, Refused> {
    signed.pace(&around, Pacing::Decide)?;
    let why = why.map(|why| why.code().to_owned());
    around.office.keep(number(id)?, why, signed.actor(&around)).await.map(drop)?;
    Ok(StatusCode::NO_CONTENT)
}

fn words(held: HeldText) -> HeldMessage {
    let HeldText { text, nick, zone, at, spans, why } = held;
    HeldMessage { nick, text, at, zone, spans, why }
}

fn snapshot(moment: Moment) -> Snapshot {
    let Moment { room, at, message, words, lines, voices, .. } = moment;
    let messages = lines.into_iter().map(|line| KeptMessage {
        seq: Seq(line.id),
        who: line.who,
        nick: line.nick,
        zone: line.zone,
        at: line.at,
        text: line.text,
        gone: match line.fate {
            Fate::Shown => None,
            Fate::Held => Some(Gone::NeverShown),
            Fate::TakenBack => Some(Gone::TakenBack),
            Fate::Deleted => Some(Gone::Deleted),
        },
        meant: message == Some(line.id),
    });
    let spoke = voices.into_iter().map(|spoke| KeptSpeech {
        who: spoke.who,
        zone: spoke.zone,
        from: spoke.from,
        until: spoke.until,
    });
    Snapshot { at, room, text: words, messages: messages.collect(), spoke: spoke.collect() }
}
