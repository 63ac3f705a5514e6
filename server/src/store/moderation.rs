//! What one decision of moderation changes: written together or not at all, and on disk when the store says so.

use ibasho_moderation::audit::{KEY, Note, Unfit};
use ibasho_protocol::ids::Millis;
use sqlx::{Row as _, SqliteConnection};

use super::evidence::{self, EvidenceChange};
use super::{Sqlite, StoreError, outbox};
use crate::hooks::event::OutboxRow;

/// Everything that belongs to one decision. It is written in one transaction.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The state, in this order.
    pub records: Vec<RecordChange>,
    /// What was done, in this order.
    pub audit: Vec<Note>,
    /// What was said.
    pub evidence: Vec<EvidenceChange>,
    /// What other systems are to be told of it, in this order.
    pub told: Vec<OutboxRow>,
}

/// A change of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordChange {
    /// Keep this, new or in place of the one with the same kind and id.
    Keep(Record),
    /// Forget this.
    Forget {
        /// Of this kind.
        kind: String,
        /// With this id.
        id: u64,
    },
}

/// A piece of the state of moderation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its kind.
    pub kind: String,
    /// Its id, unique in its kind.
    pub id: u64,
    /// What it is, as JSON.
    pub body: String,
    /// Until when it is kept, in milliseconds since the Unix epoch; `None` while it is needed.
    pub keep_until: Option<Millis>,
}

impl Batch {
    /// Whether it can be written at all: one bad entry must not hold up whoever shares a transaction with it.
    ///
    /// # Errors
    /// What does not fit into the audit. The end of the chain is ours: nobody else names a key.
    pub fn check(&self) -> Result<(), Unfit> {
        self.audit.iter().try_for_each(|note| if note.action == KEY { Err(Unfit("action")) } else { note.check() })
    }
}

/// Writes all of it but the audit, which shares one end of the chain with others.
pub(crate) async fn write(db: &mut SqliteConnection, batch: &Batch) -> Result<(), StoreError> {
    for change in &batch.records {
        match change {
            RecordChange::Keep(record) => keep(db, record).await?,
            RecordChange::Forget { kind, id } => forget(db, kind, *id).await?,
        }
    }
    for change in &batch.evidence {
        evidence::write(db, change).await?;
    }
    outbox::enqueue(db, &batch.told).await
}

async fn keep(db: &mut SqliteConnection, record: &Record) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO moderation_records (kind, id, body, keep_until, version) VALUES ($1, $2, $3, $4, 1) \
         ON CONFLICT (kind, id) DO UPDATE SET \
         body = excluded.body, keep_until = excluded.keep_until, version = version + 1",
    )
    .bind(&record.kind)
    .bind(record.id.cast_signed())
    .bind(&record.body)
    .bind(record.keep_until.map(u64::cast_signed))
    .execute(db)
    .await?;
    Ok(())
}

async fn forget(db: &mut SqliteConnection, kind: &str, id: u64) -> Result<(), StoreError> {
    let query = sqlx::query("DELETE FROM moderation_records WHERE kind = $1 AND id = $2");
    query.bind(kind).bind(id.cast_signed()).execute(db).await?;
    Ok(())
}

/// Deletes what has had its time. How many records.
pub(super) async fn over(store: &Sqlite, now: Millis) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM moderation_records WHERE keep_until <= $1").bind(now.cast_signed());
    Ok(gone.execute(store.pool()).await?.rows_affected())
}

impl Sqlite {
    /// Every record that is kept, by kind and id.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn records(&self) -> Result<Vec<Record>, StoreError> {
        all(&mut *self.pool().acquire().await?).await
    }
}

/// Every record, by kind and id.
pub(crate) async fn all(db: &mut SqliteConnection) -> Result<Vec<Record>, StoreError> {
    let query = "SELECT kind, id, body, keep_until FROM moderation_records ORDER BY kind, id";
    let rows = sqlx::query(query).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Record {
                kind: row.try_get("kind")?,
                id: row.try_get::<i64, _>("id")?.cast_unsigned(),
                body: row.try_get("body")?,
                keep_until: row.try_get::<Option<i64>, _>("keep_until")?.map(i64::cast_unsigned),
            })
        })
        .collect()
}
