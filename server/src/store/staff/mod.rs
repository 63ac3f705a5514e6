//! What is kept of staff: one file a topic. Every function takes a connection, so that what belongs together shares a
//! transaction; whoever decides on what they read begins it with [`begin`].

pub(crate) mod accounts;
pub(crate) mod invitations;
pub(crate) mod logins;
pub(crate) mod passkeys;
pub(crate) mod revocations;

use sqlx::{Sqlite as Database, SqlitePool, Transaction};

use super::StoreError;
pub(crate) use super::sqlite::{role_name, role_named};

/// A transaction that reads before it writes: nobody else writes until it ends.
pub(crate) async fn begin(pool: &SqlitePool) -> Result<Transaction<'static, Database>, StoreError> {
    Ok(pool.begin_with("BEGIN IMMEDIATE").await?)
}

fn rooms_text(rooms: &[String]) -> Result<String, StoreError> {
    serde_json::to_string(rooms).map_err(|error| StoreError(error.to_string()))
}

fn rooms_read(text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError("a list of rooms is broken".into()))
}
