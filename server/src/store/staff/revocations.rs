//! What rooms must be told about staff.

use ibasho_protocol::ids::Millis;
use ibasho_protocol::role::Role;
use sqlx::{Row, SqliteConnection};

use super::{role_name, role_named, rooms_read, rooms_text};
use crate::store::StoreError;

/// Somebody lost a login, an account or a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revocation {
    /// The account.
    pub account: String,
    /// The login; absent for all of them.
    pub login: Option<String>,
    /// What they are from now on; absent: nothing.
    pub role: Option<Role>,
    /// In these rooms; empty for all.
    pub rooms: Vec<String>,
}

/// Writes one down.
pub(crate) async fn add(db: &mut SqliteConnection, revocation: &Revocation, now: Millis) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO staff_revocations (account, login, role, rooms, made) VALUES ($1, $2, $3, $4, $5)")
        .bind(&revocation.account)
        .bind(&revocation.login)
        .bind(revocation.role.map(role_name))
        .bind(rooms_text(&revocation.rooms)?)
        .bind(now.cast_signed())
        .execute(db)
        .await?;
    Ok(())
}

/// Those after a number, in order, and the number of the last.
pub(crate) async fn after(db: &mut SqliteConnection, number: i64) -> Result<(i64, Vec<Revocation>), StoreError> {
    let select = sqlx::query("SELECT * FROM staff_revocations WHERE number > $1 ORDER BY number");
    let rows = select.bind(number).fetch_all(db).await?;
    let last = rows.last().map_or(Ok(number), |row| row.try_get("number"))?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        Ok(Revocation {
            account: row.try_get("account")?,
            login: row.try_get("login")?,
            role: row.try_get::<Option<&str>, _>("role")?.map(role_named).transpose()?,
            rooms: rooms_read(row.try_get("rooms")?)?,
        })
    };
    Ok((last, rows.iter().map(read).collect::<Result<_, StoreError>>()?))
}

/// Forgets those made before, but never the last: its number must not be given again.
pub(crate) async fn sweep(db: &mut SqliteConnection, before: Millis) -> Result<(), StoreError> {
    let delete = sqlx::query(
        "DELETE FROM staff_revocations WHERE made < $1 AND number < (SELECT MAX(number) FROM staff_revocations)",
    );
    delete.bind(before.cast_signed()).execute(db).await?;
    Ok(())
}
