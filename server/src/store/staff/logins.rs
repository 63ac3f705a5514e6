//! Logins: who is signed in, on which device.

use std::collections::BTreeSet;

use ibasho_protocol::api::staff::LoginWay;
use ibasho_protocol::ids::Millis;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::secret::TokenHash;
use crate::store::StoreError;

/// A login.
#[derive(Clone)]
pub(crate) struct Login {
    /// Its id.
    pub id: String,
    /// Whose.
    pub account: String,
    /// How it began.
    pub way: LoginWay,
    /// When it began.
    pub since: Millis,
    /// When it was last used, give or take what is not written down each time.
    pub used: Millis,
}

fn way_name(way: LoginWay) -> &'static str {
    match way {
        LoginWay::Passkey => "passkey",
        LoginWay::Passphrase => "passphrase",
        LoginWay::Oidc => "oidc",
    }
}

fn login(row: &SqliteRow) -> Result<Login, StoreError> {
    let way: &str = row.try_get("way")?;
    let ways = [LoginWay::Passkey, LoginWay::Passphrase, LoginWay::Oidc];
    Ok(Login {
        id: row.try_get("id")?,
        account: row.try_get("account")?,
        way: ways.into_iter().find(|&known| way_name(known) == way).ok_or_else(|| StoreError("a way is odd".into()))?,
        since: row.try_get::<i64, _>("since")?.cast_unsigned(),
        used: row.try_get::<i64, _>("used")?.cast_unsigned(),
    })
}

/// Adds a login.
pub(crate) async fn add(db: &mut SqliteConnection, login: &Login, token: TokenHash) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO staff_logins (id, token, account, way, since, used) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&login.id)
        .bind(token.as_bytes())
        .bind(&login.account)
        .bind(way_name(login.way))
        .bind(login.since.cast_signed())
        .bind(login.used.cast_signed())
        .execute(db)
        .await?;
    Ok(())
}

/// The login with this token, alive or not.
pub(crate) async fn by_token(db: &mut SqliteConnection, token: TokenHash) -> Result<Option<Login>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_logins WHERE token = $1");
    let row = select.bind(token.as_bytes()).fetch_optional(db).await?;
    row.as_ref().map(login).transpose()
}

/// The login with this id, alive or not.
pub(crate) async fn by_id(db: &mut SqliteConnection, id: &str) -> Result<Option<Login>, StoreError> {
    let row = sqlx::query("SELECT * FROM staff_logins WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.as_ref().map(login).transpose()
}

/// The accounts with a login that began after `since` and was used after `used`.
pub(crate) async fn alive(
    db: &mut SqliteConnection,
    since: Millis,
    used: Millis,
) -> Result<BTreeSet<String>, StoreError> {
    let select = sqlx::query_scalar("SELECT DISTINCT account FROM staff_logins WHERE since > $1 AND used > $2");
    let all: Vec<String> = select.bind(since.cast_signed()).bind(used.cast_signed()).fetch_all(db).await?;
    Ok(all.into_iter().collect())
}

/// The logins of an account, the newest first.
pub(crate) async fn of(db: &mut SqliteConnection, account: &str) -> Result<Vec<Login>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_logins WHERE account = $1 ORDER BY since DESC, id");
    let rows = select.bind(account).fetch_all(db).await?;
    rows.iter().map(login).collect()
}

/// Those that began before `since` or were last used before `used`.
pub(crate) async fn over(db: &mut SqliteConnection, since: Millis, used: Millis) -> Result<Vec<Login>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_logins WHERE since <= $1 OR used <= $2 ORDER BY id");
    let rows = select.bind(since.cast_signed()).bind(used.cast_signed()).fetch_all(db).await?;
    rows.iter().map(login).collect()
}

/// Notes that it is being used.
pub(crate) async fn touch(db: &mut SqliteConnection, id: &str, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE staff_logins SET used = $1 WHERE id = $2").bind(now.cast_signed()).bind(id).execute(db).await?;
    Ok(())
}

/// Ends it.
pub(crate) async fn remove(db: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_logins WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}
