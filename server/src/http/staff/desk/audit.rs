//! The record of what staff did: reading it, and taking all of it along.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _};
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use ibasho_moderation::audit::{Entry, Note};
use ibasho_protocol::api::desk::audit::{AUDIT_PAGE, AuditEntry, AuditPage};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::access::Signed;
use super::pace::Pacing;
use crate::Surroundings;
use crate::audit::{action, export as file};
use crate::command::CommandError;
use crate::http::answer::{Answer, Refused};
use crate::staff::pseudonym;
use crate::store::Store as _;
use crate::store::moderation::Batch;

/// Bytes of the export that are sent together.
const PIECE: usize = 64 * 1024;

/// Which part of the record.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// What came after the entry with this number; absent: the newest.
    after: Option<u64>,
    /// What came before the entry with this number.
    before: Option<u64>,
}

/// A part of the record, the oldest first.
#[utoipa::path(get, path = "/api/v1/staff/desk/audit", tag = "staff", params(Part),
    responses((status = 200, body = AuditPage), (status = 400, body = Refusal)))]
pub(super) async fn page(
    State(around): State<Arc<Surroundings>>,
    signed: Signed,
    part: Result<Query<Part>, QueryRejection>,
) -> Answer<AuditPage> {
    signed.pace(&around, Pacing::Look)?;
    let Ok(Query(Part { after, before })) = part else { return Err(RefusalCode::BadShape.into()) };
    let most = AUDIT_PAGE as u64;
    let last = around.store.audit_last().await?;
    let end = before.map_or(last, |before| before.saturating_sub(1).min(last));
    let after = after.unwrap_or_else(|| end.saturating_sub(most));
    let entries = around.store.audit_after(after, most.min(end.saturating_sub(after)) as u32).await?;
    Ok(Json(AuditPage { entries: entries.into_iter().map(told).collect(), last }))
}

fn told(entry: Entry) -> AuditEntry {
    let Entry { action, actor, at, case, reason, room, seq, target, .. } = entry;
    AuditEntry { seq, at, actor, action, target, room, case, reason }
}

/// All of the record as JSON lines, with its signatures, for `ibasho audit verify --export FILE`. That it was taken along
/// stands in it.
#[utoipa::path(get, path = "/api/v1/staff/desk/audit/export", tag = "staff",
    responses((status = 200, content_type = "application/x-ndjson", body = String), (status = 429, body = Refusal)))]
pub(super) async fn export(State(around): State<Arc<Surroundings>>, signed: Signed) -> Result<Response, Refused> {
    signed.pace(&around, Pacing::Export)?;
    let actor = format!("staff:{}", pseudonym(&signed.account.id));
    let note = Note::new(around.clock.now(), actor, action::EXPORT);
    around.store.moderation(Batch { audit: vec![note], ..Batch::default() }).await?;
    let file = written(&around).await.map_err(|error| {
        tracing::error!(%error, "the record could not be written");
        RefusalCode::Busy
    })?;
    let pieces = stream::unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece) {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(Bytes::from(piece)), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    let head =
        [(CONTENT_TYPE, "application/x-ndjson"), (CONTENT_DISPOSITION, "attachment; filename=\"ibasho-audit.jsonl\"")];
    Ok((head, Body::from_stream(pieces)).into_response())
}

/// The record in a file without a name, from its beginning: a slow reader keeps neither memory nor the store.
async fn written(around: &Surroundings) -> Result<File, CommandError> {
    let mut db = around.store.pool().begin().await?;
    let mut file = BufWriter::new(tempfile::tempfile().map_err(CommandError::failed)?);
    file::write(&mut db, &mut file, false).await?;
    db.rollback().await?;
    let mut file = file.into_inner().map_err(CommandError::failed)?;
    file.rewind().map_err(CommandError::failed)?;
    Ok(file)
}
