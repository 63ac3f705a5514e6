//! What is kept of staff: one file a topic. Every function takes a connection, so that what belongs together shares a
//! transaction; whoever decides on what they read begins it with [`begin`].

pub(crate) mod accounts;
pub(crate) mod invitations;
pub(crate) mod logins;
pub(crate) mod passkeys;
pub(crate) mod revocations;

use ibasho_protocol::role::Role;
use sqlx::{Sqlite as Database, SqlitePool, Transaction};

use super::StoreError;

/// A transaction that reads before it writes: nobody else writes until it ends.
pub(crate) async fn begin(pool: &SqlitePool) -> Result<Transaction<'static, Database>, StoreError> {
    Ok(pool.begin_with("BEGIN IMMEDIATE").await?)
}

/// The names of roles in the store: as on the wire.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lobby => "lobby",
        Role::Participant => "participant",
        Role::PeerStaff => "peer_staff",
        Role::Facilitator => "facilitator",
        Role::Moderator => "moderator",
        Role::Consultant => "consultant",
        Role::Owner => "owner",
        Role::Auditor => "auditor",
        Role::Venue => "venue",
        Role::Observer => "observer",
    }
}

/// The role of this name.
pub(crate) fn role_named(name: &str) -> Result<Role, StoreError> {
    let found = Role::ALL.into_iter().find(|&role| role_name(role) == name);
    found.ok_or_else(|| StoreError("a role is unknown".into()))
}

fn rooms_text(rooms: &[String]) -> Result<String, StoreError> {
    serde_json::to_string(rooms).map_err(|error| StoreError(error.to_string()))
}

fn rooms_read(text: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError("a list of rooms is broken".into()))
}
