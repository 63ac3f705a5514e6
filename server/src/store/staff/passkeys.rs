//! Passkeys and identities at the municipality's sign-in: other ways to be somebody.

use ibasho_protocol::ids::Millis;
use sqlx::{Row, SqliteConnection};

use crate::store::StoreError;

/// A passkey: the id of the credential and, as JSON, its public key.
pub(crate) struct KeptPasskey {
    /// The credential's id.
    pub credential: Vec<u8>,
    /// The public key and its counter.
    pub passkey: String,
    /// When it was made.
    pub made: Millis,
}

/// Adds a passkey. `false`: it is known already.
pub(crate) async fn add(db: &mut SqliteConnection, account: &str, key: &KeptPasskey) -> Result<bool, StoreError> {
    let added = sqlx::query(
        "INSERT INTO staff_passkeys (credential, account, passkey, made) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (credential) DO NOTHING",
    )
    .bind(&key.credential)
    .bind(account)
    .bind(&key.passkey)
    .bind(key.made.cast_signed())
    .execute(db)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The passkeys of an account, the oldest first.
pub(crate) async fn of(db: &mut SqliteConnection, account: &str) -> Result<Vec<KeptPasskey>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_passkeys WHERE account = $1 ORDER BY made, credential");
    let rows = select.bind(account).fetch_all(db).await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        Ok(KeptPasskey {
            credential: row.try_get("credential")?,
            passkey: row.try_get("passkey")?,
            made: row.try_get::<i64, _>("made")?.cast_unsigned(),
        })
    };
    rows.iter().map(read).collect()
}

/// Keeps a passkey's newer counter.
pub(crate) async fn update(db: &mut SqliteConnection, key: &KeptPasskey) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE staff_passkeys SET passkey = $1 WHERE credential = $2");
    update.bind(&key.passkey).bind(&key.credential).execute(db).await?;
    Ok(())
}

/// Removes a passkey.
pub(crate) async fn remove(db: &mut SqliteConnection, account: &str, credential: &[u8]) -> Result<(), StoreError> {
    let delete = sqlx::query("DELETE FROM staff_passkeys WHERE account = $1 AND credential = $2");
    delete.bind(account).bind(credential).execute(db).await?;
    Ok(())
}

/// Whose identity this is, and whether its role follows the sign-in.
pub(crate) async fn identity(
    db: &mut SqliteConnection,
    issuer: &str,
    subject: &str,
) -> Result<Option<(String, bool)>, StoreError> {
    let select = sqlx::query("SELECT account, mapped FROM staff_identities WHERE issuer = $1 AND subject = $2");
    let row = select.bind(issuer).bind(subject).fetch_optional(db).await?;
    row.map(|row| Ok((row.try_get("account")?, row.try_get::<i64, _>("mapped")? != 0))).transpose()
}

/// Links an identity to an account. `false`: it is linked already.
pub(crate) async fn link(
    db: &mut SqliteConnection,
    issuer: &str,
    subject: &str,
    account: &str,
    mapped: bool,
) -> Result<bool, StoreError> {
    let added = sqlx::query(
        "INSERT INTO staff_identities (issuer, subject, account, mapped) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (issuer, subject) DO NOTHING",
    )
    .bind(issuer)
    .bind(subject)
    .bind(account)
    .bind(i64::from(mapped))
    .execute(db)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether an account is linked to an identity.
pub(crate) async fn is_linked(db: &mut SqliteConnection, account: &str) -> Result<bool, StoreError> {
    let count = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM staff_identities WHERE account = $1");
    Ok(count.bind(account).fetch_one(db).await? > 0)
}
