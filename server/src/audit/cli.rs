//! `ibasho audit …`: verifies the record of what staff did, exports it, renews the key that signs it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat};
use futures_util::TryStreamExt as _;
use ibasho_moderation::audit::Note;
use ibasho_moderation::audit::verify::{Fault, Summary, Trust, Verifier};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::key::{self, Signer};
use super::{OPERATOR, action, export};
use crate::clock::Clock;
use crate::command::CommandError;
use crate::config::{self, Config, Overrides};
use crate::store::audit as kept;
use crate::store::lock::Lock;
use crate::store::{FILE, Sqlite, Store as _};

/// How long it waits for the server's writes: much longer than any of them takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which place.
#[derive(Debug, clap::Args)]
pub struct Where {
    /// The configuration; ibasho.toml if it is there
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// What can be done with the record.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Check that nothing in the record was changed; exits with 1 and says where if something was
    Verify {
        /// Check this export, without any store
        #[arg(long, value_name = "FILE", conflicts_with = "data")]
        export: Option<PathBuf>,
        /// Exports from earlier: what they hold must still be so
        #[arg(long, value_name = "FILE")]
        earlier: Vec<PathBuf>,
        /// Entries at which a new key begins because the file with the one before was lost
        #[arg(long, value_name = "ENTRY")]
        lost_key: Vec<u64>,
        /// Which place
        #[command(flatten)]
        at: Where,
    },
    /// Print the record as JSON lines, signed at this moment; that it was exported is recorded too
    Export {
        /// With the nicknames and words behind the entries, as far as they are still kept
        #[arg(long)]
        personal: bool,
        /// Which place
        #[command(flatten)]
        at: Where,
    },
    /// Sign with a new key from now on; stop the server first
    NewKey {
        /// Which place
        #[command(flatten)]
        at: Where,
    },
}

impl Where {
    /// How the place is configured.
    pub(crate) fn config(&self) -> Result<Config, CommandError> {
        let flags = Overrides { data: self.data.clone(), ..Overrides::default() };
        config::load(self.config.as_deref(), &flags).map_err(CommandError::misuse)
    }

    /// The folder of the store.
    pub(crate) fn data(&self) -> Result<PathBuf, CommandError> {
        Ok(self.config()?.data)
    }

    /// The folder of a store that is there.
    pub(crate) fn existing(&self) -> Result<PathBuf, CommandError> {
        let data = self.data()?;
        let store = data.join(FILE);
        if store.is_file() { Ok(data) } else { Err(CommandError::misuse(format!("{} is not there", store.display()))) }
    }
}

/// Does it, and returns what to print.
///
/// # Errors
/// Why it was not done, or what is wrong with the record, for people.
pub async fn run(command: Command) -> Result<String, CommandError> {
    match command {
        Command::Verify { export, earlier, lost_key, at } => {
            let mut trust = Trust { lost: lost_key.into_iter().collect(), ..Trust::default() };
            for file in earlier {
                trust.earlier.extend(export::heads(&file)?);
            }
            let done = match export {
                Some(file) => verify_export(&file, trust)?,
                None => verify(&at.existing()?, trust).await?,
            };
            done.map(|whole| told(&whole)).map_err(|faults| CommandError::failed(listed(&faults)))
        }
        Command::Export { personal, at } => export(&at.existing()?, personal).await,
        Command::NewKey { at } => new_key(&at.existing()?).await,
    }
}

/// Reads what is kept, also while a server appends to it: one transaction, one state.
async fn verify(data: &Path, mut trust: Trust) -> Result<Result<Summary, Vec<Fault>>, CommandError> {
    trust.key = Signer::find(data).map_err(CommandError::failed)?.map(|signer| signer.public());
    let options = SqliteConnectOptions::new().filename(data.join(FILE)).create_if_missing(false);
    let mut db: SqliteConnection = options.busy_timeout(PATIENCE).connect().await?;
    let mut state = db.begin().await?;
    let mut verifier = Verifier::new(kept::heads(&mut state).await?, trust, &key::check);
    let mut links = kept::links(&mut state);
    while let Some(link) = links.try_next().await? {
        verifier.push(&link);
    }
    drop(links);
    state.rollback().await?;
    db.close().await?;
    Ok(verifier.finish())
}

fn verify_export(file: &Path, trust: Trust) -> Result<Result<Summary, Vec<Fault>>, CommandError> {
    let mut verifier = Verifier::new(export::heads(file)?, trust, &key::check);
    export::entries(file, &mut verifier)?;
    Ok(verifier.finish())
}

/// Signs the end as it is now, and prints all of it.
async fn export(data: &Path, personal: bool) -> Result<String, CommandError> {
    let store = Sqlite::open(data).await?;
    let now = Clock::real().now();
    store.audit(now, &[Note::new(now, OPERATOR, action::EXPORT)]).await?;
    let mut db = store.pool().begin().await?;
    export::write(&mut db, &mut io::stdout().lock(), personal).await?;
    db.rollback().await?;
    store.close().await?;
    Ok(String::new())
}

/// The server holds the key in its memory, so it must not be running.
async fn new_key(data: &Path) -> Result<String, CommandError> {
    let _ours = Lock::take(data)?;
    let key = Signer::renew(data).map_err(CommandError::failed)?.public();
    let store = Sqlite::open(data).await?;
    store.audit(Clock::real().now(), &[]).await?;
    store.close().await?;
    Ok(format!("key:       {key}"))
}

fn told(whole: &Summary) -> String {
    let time = |at: u64| {
        let time = DateTime::from_timestamp_millis(at.cast_signed()).unwrap_or_default();
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    let span = whole.span.map(|(first, last)| format!("  ({} to {})", time(first), time(last))).unwrap_or_default();
    let Summary { entries, heads, keys, end, .. } = whole;
    format!(
        "whole:     {entries} entries{span}\nsigned:    {heads} times, by {keys} keys\nend:       {} {}",
        end.seq, end.hash
    )
}

fn listed(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
    format!("the record is not what it was:{}", lines.concat())
}
