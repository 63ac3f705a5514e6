//! Accounts: who is staff.

use ibasho_protocol::ids::Millis;
use ibasho_protocol::role::Role;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{role_name, role_named, rooms_read, rooms_text};
use crate::store::StoreError;

/// A member of staff. Holds hashes and secrets: no `Debug`.
#[derive(Clone)]
pub(crate) struct Account {
    /// Its id.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Only these rooms; empty for all.
    pub rooms: Vec<String>,
    /// The passphrase, stretched.
    pub passphrase: Option<String>,
    /// The secret shared with their authenticator app.
    pub totp: Option<Vec<u8>>,
    /// When they last signed in, to the day.
    pub seen: Option<Millis>,
}

fn account(row: &SqliteRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        role: role_named(row.try_get("role")?)?,
        rooms: rooms_read(row.try_get("rooms")?)?,
        passphrase: row.try_get("passphrase")?,
        totp: row.try_get("totp")?,
        seen: row.try_get::<Option<i64>, _>("seen")?.map(i64::cast_unsigned),
    })
}

/// Adds an account. `false`: somebody has this name, or one that looks like it.
pub(crate) async fn add(
    db: &mut SqliteConnection,
    account: &Account,
    skeleton: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let added = sqlx::query(
        "INSERT INTO staff (id, name, skeleton, role, rooms, passphrase, totp_step, made) \
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (skeleton) DO NOTHING",
    )
    .bind(&account.id)
    .bind(&account.name)
    .bind(skeleton)
    .bind(role_name(account.role))
    .bind(rooms_text(&account.rooms)?)
    .bind(&account.passphrase)
    .bind(now.cast_signed())
    .execute(db)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// How many there are.
pub(crate) async fn count(db: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM staff").fetch_one(db).await?)
}

/// Everybody, by name.
pub(crate) async fn all(db: &mut SqliteConnection) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query("SELECT * FROM staff ORDER BY name, id").fetch_all(db).await?;
    rows.iter().map(account).collect()
}

/// The account with this id.
pub(crate) async fn by_id(db: &mut SqliteConnection, id: &str) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query("SELECT * FROM staff WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.as_ref().map(account).transpose()
}

/// The account with this name, or one that looks like it.
pub(crate) async fn by_skeleton(db: &mut SqliteConnection, skeleton: &str) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query("SELECT * FROM staff WHERE skeleton = $1").bind(skeleton).fetch_optional(db).await?;
    row.as_ref().map(account).transpose()
}

/// How many owners there are besides this one.
pub(crate) async fn other_owners(db: &mut SqliteConnection, id: &str) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM staff WHERE role = $1 AND id <> $2");
    Ok(count.bind(role_name(Role::Owner)).bind(id).fetch_one(db).await?)
}

/// Changes what somebody is.
pub(crate) async fn set_role(
    db: &mut SqliteConnection,
    id: &str,
    role: Role,
    rooms: &[String],
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE staff SET role = $1, rooms = $2 WHERE id = $3");
    update.bind(role_name(role)).bind(rooms_text(rooms)?).bind(id).execute(db).await?;
    Ok(())
}

/// Changes the passphrase.
pub(crate) async fn set_passphrase(db: &mut SqliteConnection, id: &str, stretched: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE staff SET passphrase = $1 WHERE id = $2").bind(stretched).bind(id).execute(db).await?;
    Ok(())
}

/// Sets or takes away the secret of the authenticator app; `step` is the one of the code just used.
pub(crate) async fn set_totp(
    db: &mut SqliteConnection,
    id: &str,
    secret: Option<&[u8]>,
    step: i64,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE staff SET totp = $1, totp_step = $2 WHERE id = $3");
    update.bind(secret).bind(step).bind(id).execute(db).await?;
    Ok(())
}

/// Uses up a time step. `false`: a code of this step, or a later one, was used already.
pub(crate) async fn use_step(db: &mut SqliteConnection, id: &str, step: i64) -> Result<bool, StoreError> {
    let update = sqlx::query("UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $1");
    Ok(update.bind(step).bind(id).execute(db).await?.rows_affected() == 1)
}

/// Notes the day of a sign-in.
pub(crate) async fn set_seen(db: &mut SqliteConnection, id: &str, day: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE staff SET seen = $1 WHERE id = $2").bind(day.cast_signed()).bind(id).execute(db).await?;
    Ok(())
}

/// Removes an account with all its ways to sign in, its logins and its invitations.
pub(crate) async fn remove(db: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}
