//! What is counted of a session that is over: whole numbers, nothing per person. Whoever shows them hides small groups
//! (`crate::statistics`).

use ibasho_protocol::ids::Millis;
use sqlx::{QueryBuilder, Row as _};

use super::suggestions::within;
use super::{Sqlite, StoreError};
use crate::day::Day;
use crate::hosting::gathering::Tally;

/// A session that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionCounted {
    /// The id of the occurrence.
    pub session: String,
    /// The id of its room.
    pub room: String,
    /// When it began.
    pub starts: Millis,
    /// Its name in Japanese.
    pub name: String,
    /// The numbers.
    pub tally: Tally,
}

/// A kept row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    /// The day on which it began.
    pub day: String,
    /// The id of its room.
    pub room: String,
    /// Its name in Japanese.
    pub name: String,
    /// The numbers.
    pub tally: Tally,
}

/// Keeps the numbers of a session that is over, in place of earlier ones of the same session; whose first session it
/// was is forgotten. On disk when this returns.
///
/// # Errors
/// The store does not answer.
pub async fn put(store: &Sqlite, over: &SessionCounted, began: Day) -> Result<(), StoreError> {
    let tally = &over.tally;
    let mut transaction = store.pool().begin().await?;
    sqlx::query(
        "INSERT INTO counts (session, room, day, name, came, watched, reacted, wrote, first, again, minutes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (session) DO UPDATE SET \
         came = excluded.came, watched = excluded.watched, reacted = excluded.reacted, wrote = excluded.wrote, \
         first = excluded.first, again = excluded.again, minutes = excluded.minutes",
    )
    .bind(&over.session)
    .bind(&over.room)
    .bind(began.day())
    .bind(&over.name)
    .bind(tally.came)
    .bind(tally.watched)
    .bind(tally.reacted)
    .bind(tally.wrote)
    .bind(tally.first)
    .bind(tally.again)
    .bind(tally.minutes)
    .execute(&mut *transaction)
    .await?;
    sqlx::query("UPDATE members SET first_in = NULL WHERE first_in = $1")
        .bind(&over.session)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The sessions of these rooms (`None`: of all) from one day to another, both included, the oldest first.
pub(crate) async fn between(
    store: &Sqlite,
    rooms: Option<&[String]>,
    from: &str,
    to: &str,
) -> Result<Vec<Counted>, StoreError> {
    let mut query = QueryBuilder::<sqlx::Sqlite>::new("SELECT * FROM counts WHERE day >= ");
    query.push_bind(from).push(" AND day <= ").push_bind(to);
    within(&mut query, " AND ", rooms);
    let rows = query.push(" ORDER BY day, room, session").build().fetch_all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            let tally = Tally {
                came: row.try_get("came")?,
                watched: row.try_get("watched")?,
                reacted: row.try_get("reacted")?,
                wrote: row.try_get("wrote")?,
                first: row.try_get("first")?,
                again: row.try_get("again")?,
                minutes: row.try_get("minutes")?,
            };
            Ok(Counted { day: row.try_get("day")?, room: row.try_get("room")?, name: row.try_get("name")?, tally })
        })
        .collect()
}

/// Deletes what is older than so many months.
pub(super) async fn over(store: &Sqlite, today: Day, months: u16) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM counts WHERE day < $1").bind(today.months_before(months));
    Ok(gone.execute(store.pool()).await?.rows_affected())
}
