//! The outbox: what other systems are told. Every function takes a connection, so that an event is written in the same
//! transaction as what it tells of, and what came of an attempt together with what follows from it.

use ibasho_protocol::ids::Millis;
use sqlx::{Row as _, SqliteConnection};

use super::{Sqlite, StoreError};
use crate::hooks::event::{EventKind, OutboxRow};

/// Most events that wait for one webhook. What comes on top is a dead letter at once: a receiver that takes nothing must
/// not fill the disk.
pub const MOST_WAITING: u32 = 10_000;
/// Most dead letters of one webhook; the oldest make room.
pub const MOST_DEAD: u32 = 10_000;
/// Events that are given to webhooks in one transaction: it bounds how long others wait to write.
pub(crate) const SPREAD: u32 = 200;
/// How long an event is kept at most, told or not, in milliseconds: 30 days, ten times the whole schedule of attempts.
const KEPT_MS: Millis = 30 * 24 * 60 * 60 * 1000;
/// How long it is remembered how many things were told about a subject after the last one, in milliseconds: 400 days,
/// longer than a report or a sanction is kept by default.
const SUBJECT_MS: Millis = 400 * 24 * 60 * 60 * 1000;

/// Writes events down. They are told once the transaction is through.
///
/// # Errors
/// The store does not answer.
pub async fn enqueue(db: &mut SqliteConnection, rows: &[OutboxRow]) -> Result<(), StoreError> {
    for row in rows {
        let sequence: i64 = sqlx::query_scalar(
            "INSERT INTO outbox_subjects (subject, last, used) VALUES ($1, 1, $2) \
             ON CONFLICT (subject) DO UPDATE SET last = last + 1, used = excluded.used RETURNING last",
        )
        .bind(&row.subject)
        .bind(row.made.cast_signed())
        .fetch_one(&mut *db)
        .await?;
        sqlx::query("INSERT INTO outbox (id, kind, subject, sequence, data, made) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&row.id)
            .bind(row.kind.name())
            .bind(&row.subject)
            .bind(sequence)
            .bind(&row.data)
            .bind(row.made.cast_signed())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// An event that was not given to webhooks yet.
pub(crate) struct Unspread {
    pub(crate) number: i64,
    /// Absent: a later version wrote it.
    pub(crate) kind: Option<EventKind>,
    pub(crate) subject: String,
}

/// The first events that were not given to webhooks yet.
pub(crate) async fn unspread(db: &mut SqliteConnection) -> Result<Vec<Unspread>, StoreError> {
    let select = sqlx::query("SELECT number, kind, subject FROM outbox WHERE spread = 0 ORDER BY number LIMIT $1");
    let rows = select.bind(SPREAD).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let kind = EventKind::named(row.try_get("kind")?);
            Ok(Unspread { number: row.try_get("number")?, kind, subject: row.try_get("subject")? })
        })
        .collect()
}

/// Gives an event to a webhook; with `trouble` it is a dead letter from the beginning.
pub(crate) async fn give(
    db: &mut SqliteConnection,
    webhook: &str,
    event: &Unspread,
    trouble: Option<&str>,
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO deliveries (webhook, number, subject, due, dead, trouble) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    )
    .bind(webhook)
    .bind(event.number)
    .bind(&event.subject)
    .bind(now.cast_signed())
    .bind(trouble.is_some())
    .bind(trouble)
    .execute(db)
    .await?;
    Ok(())
}

/// An event was given to every webhook that wants it. Nobody: then it is gone.
pub(crate) async fn given(db: &mut SqliteConnection, number: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET spread = 1 WHERE number = $1").bind(number).execute(&mut *db).await?;
    drop_told(db, number).await
}

/// Drops an event that nobody needs to be told any more.
async fn drop_told(db: &mut SqliteConnection, number: i64) -> Result<(), StoreError> {
    let delete = "DELETE FROM outbox WHERE number = $1 AND spread = 1 \
        AND NOT EXISTS (SELECT 1 FROM deliveries WHERE number = $1)";
    sqlx::query(delete).bind(number).execute(db).await?;
    Ok(())
}

