//! `ibasho staff …`: what an operator does at the machine itself, while the server runs or not. How the first owner
//! comes in, and how a lost one does again.

use std::path::{Path, PathBuf};

use ibasho_moderation::nickname::tidy_nickname;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::role::Role;

use super::invitation::{self, MOST_DAYS, Offer};
use super::{people, public_url};
use crate::clock::Clock;
use crate::config::{self, Config, Overrides};
use crate::dice::Dice;
use crate::http::answer::Refused;
use crate::plan;
use crate::store::staff::accounts::{self, Account};
use crate::store::staff::{begin, logins, role_name};
use crate::store::{Sqlite, Store as _};

/// What is common to all of them.
#[derive(Debug, clap::Args)]
pub struct Where {
    /// The configuration; ibasho.toml if it is there
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// What can be done with staff.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Invite somebody: prints a link that works once
    Invite {
        /// As what: `peer_staff`, facilitator, moderator, consultant, owner or auditor
        #[arg(long, value_parser = role)]
        role: Role,
        /// For how many days the link is good
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=i64::from(MOST_DAYS)))]
        days: u8,
        /// For facilitators and peer staff: only these rooms
        #[arg(long, value_delimiter = ',', value_name = "ROOM,…")]
        rooms: Vec<String>,
        /// Which store
        #[command(flatten)]
        at: Where,
    },
    /// List who is staff
    List {
        /// Which store
        #[command(flatten)]
        at: Where,
    },
    /// Remove somebody; they leave every room as staff within a second
    Remove {
        /// Their name
        name: String,
        /// Which store
        #[command(flatten)]
        at: Where,
    },
    /// End all logins of somebody
    Logout {
        /// Their name
        name: String,
        /// Which store
        #[command(flatten)]
        at: Where,
    },
}

fn role(name: &str) -> Result<Role, String> {
    let found = Role::ALL.into_iter().find(|&role| role_name(role) == name.replace('-', "_"));
    found.filter(|&role| role.is_staff() || role == Role::Auditor).ok_or_else(|| "no such role for staff".into())
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CommandError(String);

impl From<Refused> for CommandError {
    fn from(Refused(refusal): Refused) -> Self {
        Self(match refusal.code {
            RefusalCode::RoomUnknown => "there is no such room".into(),
            RefusalCode::ValueOutOfRange => "only facilitators and peer staff have rooms of their own".into(),
            RefusalCode::InUse => "this is the last owner; invite another one first".into(),
            RefusalCode::ListFull => "too many invitations are open; wait until some are over".into(),
            RefusalCode::Busy => "the store does not answer".into(),
            code => format!("refused: {code:?}"),
        })
    }
}

/// Does it, and returns what to print.
///
/// # Errors
/// Why it was not done, for people.
pub async fn run(command: Command) -> Result<String, CommandError> {
    let (Command::Invite { at, .. } | Command::List { at } | Command::Remove { at, .. } | Command::Logout { at, .. }) =
        &command;
    let flags = Overrides { data: at.data.clone(), ..Overrides::default() };
    let config = config::load(at.config.as_deref(), &flags).map_err(|error| CommandError(error.to_string()))?;
    let store = open(&config.data).await?;
    let done = carry_out(command, &config, &store, Clock::real().now()).await;
    store.close().await.map_err(|error| CommandError(error.to_string()))?;
    done
}

/// Opens an invitation in the store of this configuration, whether a server runs on it or not. Returns the link.
///
/// # Errors
/// Why it was not opened, for people.
pub async fn invite(
    config: &Config,
    role: Role,
    rooms: Vec<String>,
    days: u8,
    now: Millis,
) -> Result<String, CommandError> {
    let store = open(&config.data).await?;
    let at = Where { config: None, data: None };
    let done = carry_out(Command::Invite { role, days, rooms, at }, config, &store, now).await;
    store.close().await.map_err(|error| CommandError(error.to_string()))?;
    done
}

async fn open(data: &Path) -> Result<Sqlite, CommandError> {
    Sqlite::open(data).await.map_err(|error| CommandError(error.to_string()))
}

async fn carry_out(command: Command, config: &Config, store: &Sqlite, now: Millis) -> Result<String, CommandError> {
    let mut db = begin(store.pool()).await.map_err(Refused::from)?;
    let said = match command {
        Command::Invite { role, days, rooms, .. } => {
            let known = plan::load(config.rooms.as_deref()).map_err(|error| CommandError(error.to_string()))?;
            let offer = Offer::new(role, rooms, |room| known.contains_key(room)).map_err(Refused::from)?;
            let (token, _) = invitation::open(&mut db, offer, days, None, &Dice::system(), now).await?;
            invitation::link(&public_url(config, config.listen), token)
        }
        Command::List { .. } => {
            let mut lines = Vec::new();
            for account in accounts::all(&mut db).await.map_err(Refused::from)? {
                let signed_in = logins::of(&mut db, &account.id).await.map_err(Refused::from)?;
                lines.push(line(&account, signed_in.len()));
            }
            if lines.is_empty() { "nobody yet: ibasho staff invite --role owner".into() } else { lines.join("\n") }
        }
        Command::Remove { name, .. } => {
            let account = named(&mut db, &name).await?;
            people::remove(&mut db, &account.id, &Dice::system(), now).await?;
            format!("removed: {}", account.name)
        }
        Command::Logout { name, .. } => {
            let account = named(&mut db, &name).await?;
            let ended = people::log_out(&mut db, &account.id, now).await.map_err(Refused::from)?;
            format!("logins ended: {ended}")
        }
    };
    db.commit().await.map_err(Refused::from)?;
    Ok(said)
}

async fn named(db: &mut sqlx::SqliteConnection, name: &str) -> Result<Account, CommandError> {
    let unknown = || CommandError("nobody has this name: see ibasho staff list".into());
    let name = tidy_nickname(name).map_err(|_| unknown())?;
    let all = accounts::all(db).await.map_err(Refused::from)?;
    // To the letter: removing somebody who is only called alike would be a pity.
    all.into_iter().find(|account| account.name == name).ok_or_else(unknown)
}

fn line(account: &Account, logins: usize) -> String {
    let rooms = if account.rooms.is_empty() { "all rooms".into() } else { account.rooms.join(",") };
    format!("{}\t{}\t{rooms}\tlogins: {logins}", account.name, role_name(account.role))
}
