//! Who acts at the desk, and who else could.

use ibasho_moderation::desk::subject::Actor;
use ibasho_protocol::ids::Millis;

use super::super::access::Signed;
use crate::Surroundings;
use crate::http::answer::Refused;
use crate::staff::{self, entry, pseudonym};
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::logins;

impl Signed {
    /// Who they are at the desk.
    pub(super) fn actor(&self, around: &Surroundings) -> Actor {
        actor(around, &self.account)
    }
}

/// Who an account is at the desk.
pub(super) fn actor(around: &Surroundings, account: &Account) -> Actor {
    staff::actor(account, || around.rooms.keys().cloned().collect())
}

/// The colleague with this number.
pub(super) async fn colleague(around: &Surroundings, id: u64) -> Result<Option<Actor>, Refused> {
    let all = accounts::all(&mut *around.store.pool().acquire().await?).await?;
    Ok(all.iter().find(|account| pseudonym(&account.id) == id).map(|account| actor(around, account)))
}

/// The accounts of everybody, each with whether they are signed in.
pub(super) async fn everybody(around: &Surroundings, now: Millis) -> Result<Vec<(Account, bool)>, Refused> {
    let mut db = around.store.pool().acquire().await?;
    let all = accounts::all(&mut db).await?;
    let alive =
        logins::alive(&mut db, now.saturating_sub(entry::ABSOLUTE_MS), now.saturating_sub(entry::IDLE_MS)).await?;
    Ok(all
        .into_iter()
        .map(|account| {
            let signed_in = alive.contains(&account.id);
            (account, signed_in)
        })
        .collect())
}
