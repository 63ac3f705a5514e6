//! What commands at the machine itself have in common.

use crate::store::StoreError;
use crate::store::lock::LockError;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct CommandError {
    text: String,
    misuse: bool,
}

impl CommandError {
    /// Somebody asked for something that cannot be: a wrong name, a folder in use.
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub(crate) fn misuse(text: impl ToString) -> Self {
        Self { text: text.to_string(), misuse: true }
    }

    /// It went wrong.
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub(crate) fn failed(text: impl ToString) -> Self {
        Self { text: text.to_string(), misuse: false }
    }

    /// Whether somebody asked for something that cannot be.
    pub fn is_misuse(&self) -> bool {
        self.misuse
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::failed(error)
    }
}

impl From<sqlx::Error> for CommandError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<LockError> for CommandError {
    fn from(error: LockError) -> Self {
        Self { text: error.to_string(), misuse: matches!(error, LockError::Held) }
    }
}
