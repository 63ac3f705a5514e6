//! Invitations: who may invite whom, and how one becomes an account.

use std::collections::BTreeSet;

use ibasho_moderation::roles::{Action, permits};
use ibasho_protocol::api::staff::LoginWay;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;
use sqlx::SqliteConnection;

use super::{entry, fresh_id, people};
use crate::dice::Dice;
use crate::http::answer::Refused;
use crate::secret::{Token, TokenHash};
use crate::store::StoreError;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::invitations::{self, Invitation};
use crate::store::staff::logins::Login;

/// Longest time an invitation is open, in days: a link in a mailbox is a key under the mat.
pub(crate) const MOST_DAYS: u8 = 14;
/// Most invitations that are open at a time.
const MOST_OPEN: usize = 200;
/// Most accounts. A large municipality has some dozens of staff.
const MOST_ACCOUNTS: i64 = 500;
const DAY_MS: Millis = 24 * 60 * 60_000;

/// What somebody is invited to be.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// As what.
    pub(crate) role: Role,
    /// Only these rooms; empty for all.
    pub(crate) rooms: Vec<String>,
}

impl Offer {
    /// An offer that makes sense: a role that staff have, and rooms that there are.
    ///
    /// # Errors
    /// `value_out_of_range` for a role that nobody is invited to, or rooms for one that has no rooms of its own;
    /// `room_unknown`.
    pub(crate) fn new(role: Role, rooms: Vec<String>, known: impl Fn(&str) -> bool) -> Result<Self, RefusalCode> {
        let invited = role.is_staff() || role == Role::Auditor;
        let in_rooms = matches!(role, Role::PeerStaff | Role::Facilitator);
        if !invited || !(in_rooms || rooms.is_empty()) {
            return Err(RefusalCode::ValueOutOfRange);
        }
        if !rooms.iter().all(|room| known(room)) {
            return Err(RefusalCode::RoomUnknown);
        }
        Ok(Self { role, rooms: rooms.into_iter().collect::<BTreeSet<_>>().into_iter().collect() })
    }

    /// Whether somebody may make this offer: owners any, facilitators only to peer staff in their own rooms.
    ///
    /// # Errors
    /// `not_allowed`.
    pub(crate) fn check(&self, host: &Account) -> Result<(), RefusalCode> {
        let within = host.rooms.is_empty()
            || (!self.rooms.is_empty() && self.rooms.iter().all(|room| host.rooms.contains(room)));
        let own = permits(host.role, Action::RolesRoom) && self.role == Role::PeerStaff && within;
        if own || permits(host.role, Action::RolesSite) { Ok(()) } else { Err(RefusalCode::NotAllowed) }
    }
}

/// Opens an invitation. The token is shown once.
pub(crate) async fn open(
    db: &mut SqliteConnection,
    offer: Offer,
    days: u8,
    host: Option<String>,
    dice: &Dice,
    now: Millis,
) -> Result<(Token, Millis), Refused> {
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(RefusalCode::ValueOutOfRange.into());
    }
    if invitations::open(db, now).await?.len() >= MOST_OPEN {
        return Err(RefusalCode::ListFull.into());
    }
    let (token, until) = (Token::draw(dice), now + Millis::from(days) * DAY_MS);
    let Offer { role, rooms } = offer;
    invitations::add(db, &Invitation { id: fresh_id(dice), token: token.hash(), role, rooms, until, host }).await?;
    Ok((token, until))
}

/// The link for a token: in the fragment, which browsers do not send.
pub(crate) fn link(public_url: &str, token: Token) -> String {
    format!("{public_url}/staff#invitation={}", token.reveal())
}

/// The open invitation of a token.
///
/// # Errors
/// `code_unknown`: there is none, it was used already, or it is over.
pub(crate) async fn find(db: &mut SqliteConnection, token: TokenHash, now: Millis) -> Result<Invitation, Refused> {
    invitations::by_token(db, token, now).await?.ok_or_else(|| RefusalCode::CodeUnknown.into())
}

/// Whether a name can be had: tells it before somebody goes through a whole ceremony.
///
/// # Errors
/// `name_taken`, or what is wrong with the name.
pub(crate) async fn check_name(db: &mut SqliteConnection, name: &str) -> Result<String, Refused> {
    let name = people::tidy(name)?;
    let skeleton = people::skeleton(&name)?;
    match accounts::by_skeleton(db, &skeleton).await? {
        Some(_) => Err(RefusalCode::NameTaken.into()),
        None => Ok(name),
    }
}

/// Somebody who accepts: what they chose, under the id their keys were made for.
pub(crate) struct Newcomer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) passphrase: Option<String>,
}

/// Spends an invitation: makes the account and signs it in. All of it in the caller's transaction, or none.
///
/// # Errors
/// `code_unknown`, `name_taken`, `list_full`.
pub(crate) async fn accept(
    db: &mut SqliteConnection,
    invitation: Invitation,
    newcomer: Newcomer,
    way: LoginWay,
    dice: &Dice,
    now: Millis,
) -> Result<(Account, Login, Token), Refused> {
    if !invitations::remove(db, &invitation.id).await? || now >= invitation.until {
        return Err(RefusalCode::CodeUnknown.into());
    }
    let account = create(db, newcomer, invitation.role, invitation.rooms, now).await?;
    let (login, token) = entry::begin_login(db, &account, way, dice, now).await?;
    Ok((account, login, token))
}

/// Makes an account.
///
/// # Errors
/// `name_taken`, `list_full`, or what is wrong with the name.
pub(crate) async fn create(
    db: &mut SqliteConnection,
    newcomer: Newcomer,
    role: Role,
    rooms: Vec<String>,
    now: Millis,
) -> Result<Account, Refused> {
    if accounts::count(db).await? >= MOST_ACCOUNTS {
        return Err(RefusalCode::ListFull.into());
    }
    let Newcomer { id, name, passphrase } = newcomer;
    let (name, skeleton) = (people::tidy(&name)?, people::skeleton(&name)?);
    let account = Account { id, name, role, rooms, passphrase, totp: None, seen: None };
    if !accounts::add(db, &account, &skeleton, now).await? {
        return Err(RefusalCode::NameTaken.into());
    }
    Ok(account)
}

/// Forgets what is over.
pub(crate) async fn sweep(db: &mut SqliteConnection, now: Millis) -> Result<(), StoreError> {
    invitations::sweep(db, now).await
}
