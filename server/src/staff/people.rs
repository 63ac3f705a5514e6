//! Who is staff: their names, their roles, and that there is always an owner.

use ibasho_moderation::nickname::{nickname_skeleton, tidy_nickname};
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use sqlx::SqliteConnection;

use super::invitation::Offer;
use crate::dice::Dice;
use crate::hooks::event::{EventKind, OutboxRow};
use crate::http::answer::Refused;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::logins;
use crate::store::staff::revocations::{self, Revocation};
use crate::store::staff::role_name;
use crate::store::{StoreError, outbox};

/// A name as it is shown.
///
/// # Errors
/// What is wrong with it, as with nicknames.
pub(crate) fn tidy(name: &str) -> Result<String, RefusalCode> {
    tidy_nickname(name)
}

/// What names that look alike have in common.
///
/// # Errors
/// What is wrong with the name.
pub(crate) fn skeleton(name: &str) -> Result<String, RefusalCode> {
    Ok(nickname_skeleton(&tidy(name)?))
}

/// Changes what somebody is. Rooms are told once the transaction is through.
///
/// # Errors
/// `not_found`; `in_use` for the last owner.
pub(crate) async fn change(
    db: &mut SqliteConnection,
    id: &str,
    offer: Offer,
    dice: &Dice,
    now: Millis,
) -> Result<Account, Refused> {
    let account = accounts::by_id(db, id).await?.ok_or(RefusalCode::NotFound)?;
    if offer.role != Role::Owner {
        keep_an_owner(db, &account).await?;
    }
    let Offer { role, rooms } = offer;
    set_role(db, &account, role, &rooms, dice, now).await?;
    Ok(Account { role, rooms, ..account })
}

/// Sets a role without asking whether there is an owner left: what the operator configured.
pub(crate) async fn set_role(
    db: &mut SqliteConnection,
    account: &Account,
    role: Role,
    rooms: &[String],
    dice: &Dice,
    now: Millis,
) -> Result<(), StoreError> {
    accounts::set_role(db, &account.id, role, rooms).await?;
    let revocation = Revocation { account: account.id.clone(), login: None, role: Some(role), rooms: rooms.to_vec() };
    revocations::add(db, &revocation, now).await?;
    tell(db, dice, EventKind::StaffChanged, &account.id, Some(role_name(role)), now).await
}

/// Removes somebody. Rooms are told once the transaction is through.
///
/// # Errors
/// `not_found`; `in_use` for the last owner.
pub(crate) async fn remove(db: &mut SqliteConnection, id: &str, dice: &Dice, now: Millis) -> Result<(), Refused> {
    let account = accounts::by_id(db, id).await?.ok_or(RefusalCode::NotFound)?;
    keep_an_owner(db, &account).await?;
    accounts::remove(db, id).await?;
    let revocation = Revocation { account: account.id, login: None, role: None, rooms: Vec::new() };
    revocations::add(db, &revocation, now).await?;
    Ok(tell(db, dice, EventKind::StaffRemoved, id, None, now).await?)
}

/// Tells other systems, once the transaction is through.
async fn tell(
    db: &mut SqliteConnection,
    dice: &Dice,
    kind: EventKind,
    account: &str,
    code: Option<&'static str>,
    now: Millis,
) -> Result<(), StoreError> {
    outbox::enqueue(db, &[OutboxRow::new(dice, kind, &format!("staff:{account}"), None, code, now)]).await
}

/// Ends all logins of somebody.
pub(crate) async fn log_out(db: &mut SqliteConnection, id: &str, now: Millis) -> Result<usize, StoreError> {
    let logins = logins::of(db, id).await?;
    // One by one: a later login must not be ended by what is told again after a restart.
    for login in &logins {
        super::entry::end(db, login, now).await?;
    }
    Ok(logins.len())
}

async fn keep_an_owner(db: &mut SqliteConnection, account: &Account) -> Result<(), Refused> {
    if account.role == Role::Owner && accounts::other_owners(db, &account.id).await? == 0 {
        return Err(RefusalCode::InUse.into());
    }
    Ok(())
}