/// How many events of a webhook wait, and how many are dead letters.
pub(crate) async fn counts(db: &mut SqliteConnection, webhook: &str) -> Result<(u32, u32), StoreError> {
    let select = "SELECT COUNT(*) FILTER (WHERE dead = 0) AS waiting, COUNT(*) FILTER (WHERE dead = 1) AS dead \
        FROM deliveries WHERE webhook = $1";
    let row = sqlx::query(select).bind(webhook).fetch_one(db).await?;
    Ok((row.try_get("waiting")?, row.try_get("dead")?))
}

/// Drops the oldest dead letters of a webhook beyond [`MOST_DEAD`]; returns how many.
pub(crate) async fn trim(db: &mut SqliteConnection, webhook: &str) -> Result<u64, StoreError> {
    let delete = "DELETE FROM deliveries WHERE webhook = $1 AND dead = 1 AND number <= \
        (SELECT number FROM deliveries WHERE webhook = $1 AND dead = 1 ORDER BY number DESC LIMIT 1 OFFSET $2)";
    let gone = sqlx::query(delete).bind(webhook).bind(MOST_DEAD).execute(&mut *db).await?.rows_affected();
    if gone > 0 {
        orphans(db).await?;
    }
    Ok(gone)
}

async fn orphans(db: &mut SqliteConnection) -> Result<(), StoreError> {
    let delete = "DELETE FROM outbox WHERE spread = 1 AND number NOT IN (SELECT number FROM deliveries)";
    sqlx::query(delete).execute(db).await?;
    Ok(())
}

/// An event on its way to a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) sequence: i64,
    pub(crate) data: String,
    pub(crate) made: Millis,
    pub(crate) tries: u32,
    pub(crate) trouble: Option<String>,
}

fn letter(row: &sqlx::sqlite::SqliteRow) -> Result<Letter, StoreError> {
    Ok(Letter {
        number: row.try_get("number")?,
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        sequence: row.try_get("sequence")?,
        data: row.try_get("data")?,
        made: row.try_get::<i64, _>("made")?.cast_unsigned(),
        tries: row.try_get("tries")?,
        trouble: row.try_get("trouble")?,
    })
}

/// The first event of each subject that waits for a webhook: the others wait for these.
const FIRSTS: &str = "FROM deliveries d WHERE d.webhook = $1 AND d.dead = 0 AND NOT EXISTS (SELECT 1 FROM deliveries e \
    WHERE e.webhook = d.webhook AND e.subject = d.subject AND e.dead = 0 AND e.number < d.number)";

/// What is to be told to a webhook now: never two events of one subject.
pub(crate) async fn due(
    db: &mut SqliteConnection,
    webhook: &str,
    now: Millis,
    most: usize,
) -> Result<Vec<Letter>, StoreError> {
    let select = format!(
        "SELECT o.number, o.id, o.kind, o.sequence, o.data, o.made, f.tries, f.trouble FROM outbox o JOIN \
         (SELECT d.number, d.tries, d.trouble {FIRSTS} AND d.due <= $2 ORDER BY d.number LIMIT $3) f \
         ON f.number = o.number ORDER BY o.number"
    );
    let select = sqlx::query(sqlx::AssertSqlSafe(select)).bind(webhook).bind(now.cast_signed()).bind(most as i64);
    let rows = select.fetch_all(db).await?;
    rows.iter().map(letter).collect()
}

/// When there is something to be told to a webhook next.
pub(crate) async fn next_due(db: &mut SqliteConnection, webhook: &str) -> Result<Option<Millis>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("SELECT MIN(d.due) {FIRSTS}"));
    let due: Option<i64> = sqlx::query_scalar(select).bind(webhook).fetch_one(db).await?;
    Ok(due.map(i64::cast_unsigned))
}

/// The last dead letters of a webhook, the newest first.
pub(crate) async fn dead(db: &mut SqliteConnection, webhook: &str, most: u32) -> Result<Vec<Letter>, StoreError> {
    let select = sqlx::query(
        "SELECT o.number, o.id, o.kind, o.sequence, o.data, o.made, d.tries, d.trouble FROM deliveries d \
         JOIN outbox o ON o.number = d.number WHERE d.webhook = $1 AND d.dead = 1 ORDER BY o.number DESC LIMIT $2",
    );
    let rows = select.bind(webhook).bind(most).fetch_all(db).await?;
    rows.iter().map(letter).collect()
}

