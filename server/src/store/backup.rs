//! A backup while the server runs, and the way back.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use tempfile::NamedTempFile;

use super::StoreError;
use super::lock::{Lock, LockError};
use super::sqlite::{FILE, MIGRATIONS};

/// How long a backup waits for the server's writes: much longer than any of them takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is added to the name of a store that another takes the place of.
const ASIDE: &str = "before-restore";

/// Why there is no backup, or why it was not restored. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already where the backup should go.
    #[error("{0} is there already: choose another name, or remove it first")]
    Exists(PathBuf),
    /// No such store or backup.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// A server uses the data folder.
    #[error(transparent)]
    Held(#[from] LockError),
    /// It is damaged, or no store of ours.
    #[error("{0}: {1}")]
    Unusable(PathBuf, String),
    /// It comes from a newer version of this program.
    #[error("{0} was made by a newer version of ibasho: restore it with that version or a later one")]
    Newer(PathBuf),
    /// The file system does not let us.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// Whether somebody asked for something that cannot be: a wrong name, or a folder in use.
    pub fn is_misuse(&self) -> bool {
        matches!(self, Self::Exists(_) | Self::Missing(_) | Self::Held(LockError::Held))
    }
}

/// Writes all that is kept in `dir` into one new file, also while a server runs. The file is whole or not there: it is
/// made under another name, checked, and only then given its own. Only its owner can read it.
///
/// # Errors
/// See [`BackupError`].
pub async fn backup(dir: &Path, file: &Path) -> Result<(), BackupError> {
    let store = dir.join(FILE);
    if !store.is_file() {
        return Err(BackupError::Missing(store));
    }
    if fs::symlink_metadata(file).is_ok() {
        return Err(BackupError::Exists(file.into()));
    }
    let folder = folder_of(file);
    let draft = NamedTempFile::new_in(folder).map_err(|error| BackupError::Io(folder.into(), error))?;
    let name = draft.path().to_str().ok_or_else(|| {
        BackupError::Io(folder.into(), io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8"))
    })?;
    let mut source = open(&store, |options| options.busy_timeout(PATIENCE)).await?;
    // A snapshot in one transaction; what was deleted is not copied.
    let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(&mut source).await.map_err(StoreError::from);
    // The copy is what counts; a connection that does not close harms nobody.
    let _ = source.close().await;
    copied?;
    // A backup that nobody has looked at is only a hope.
    check(draft.path()).await?;
    draft.as_file().sync_all().map_err(|error| BackupError::Io(file.into(), error))?;
    draft.persist_noclobber(file).map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(file.into()),
        _ => BackupError::Io(file.into(), failed.error),
    })?;
    sync(folder)
}

/// Puts a backup in place of what is kept in `dir`, which no server may be using. What was there before stays beside it;
/// returns where.
///
/// # Errors
/// See [`BackupError`].
pub async fn restore(file: &Path, dir: &Path) -> Result<Option<PathBuf>, BackupError> {
    if !file.is_file() {
        return Err(BackupError::Missing(file.into()));
    }
    let _ours = Lock::take(dir)?;
    let fault = |error| BackupError::Io(dir.into(), error);
    let mut draft = NamedTempFile::new_in(dir).map_err(fault)?;
    let mut source = File::open(file).map_err(|error| BackupError::Io(file.into(), error))?;
    io::copy(&mut source, draft.as_file_mut()).map_err(fault)?;
    check(draft.path()).await.map_err(|error| match error {
        // The name that the operator knows.
        BackupError::Unusable(_, why) => BackupError::Unusable(file.into(), why),
        BackupError::Newer(_) => BackupError::Newer(file.into()),
        other => other,
    })?;
    draft.as_file().sync_all().map_err(fault)?;
    let store = dir.join(FILE);
    let aside = set_aside(&store).await?;
    draft.persist(&store).map_err(|failed| fault(failed.error))?;
    sync(dir)?;
    Ok(aside)
}

/// Keeps the old store under another name, so that even the wrong backup can be undone. At no moment is there no store:
/// a server would begin with an empty one.
async fn set_aside(store: &Path) -> Result<Option<PathBuf>, BackupError> {
    if !store.is_file() {
        return Ok(None);
    }
    // Brings what is still in the log beside the file into the file. A damaged store may not be able to; then the log
    // is kept beside it under the same new name, where SQLite looks for it.
    if let Ok(mut old) = open(store, |options| options.busy_timeout(PATIENCE)).await {
        let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut old).await;
        let _ = old.close().await;
    }
    let beside = |more: &str| PathBuf::from(format!("{}{more}", store.display()));
    let free = |n: &u32| {
        let name = if *n == 1 { beside(&format!(".{ASIDE}")) } else { beside(&format!(".{ASIDE}-{n}")) };
        (!name.exists()).then_some(name)
    };
    let aside = (1..).find_map(|n| free(&n)).unwrap_or_else(|| beside(ASIDE));
    let fault = |error| BackupError::Io(aside.clone(), error);
    fs::hard_link(store, &aside).or_else(|_| fs::copy(store, &aside).map(drop)).map_err(fault)?;
    for log in ["-wal", "-shm"] {
        let (old, new) = (beside(log), PathBuf::from(format!("{}{log}", aside.display())));
        if old.exists() {
            fs::rename(old, new).map_err(fault)?;
        }
    }
    Ok(Some(aside))
}

/// Whether this is a whole store that this program can serve.
async fn check(file: &Path) -> Result<(), BackupError> {
    let unusable = |why: &str| BackupError::Unusable(file.into(), why.into());
    let not_ours = |_| unusable("this is no backup of ibasho");
    let mut store = open(file, |options| options.read_only(true).immutable(true)).await?;
    let found: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut store).await.map_err(not_ours)?;
    if found != ["ok"] {
        return Err(unusable("it is damaged"));
    }
    if sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut store).await.map_err(not_ours)?.is_some() {
        return Err(unusable("parts of it are missing"));
    }
    let rows = sqlx::query("SELECT version, checksum, success FROM _sqlx_migrations ORDER BY version")
        .fetch_all(&mut store)
        .await
        .map_err(not_ours)?;
    if rows.is_empty() {
        return Err(unusable("it is empty"));
    }
    let newest = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    for row in rows {
        let (version, checksum): (i64, Vec<u8>) = (row.get("version"), row.get("checksum"));
        if version > newest {
            return Err(BackupError::Newer(file.into()));
        }
        let ours = MIGRATIONS.iter().find(|migration| migration.version == version);
        if !row.get::<bool, _>("success") || ours.is_none_or(|ours| *ours.checksum != *checksum) {
            return Err(unusable("its tables are not those of any version of ibasho"));
        }
    }
    // Read only: nothing to lose.
    let _ = store.close().await;
    Ok(())
}

async fn open(
    file: &Path,
    with: impl FnOnce(SqliteConnectOptions) -> SqliteConnectOptions,
) -> Result<SqliteConnection, BackupError> {
    let options = with(SqliteConnectOptions::new().filename(file).create_if_missing(false));
    options.connect().await.map_err(|_| BackupError::Unusable(file.into(), "it cannot be opened".into()))
}

/// A new name is on disk when its folder is.
fn sync(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| BackupError::Io(folder.into(), error))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
