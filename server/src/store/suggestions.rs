//! The suggestion box: notes without an author.

use ibasho_protocol::api::calendar::BoxNote;
use sqlx::{QueryBuilder, Row as _};

use super::{Sqlite, StoreError};
use crate::day::Day;
use crate::dice::Dice;

/// Most notes in the box of a room: with more, nobody reads them. The hosts have to empty it.
pub const MOST_NOTES: u32 = 500;

/// Puts a note into the box of a room; it is on disk when this returns. `false`: the box is full.
///
/// # Errors
/// The store does not answer.
pub async fn boxed(store: &Sqlite, dice: &Dice, room: &str, text: &str, today: Day) -> Result<bool, StoreError> {
    // A random number that TypeScript and the API's u32 hold; 500 of them in a room seldom coincide, and then we draw
    // again.
    loop {
        let put = sqlx::query(
            "INSERT INTO box_notes (id, room, day, text) SELECT $1, $2, $3, $4 \
             WHERE (SELECT COUNT(*) FROM box_notes WHERE room = $2) < $5",
        )
        .bind(i64::from(dice.number() as u32))
        .bind(room)
        .bind(today.day())
        .bind(text)
        .bind(MOST_NOTES)
        .execute(store.pool())
        .await;
        match put {
            Ok(done) => return Ok(done.rows_affected() == 1),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// How many notes are in the box of a room.
///
/// # Errors
/// The store does not answer.
pub async fn count(store: &Sqlite, room: &str) -> Result<u16, StoreError> {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM box_notes WHERE room = $1").bind(room);
    Ok(count.fetch_one(store.pool()).await?)
}

/// The notes of these rooms (`None`: of all), the newest day first.
pub(crate) async fn read(store: &Sqlite, rooms: Option<&[String]>) -> Result<Vec<BoxNote>, StoreError> {
    let mut query = QueryBuilder::<sqlx::Sqlite>::new("SELECT id, room, day, text FROM box_notes");
    within(&mut query, " WHERE ", rooms);
    let rows = query.push(" ORDER BY day DESC, id").build().fetch_all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(BoxNote {
                id: row.try_get("id")?,
                room: row.try_get("room")?,
                date: row.try_get("day")?,
                text: row.try_get("text")?,
            })
        })
        .collect()
}

/// Takes a note out of the box, if it is of one of these rooms (`None`: of any). `false`: there is no such note.
pub(crate) async fn take_out(store: &Sqlite, id: u32, rooms: Option<&[String]>) -> Result<bool, StoreError> {
    let mut query = QueryBuilder::<sqlx::Sqlite>::new("DELETE FROM box_notes WHERE id = ");
    query.push_bind(id);
    within(&mut query, " AND ", rooms);
    Ok(query.build().execute(store.pool()).await?.rows_affected() == 1)
}

/// Deletes what is older than so many days.
pub(super) async fn over(store: &Sqlite, today: Day, days: u16) -> Result<u64, StoreError> {
    let gone = sqlx::query("DELETE FROM box_notes WHERE day < $1").bind(today.days_before(days));
    Ok(gone.execute(store.pool()).await?.rows_affected())
}

/// Bounds a query to these rooms.
pub(super) fn within(query: &mut QueryBuilder<sqlx::Sqlite>, with: &str, rooms: Option<&[String]>) {
    let Some(rooms) = rooms else { return };
    // Without a room nothing is found: `IN ()` is not portable.
    query.push(with).push("room IN (''");
    for room in rooms {
        query.push(", ").push_bind(room.clone());
    }
    query.push(")");
}
