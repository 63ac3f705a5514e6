//! What is kept of members.

use sqlx::Row as _;

use super::{Sqlite, StoreError};
use crate::day::Day;
use crate::hosting::pass::MemberId;

/// A secret of this installation; `fresh` becomes it if there is none yet.
pub async fn secret(store: &Sqlite, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
    sqlx::query("INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(&fresh[..])
        .execute(store.pool())
        .await?;
    let kept: Vec<u8> =
        sqlx::query_scalar("SELECT bytes FROM secrets WHERE name = $1").bind(name).fetch_one(store.pool()).await?;
    kept.try_into().map_err(|_| StoreError("a secret is broken".into()))
}

/// How many members there are.
pub async fn count(store: &Sqlite) -> Result<u32, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM members").fetch_one(store.pool()).await?)
}

/// Keeps a member's phrase in place of the one before. `false`: somebody else has this phrase, and nothing was kept.
pub async fn keep(store: &Sqlite, id: MemberId, phrase: &[u8], month: &str) -> Result<bool, StoreError> {
    let kept = sqlx::query(
        "INSERT INTO members (id, phrase, seen) VALUES ($1, $2, $3) \
         ON CONFLICT (id) DO UPDATE SET phrase = excluded.phrase, seen = excluded.seen",
    )
    .bind(id.0)
    .bind(phrase)
    .bind(month)
    .execute(store.pool())
    .await;
    match kept {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whose phrase this is. They are seen in `month`.
pub async fn find(store: &Sqlite, phrase: &[u8], month: &str) -> Result<Option<MemberId>, StoreError> {
    let row =
        sqlx::query("SELECT id, seen FROM members WHERE phrase = $1").bind(phrase).fetch_optional(store.pool()).await?;
    let Some(row) = row else { return Ok(None) };
    let id: i64 = row.try_get("id")?;
    if row.try_get::<&str, _>("seen")? != month {
        let seen = sqlx::query("UPDATE members SET seen = $1 WHERE id = $2").bind(month).bind(id);
        seen.execute(store.pool()).await?;
    }
    Ok(Some(MemberId(id)))
}

/// Forgets a member.
pub async fn forget(store: &Sqlite, id: MemberId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM members WHERE id = $1").bind(id.0).execute(store.pool()).await?;
    Ok(())
}

/// A member came to a session.
pub async fn attended(store: &Sqlite, id: MemberId, session: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE members SET known = 1, first_in = $1 WHERE id = $2 AND known = 0")
        .bind(session)
        .bind(id.0)
        .execute(store.pool())
        .await?;
    Ok(())
}

/// Whether a member came to a session at least once.
pub async fn known(store: &Sqlite, id: MemberId) -> Result<bool, StoreError> {
    let known = sqlx::query_scalar("SELECT known FROM members WHERE id = $1").bind(id.0);
    Ok(known.fetch_optional(store.pool()).await?.unwrap_or(false))
}

/// Whether a session is the first that a member comes to.
pub async fn first(store: &Sqlite, id: MemberId, session: &str) -> Result<bool, StoreError> {
    let earlier: Option<i64> = sqlx::query_scalar(
        "SELECT id FROM members WHERE id = $1 AND known = 1 AND (first_in IS NULL OR first_in <> $2)",
    )
    .bind(id.0)
    .bind(session)
    .fetch_optional(store.pool())
    .await?;
    Ok(earlier.is_none())
}

/// Forgets who was not seen for so many months, and which session was whose first if that was never told to be over.
/// A session that goes on right now loses nothing but the difference between a first visit and its continuation.
pub async fn over(store: &Sqlite, today: Day, months: u16) -> Result<u64, StoreError> {
    sqlx::query("UPDATE members SET first_in = NULL WHERE first_in IS NOT NULL").execute(store.pool()).await?;
    let before = today.months_before(months);
    let gone = sqlx::query("DELETE FROM members WHERE seen < $1").bind(before).execute(store.pool()).await?;
    Ok(gone.rows_affected())
}
