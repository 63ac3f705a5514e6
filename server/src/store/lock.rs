//! One server for one data folder: two would each believe that the rooms are theirs.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::StoreError;

/// The file that is locked. It stays there, empty; only the lock on it says something, and the kernel takes that away
/// even from a process that is killed.
const FILE: &str = "ibasho.lock";

/// Holds a data folder until it is dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

/// Why a data folder is not ours.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("another server uses this data folder: stop it first, or choose another folder with --data")]
    Held,
    /// The folder cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Lock {
    /// Takes the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn take(dir: &Path) -> Result<Self, LockError> {
        let fault = |error: std::io::Error| StoreError(format!("{}: {error}", dir.display()));
        super::sqlite::make_folder(dir)?;
        let file = File::options().create(true).truncate(false).write(true).open(dir.join(FILE)).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::Held),
            Err(TryLockError::Error(error)) => Err(fault(error).into()),
        }
    }
}
