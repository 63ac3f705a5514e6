//! The record of what staff did: appended to, never changed.

use futures_util::{Stream, StreamExt as _};
use ibasho_moderation::audit::{Chain, Digest, Entry, Head, Hex, KEY, Link, Note, PublicKey};
use ibasho_protocol::ids::{Millis, PersonId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::{Sqlite, StoreError};
use crate::audit::SERVER;
use crate::audit::key::Signer;

/// Appends entries and signs the end, in a transaction that nobody else writes beside (`BEGIN IMMEDIATE`). The end is
/// read here and not remembered: so a program at the command line and a server append to one chain.
///
/// If the place has another key than the last entries name, an entry names the new one first.
pub(crate) async fn append(
    db: &mut SqliteConnection,
    signer: &Signer,
    at: Millis,
    notes: &[Note],
) -> Result<(), StoreError> {
    let (mut chain, named) = end(db).await?;
    if named != Some(signer.public()) {
        let note = Note { target: Some(signer.public().to_string()), ..Note::new(at, SERVER, KEY) };
        put(db, &mut chain, &note).await?;
        sign(db, &signer.sign_as(named.unwrap_or(signer.public()), chain, at)).await?;
    }
    for note in notes {
        put(db, &mut chain, note).await?;
    }
    if !notes.is_empty() {
        sign(db, &signer.sign(chain, at)).await?;
    }
    Ok(())
}

/// The end of the chain, and the key that speaks for it.
async fn end(db: &mut SqliteConnection) -> Result<(Chain, Option<PublicKey>), StoreError> {
    let row = sqlx::query("SELECT seq, entry, hash FROM audit_entries ORDER BY seq DESC LIMIT 1");
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok((Chain::EMPTY, None)) };
    let Link { seq, entry, hash } = link(&row)?;
    // The signature under a new key's entry is still by the one before.
    let fresh = Entry::read(&entry).ok().filter(|entry| entry.action == KEY).and_then(|entry| entry.target);
    if let Some(key) = fresh.and_then(|key| key.parse().ok()) {
        return Ok((Chain { seq, hash }, Some(key)));
    }
    let key = sqlx::query_scalar("SELECT key FROM audit_heads ORDER BY seq DESC LIMIT 1");
    let key = key.fetch_optional(&mut *db).await?.and_then(|key: Vec<u8>| PublicKey::from_slice(&key));
    Ok((Chain { seq, hash }, key))
}

async fn put(db: &mut SqliteConnection, chain: &mut Chain, note: &Note) -> Result<(), StoreError> {
    let link = chain.append(note).map_err(|unfit| StoreError(unfit.to_string()))?;
    sqlx::query("INSERT INTO audit_entries (seq, entry, hash) VALUES ($1, $2, $3)")
        .bind(link.seq.cast_signed())
        .bind(&link.entry)
        .bind(&link.hash.0[..])
        .execute(&mut *db)
        .await?;
    for personal in &note.personal {
        sqlx::query(
            "INSERT INTO audit_personal (commitment, kind, person, salt, value, keep_until) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (commitment) DO NOTHING",
        )
        .bind(&personal.commitment().0[..])
        .bind(&personal.kind)
        .bind(personal.person.map(u64::cast_signed))
        .bind(&personal.salt[..])
        .bind(&personal.value)
        .bind(personal.keep_until.cast_signed())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

async fn sign(db: &mut SqliteConnection, head: &Head) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO audit_heads (seq, hash, at, key, signature) VALUES ($1, $2, $3, $4, $5)")
        .bind(head.seq.cast_signed())
        .bind(&head.hash.0[..])
        .bind(head.at.cast_signed())
        .bind(&head.key.0[..])
        .bind(&head.signature.0[..])
        .execute(&mut *db)
        .await?;
    Ok(())
}

/// Every entry as it is kept, in order. What cannot be read as an entry at all comes as an empty one, which is a fault
/// in its place.
pub(crate) fn links(db: &mut SqliteConnection) -> impl Stream<Item = Result<Link, StoreError>> + '_ {
    let rows = sqlx::query("SELECT seq, entry, hash FROM audit_entries ORDER BY seq").fetch(db);
    rows.map(|row| {
        let row = row?;
        let seq: i64 = row.try_get("seq")?;
        Ok(link(&row).unwrap_or(Link { seq: seq.cast_unsigned(), entry: String::new(), hash: Hex([0; 32]) }))
    })
}

/// Every signed head; those that are not even the size of one are left out, and then missed.
pub(crate) async fn heads(db: &mut SqliteConnection) -> Result<Vec<Head>, StoreError> {
    let rows = sqlx::query("SELECT seq, hash, at, key, signature FROM audit_heads ORDER BY seq").fetch_all(db).await?;
    Ok(rows.iter().filter_map(|row| head(row).ok()).collect())
}

