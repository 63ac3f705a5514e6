//! Open invitations.

use ibasho_protocol::ids::Millis;
use ibasho_protocol::role::Role;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{role_name, role_named, rooms_read, rooms_text};
use crate::secret::TokenHash;
use crate::store::StoreError;

/// An open invitation.
pub(crate) struct Invitation {
    /// Its id.
    pub id: String,
    /// What its token hashes to.
    pub token: TokenHash,
    /// As what.
    pub role: Role,
    /// Only these rooms; empty for all.
    pub rooms: Vec<String>,
    /// Until when.
    pub until: Millis,
    /// Who invites; absent: the command line.
    pub host: Option<String>,
}

fn invitation(row: &SqliteRow) -> Result<Invitation, StoreError> {
    let token: Vec<u8> = row.try_get("token")?;
    Ok(Invitation {
        id: row.try_get("id")?,
        token: TokenHash::from_bytes(&token).ok_or_else(|| StoreError("a token hash is broken".into()))?,
        role: role_named(row.try_get("role")?)?,
        rooms: rooms_read(row.try_get("rooms")?)?,
        until: row.try_get::<i64, _>("until")?.cast_unsigned(),
        host: row.try_get("host")?,
    })
}

/// Adds an invitation.
pub(crate) async fn add(db: &mut SqliteConnection, invitation: &Invitation) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO staff_invitations (id, token, role, rooms, until, host) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&invitation.id)
        .bind(invitation.token.as_bytes())
        .bind(role_name(invitation.role))
        .bind(rooms_text(&invitation.rooms)?)
        .bind(invitation.until.cast_signed())
        .bind(&invitation.host)
        .execute(db)
        .await?;
    Ok(())
}

/// The open ones, the soonest over first.
pub(crate) async fn open(db: &mut SqliteConnection, now: Millis) -> Result<Vec<Invitation>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_invitations WHERE until > $1 ORDER BY until, id");
    let rows = select.bind(now.cast_signed()).fetch_all(db).await?;
    rows.iter().map(invitation).collect()
}

/// The open one with this token.
pub(crate) async fn by_token(
    db: &mut SqliteConnection,
    token: TokenHash,
    now: Millis,
) -> Result<Option<Invitation>, StoreError> {
    let select = sqlx::query("SELECT * FROM staff_invitations WHERE token = $1 AND until > $2");
    let row = select.bind(token.as_bytes()).bind(now.cast_signed()).fetch_optional(db).await?;
    row.as_ref().map(invitation).transpose()
}

/// Takes an invitation away. `false`: there is none (any more).
pub(crate) async fn remove(db: &mut SqliteConnection, id: &str) -> Result<bool, StoreError> {
    let gone = sqlx::query("DELETE FROM staff_invitations WHERE id = $1").bind(id).execute(db).await?;
    Ok(gone.rows_affected() == 1)
}

/// Forgets those that are over.
pub(crate) async fn sweep(db: &mut SqliteConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_invitations WHERE until <= $1").bind(now.cast_signed()).execute(db).await?;
    Ok(())
}
