//! Sealed evidence and its keys.

use ibasho_protocol::ids::{Millis, PersonId};
use sqlx::{QueryBuilder, Row as _, SqliteConnection};

use super::moderation::Batch;
use super::{Sqlite, Store as _, StoreError};
use crate::audit::{SERVER, action, reason};
use crate::evidence::seal::{Key, Sealed};
use crate::evidence::{Piece, note};

/// Most pieces that are destroyed in one transaction: others wait for it.
const AT_ONCE: u32 = 100;

/// A change of what is kept of evidence.
#[derive(Debug, Clone)]
pub enum EvidenceChange {
    /// Keep this piece. If its case is kept for longer than its time, so is the piece.
    Keep(Box<Piece>),
    /// Keep everything of this case for longer than its time, for this reason; `None`: no longer.
    Hold {
        /// The case.
        case: u64,
        /// Why, as a code.
        why: Option<String>,
    },
    /// Destroy this piece, and its key.
    Destroy {
        /// Its id.
        piece: u64,
    },
}

/// A piece as it is kept, with its key.
pub(crate) struct KeptPiece {
    pub id: u64,
    pub sealed: Sealed,
    pub key: Key,
}

/// What is destroyed: the piece, its case, and whether that is kept for longer than its time.
pub(crate) struct Found {
    pub piece: u64,
    pub case: u64,
    pub held: bool,
}

pub(super) async fn write(db: &mut SqliteConnection, change: &EvidenceChange) -> Result<(), StoreError> {
    match change {
        EvidenceChange::Keep(piece) => keep(db, piece).await,
        EvidenceChange::Hold { case, why } => {
            let query = sqlx::query("UPDATE evidence SET hold = $1 WHERE case_id = $2");
            query.bind(why).bind(case.cast_signed()).execute(db).await?;
            Ok(())
        }
        EvidenceChange::Destroy { piece } => destroy(db, *piece).await,
    }
}

async fn keep(db: &mut SqliteConnection, piece: &Piece) -> Result<(), StoreError> {
    let id = piece.id.cast_signed();
    sqlx::query(
        "INSERT INTO evidence (id, case_id, sealed, keep_until, hold) \
         VALUES ($1, $2, $3, $4, (SELECT MAX(hold) FROM evidence WHERE case_id = $2))",
    )
    .bind(id)
    .bind(piece.case.cast_signed())
    .bind(piece.sealed.as_bytes())
    .bind(piece.keep_until.cast_signed())
    .execute(&mut *db)
    .await?;
    let key = sqlx::query("INSERT INTO evidence_keys (evidence, key) VALUES ($1, $2)");
    key.bind(id).bind(piece.key.as_bytes()).execute(&mut *db).await?;
    for person in &piece.people {
        let about = sqlx::query("INSERT OR IGNORE INTO evidence_people (evidence, person) VALUES ($1, $2)");
        about.bind(id).bind(person.0.cast_signed()).execute(&mut *db).await?;
    }
    Ok(())
}

/// The key first: that is what counts.
pub(crate) async fn destroy(db: &mut SqliteConnection, piece: u64) -> Result<(), StoreError> {
    for query in ["DELETE FROM evidence_keys WHERE evidence = $1", "DELETE FROM evidence WHERE id = $1"] {
        sqlx::query(query).bind(piece.cast_signed()).execute(&mut *db).await?;
    }
    Ok(())
}

/// What there is about a person.
pub(crate) async fn about(db: &mut SqliteConnection, person: PersonId) -> Result<Vec<Found>, StoreError> {
    let query = "SELECT id, case_id, hold IS NOT NULL AS held FROM evidence \
         WHERE id IN (SELECT evidence FROM evidence_people WHERE person = $1) ORDER BY id";
    let rows = sqlx::query(query).bind(person.0.cast_signed()).fetch_all(db).await?;
    rows.iter().map(found).collect()
}

fn found(row: &sqlx::sqlite::SqliteRow) -> Result<Found, StoreError> {
    Ok(Found {
        piece: row.try_get::<i64, _>("id")?.cast_unsigned(),
        case: row.try_get::<i64, _>("case_id")?.cast_unsigned(),
        held: row.try_get("held")?,
    })
}

/// The pieces of a case, the oldest first.
pub(crate) async fn of_case(store: &Sqlite, case: u64) -> Result<Vec<KeptPiece>, StoreError> {
    let query = "SELECT id, sealed, key FROM evidence JOIN evidence_keys ON evidence = id \
         WHERE case_id = $1 ORDER BY keep_until, id";
    let rows = sqlx::query(query).bind(case.cast_signed()).fetch_all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            let key = Key::from_bytes(row.try_get("key")?);
            Ok(KeptPiece {
                id: row.try_get::<i64, _>("id")?.cast_unsigned(),
                sealed: Sealed::from_bytes(row.try_get("sealed")?),
                key: key.ok_or_else(|| StoreError("a key of evidence is damaged".into()))?,
            })
        })
        .collect()
}

/// Why the evidence of a case is kept for longer than its time, if it is.
pub(crate) async fn held(store: &Sqlite, case: u64) -> Result<Option<String>, StoreError> {
    let query = sqlx::query_scalar("SELECT MAX(hold) FROM evidence WHERE case_id = $1").bind(case.cast_signed());
    Ok(query.fetch_one(store.pool()).await?)
}

/// Destroys what has had its time, and records that. How many pieces.
pub(super) async fn over(store: &Sqlite, now: Millis) -> Result<u64, StoreError> {
    let mut gone = 0;
    loop {
        let mut query = QueryBuilder::<sqlx::Sqlite>::new("SELECT id, case_id, 0 AS held FROM evidence ");
        query.push("WHERE hold IS NULL AND keep_until <= ").push_bind(now.cast_signed());
        query.push(" ORDER BY keep_until, id LIMIT ").push_bind(AT_ONCE);
        let rows = query.build().fetch_all(store.pool()).await?;
        let found: Vec<Found> = rows.iter().map(found).collect::<Result<_, _>>()?;
        if found.is_empty() {
            return Ok(gone);
        }
        gone += found.len() as u64;
        let audit = found.iter().map(|found| note(now, SERVER, action::DESTROY, found.case, Some(reason::OVER)));
        let evidence = found.iter().map(|found| EvidenceChange::Destroy { piece: found.piece });
        let batch = Batch { audit: audit.collect(), evidence: evidence.collect(), ..Batch::default() };
        store.moderation(batch).await?;
    }
}