/// What is still kept of personal data: kind, person, salt, value, commitment.
pub(crate) async fn personal(db: &mut SqliteConnection) -> Result<Vec<Kept>, StoreError> {
    let rows = sqlx::query("SELECT * FROM audit_personal ORDER BY commitment").fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                kind: row.try_get("kind")?,
                person: row.try_get::<Option<i64>, _>("person")?.map(i64::cast_unsigned),
                salt: bytes(row, "salt")?,
                value: row.try_get("value")?,
                commitment: bytes(row, "commitment")?,
            })
        })
        .collect()
}

/// Personal data with what proves it. It must never be logged.
#[derive(serde::Serialize)]
pub(crate) struct Kept {
    pub commitment: Digest,
    pub kind: String,
    pub person: Option<u64>,
    pub salt: Digest,
    pub value: String,
}

/// Whose personal data this value of this kind is.
pub(crate) async fn whose(db: &mut SqliteConnection, kind: &str, value: &str) -> Result<Vec<PersonId>, StoreError> {
    let query = "SELECT DISTINCT person FROM audit_personal WHERE kind = $1 AND value = $2 AND person IS NOT NULL";
    let found: Vec<i64> = sqlx::query_scalar(query).bind(kind).bind(value).fetch_all(db).await?;
    Ok(found.into_iter().map(|person| PersonId(person.cast_unsigned())).collect())
}

/// Erases the personal data of a person. How many values.
pub(crate) async fn erase(db: &mut SqliteConnection, person: PersonId) -> Result<u64, StoreError> {
    let query = sqlx::query("DELETE FROM audit_personal WHERE person = $1").bind(person.0.cast_signed());
    Ok(query.execute(db).await?.rows_affected())
}

/// Erases a value of this kind wherever it stands, also where it is nobody's. How many.
pub(crate) async fn erase_value(db: &mut SqliteConnection, kind: &str, value: &str) -> Result<u64, StoreError> {
    let query = sqlx::query("DELETE FROM audit_personal WHERE kind = $1 AND value = $2").bind(kind).bind(value);
    Ok(query.execute(db).await?.rows_affected())
}

/// Erases what has had its time. How many values.
pub(super) async fn over(store: &Sqlite, now: Millis) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM audit_personal WHERE keep_until <= $1").bind(now.cast_signed());
    Ok(gone.execute(store.pool()).await?.rows_affected())
}

impl Sqlite {
    /// Appends entries beside the writer, for programs at the command line. Without entries: only names the key of the
    /// place, if the last entries name another.
    pub(crate) async fn audit(&self, at: Millis, notes: &[Note]) -> Result<(), StoreError> {
        let mut db = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        append(&mut db, self.signer(), at, notes).await?;
        db.commit().await?;
        Ok(())
    }

    /// The number of the newest entry; 0 if there is none.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn audit_last(&self) -> Result<u64, StoreError> {
        let last: i64 =
            sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM audit_entries").fetch_one(self.pool()).await?;
        Ok(last.cast_unsigned())
    }

    /// Entries after the one with this number, at most so many: for a console that pages through them.
    ///
    /// # Errors
    /// The store does not answer, or an entry is damaged.
    pub async fn audit_after(&self, seq: u64, most: u32) -> Result<Vec<Entry>, StoreError> {
        let query = "SELECT seq, entry, hash FROM audit_entries WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = sqlx::query(query).bind(seq.cast_signed()).bind(most).fetch_all(self.pool()).await?;
        entries(&rows)
    }

    /// The entries of a case, the oldest first.
    ///
    /// # Errors
    /// The store does not answer, or an entry is damaged.
    pub async fn audit_of(&self, case: &str) -> Result<Vec<Entry>, StoreError> {
        let query = "SELECT seq, entry, hash FROM audit_entries WHERE entry ->> 'case' = $1 ORDER BY seq";
        let rows = sqlx::query(query).bind(case).fetch_all(self.pool()).await?;
        entries(&rows)
    }
}

fn entries(rows: &[SqliteRow]) -> Result<Vec<Entry>, StoreError> {
    let read = |row| Entry::read(&link(row)?.entry).map_err(|unreadable| StoreError(unreadable.to_string()));
    rows.iter().map(read).collect()
}

fn link(row: &SqliteRow) -> Result<Link, StoreError> {
    let seq: i64 = row.try_get("seq")?;
    Ok(Link { seq: seq.cast_unsigned(), entry: row.try_get("entry")?, hash: bytes(row, "hash")? })
}

fn head(row: &SqliteRow) -> Result<Head, StoreError> {
    Ok(Head {
        at: row.try_get::<i64, _>("at")?.cast_unsigned(),
        hash: bytes(row, "hash")?,
        key: bytes(row, "key")?,
        seq: row.try_get::<i64, _>("seq")?.cast_unsigned(),
        signature: bytes(row, "signature")?,
    })
}

fn bytes<const N: usize>(row: &SqliteRow, column: &str) -> Result<Hex<N>, StoreError> {
    Hex::from_slice(row.try_get(column)?).ok_or_else(|| StoreError("the audit is damaged".into()))
}
