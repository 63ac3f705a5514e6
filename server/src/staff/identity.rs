//! Who somebody from the municipality's sign-in is here: linked by an invitation, or by the configured rules.

use std::collections::HashSet;

use ibasho_moderation::nickname::{nickname_skeleton, suggest_nickname};
use ibasho_protocol::api::staff::LoginWay;
use ibasho_protocol::refusal::RefusalCode;
use sqlx::SqliteConnection;

use super::invitation::{self, Newcomer, Offer};
use super::oidc::{Claims, Returned};
use super::{entry, fresh_id, people};
use crate::Surroundings;
use crate::http::answer::Refused;
use crate::secret::Token;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::{begin, passkeys};

/// Signs in who came back.
///
/// # Errors
/// `signin_failed` for somebody who is nobody here, or not any more; `in_use` if they have an account already;
/// whatever is wrong with the invitation or the name.
pub(crate) async fn sign_in(around: &Surroundings, returned: Returned) -> Result<Token, Refused> {
    let now = around.clock.now();
    let Returned { claims, offer, newcomer } = returned;
    let mut db = begin(around.store.pool()).await?;
    let known = passkeys::identity(&mut db, &claims.issuer, &claims.subject).await?;
    let token = match (known, newcomer, offer) {
        (Some(_), Some(_), _) => return Err(RefusalCode::InUse.into()),
        (Some((id, false)), None, _) => {
            let account = accounts::by_id(&mut db, &id).await?.ok_or(RefusalCode::SigninFailed)?;
            entry::begin_login(&mut db, &account, LoginWay::Oidc, &around.dice, now).await?.1
        }
        (Some((id, true)), None, Some(Offer { role, rooms })) => {
            let account = accounts::by_id(&mut db, &id).await?.ok_or(RefusalCode::SigninFailed)?;
            if (account.role, &account.rooms) != (role, &rooms) {
                people::set_role(&mut db, &account, role, &rooms, &around.dice, now).await?;
            }
            entry::begin_login(&mut db, &account, LoginWay::Oidc, &around.dice, now).await?.1
        }
        (Some((id, true)), None, None) => {
            // They were staff by a rule, and are not any more: everywhere.
            people::log_out(&mut db, &id, now).await?;
            db.commit().await?;
            around.staff.bell.notify_one();
            return Err(RefusalCode::SigninFailed.into());
        }
        (None, Some(newcomer), _) => {
            let invitation = invitation::find(&mut db, newcomer.invitation, now).await?;
            let newcomer = Newcomer { id: fresh_id(&around.dice), name: newcomer.name, passphrase: None };
            let accepted = invitation::accept(&mut db, invitation, newcomer, LoginWay::Oidc, &around.dice, now);
            let (account, _, token) = accepted.await?;
            link(&mut db, &claims, &account, false).await?;
            token
        }
        (None, None, Some(Offer { role, rooms })) => {
            let name = free_name(&mut db, claims.nickname.as_deref(), around.dice.number()).await?;
            let newcomer = Newcomer { id: fresh_id(&around.dice), name, passphrase: None };
            let account = invitation::create(&mut db, newcomer, role, rooms, now).await?;
            link(&mut db, &claims, &account, true).await?;
            entry::begin_login(&mut db, &account, LoginWay::Oidc, &around.dice, now).await?.1
        }
        (None, None, None) => return Err(RefusalCode::SigninFailed.into()),
    };
    db.commit().await?;
    around.staff.bell.notify_one();
    Ok(token)
}

async fn link(db: &mut SqliteConnection, claims: &Claims, account: &Account, mapped: bool) -> Result<(), Refused> {
    if passkeys::link(db, &claims.issuer, &claims.subject, &account.id, mapped).await? {
        Ok(())
    } else {
        Err(RefusalCode::InUse.into())
    }
}

/// A name that is free: theirs if they gave one there, else a gentle word.
async fn free_name(db: &mut SqliteConnection, wanted: Option<&str>, pick: u64) -> Result<String, Refused> {
    let all = accounts::all(db).await?;
    let taken: HashSet<String> = all.iter().map(|account| nickname_skeleton(&account.name)).collect();
    let is_taken = |name: &str| taken.contains(&nickname_skeleton(name));
    let own = wanted.and_then(|name| people::tidy(name).ok()).filter(|name| !is_taken(name));
    Ok(own.unwrap_or_else(|| suggest_nickname(&is_taken, wanted.unwrap_or_default(), pick)))
}
