//! What is forgotten with a person: their seat, and what it is tied to.

use ibasho_protocol::ids::PersonId;
use sqlx::{Row as _, SqliteConnection};

use super::StoreError;

/// How much was forgotten.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Gone {
    pub seats: u64,
    pub phrases: u64,
    pub bookings: u64,
}

/// Forgets the seat of a person, and with it the return phrase and the booking with which they came in.
pub(crate) async fn seat(db: &mut SqliteConnection, person: PersonId) -> Result<Gone, StoreError> {
    let query = "DELETE FROM seats WHERE person = $1 \
         RETURNING ties ->> '$.pass.member' AS member, ties ->> '$.pass.booking' AS booking";
    let row = sqlx::query(query).bind(person.0.cast_signed()).fetch_optional(&mut *db).await?;
    let Some(row) = row else { return Ok(Gone::default()) };
    let mut gone = Gone { seats: 1, ..Gone::default() };
    if let Some(member) = row.try_get::<Option<i64>, _>("member")? {
        let query = sqlx::query("DELETE FROM members WHERE id = $1").bind(member);
        gone.phrases = query.execute(&mut *db).await?.rows_affected();
    }
    if let Some(booking) = row.try_get::<Option<i64>, _>("booking")? {
        gone.bookings = cancel(db, Some(booking), None).await?;
    }
    Ok(gone)
}

/// Who has a seat under this nickname.
pub(crate) async fn seated_as(db: &mut SqliteConnection, nickname: &str) -> Result<Vec<PersonId>, StoreError> {
    let found: Vec<i64> =
        sqlx::query_scalar("SELECT person FROM seats WHERE nick = $1").bind(nickname).fetch_all(db).await?;
    Ok(found.into_iter().map(|person| PersonId(person.cast_unsigned())).collect())
}

/// The nickname of somebody who has a seat.
pub(crate) async fn nick_of(db: &mut SqliteConnection, person: PersonId) -> Result<Option<String>, StoreError> {
    let query = sqlx::query_scalar("SELECT nick FROM seats WHERE person = $1");
    Ok(query.bind(person.0.cast_signed()).fetch_optional(db).await?)
}

/// Forgets the bookings under this nickname. How many.
pub(crate) async fn bookings_of(db: &mut SqliteConnection, nickname: &str) -> Result<u64, StoreError> {
    cancel(db, None, Some(nickname)).await
}

/// Forgets bookings. The next on the waiting list moves up by that, and a referral is good again.
async fn cancel(db: &mut SqliteConnection, id: Option<i64>, nick: Option<&str>) -> Result<u64, StoreError> {
    let query = sqlx::query_scalar("DELETE FROM bookings WHERE id = $1 OR nick = $2 RETURNING referral");
    let gone: Vec<Option<Vec<u8>>> = query.bind(id).bind(nick).fetch_all(&mut *db).await?;
    for referral in gone.iter().flatten() {
        let query = sqlx::query("UPDATE plan_codes SET session = NULL WHERE code = $1");
        query.bind(referral).execute(&mut *db).await?;
    }
    Ok(gone.len() as u64)
}