/// A webhook took an event.
pub(crate) async fn took(db: &mut SqliteConnection, webhook: &str, number: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM deliveries WHERE webhook = $1 AND number = $2")
        .bind(webhook)
        .bind(number)
        .execute(&mut *db)
        .await?;
    drop_told(db, number).await
}

/// A webhook did not take an event, which is told again at `due`; `None`: it is a dead letter.
pub(crate) async fn left(
    db: &mut SqliteConnection,
    webhook: &str,
    letter: &Letter,
    due: Option<Millis>,
    trouble: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE deliveries SET tries = $1, due = COALESCE($2, due), dead = $3, trouble = $4 \
         WHERE webhook = $5 AND number = $6",
    )
    .bind(letter.tries + 1)
    .bind(due.map(Millis::cast_signed))
    .bind(due.is_none())
    .bind(trouble)
    .bind(webhook)
    .bind(letter.number)
    .execute(db)
    .await?;
    Ok(())
}

/// Makes everything that waits for a webhook a dead letter.
pub(crate) async fn bury(db: &mut SqliteConnection, webhook: &str, trouble: &str) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE deliveries SET dead = 1, trouble = $1 WHERE webhook = $2 AND dead = 0");
    update.bind(trouble).bind(webhook).execute(db).await?;
    Ok(())
}

/// Tells dead letters again, one by its id or all; returns how many.
pub(crate) async fn replay(
    db: &mut SqliteConnection,
    webhook: &str,
    letter: Option<&str>,
    now: Millis,
) -> Result<u32, StoreError> {
    let update = sqlx::query(
        "UPDATE deliveries SET dead = 0, tries = 0, due = $1, trouble = NULL WHERE webhook = $2 AND dead = 1 \
         AND ($3 IS NULL OR number = (SELECT number FROM outbox WHERE id = $3))",
    );
    let done = update.bind(now.cast_signed()).bind(webhook).bind(letter).execute(db).await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}

/// How a webhook is doing.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// It said that it is gone for good.
    pub(crate) disabled: bool,
    /// It asked to be left alone until then.
    pub(crate) paused: Millis,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// When it last took something.
    pub(crate) told: Option<Millis>,
    /// Why the last attempt failed, if it did.
    pub(crate) trouble: Option<String>,
}

/// How a webhook is doing.
pub(crate) async fn state(db: &mut SqliteConnection, webhook: &str) -> Result<State, StoreError> {
    let select = sqlx::query("SELECT * FROM webhook_states WHERE webhook = $1").bind(webhook);
    let Some(row) = select.fetch_optional(db).await? else { return Ok(State::default()) };
    Ok(State {
        disabled: row.try_get("disabled")?,
        paused: row.try_get::<i64, _>("paused")?.cast_unsigned(),
        failures: row.try_get("failures")?,
        told: row.try_get::<Option<i64>, _>("told")?.map(i64::cast_unsigned),
        trouble: row.try_get("trouble")?,
    })
}

/// Keeps how a webhook is doing.
pub(crate) async fn set_state(db: &mut SqliteConnection, webhook: &str, state: &State) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO webhook_states (webhook, disabled, paused, failures, told, trouble) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(webhook)
    .bind(state.disabled)
    .bind(state.paused.cast_signed())
    .bind(state.failures)
    .bind(state.told.map(Millis::cast_signed))
    .bind(&state.trouble)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes what is over its time.
pub(super) async fn over(store: &Sqlite, now: Millis) -> Result<u64, StoreError> {
    let before = |millis: Millis| now.saturating_sub(millis).cast_signed();
    let events = sqlx::query("DELETE FROM outbox WHERE made < $1").bind(before(KEPT_MS)).execute(store.pool()).await?;
    let subjects = sqlx::query("DELETE FROM outbox_subjects WHERE used < $1").bind(before(SUBJECT_MS));
    Ok(events.rows_affected() + subjects.execute(store.pool()).await?.rows_affected())
}
