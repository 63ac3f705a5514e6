//! A person's last few messages, kept so that what comes in pieces is judged as one.

use std::collections::VecDeque;

use super::case::{Said, WINDOW_MESSAGES, WINDOW_MS};

/// The last few messages of one person. In memory only, at most [`WINDOW_MESSAGES`] of the last [`WINDOW_MS`].
#[derive(Clone, Default)]
pub struct Recent(VecDeque<(u64, String)>);

impl Recent {
    /// Remembers what was written, and forgets what is too old.
    pub fn push(&mut self, text: &str, now: u64) {
        self.forget(now);
        if self.0.len() == WINDOW_MESSAGES {
            self.0.pop_front();
        }
        self.0.push_back((now, text.to_owned()));
    }

    /// Forgets what is too old to matter.
    pub fn forget(&mut self, now: u64) {
        while self.0.front().is_some_and(|(at, _)| at.saturating_add(WINDOW_MS) < now) {
            self.0.pop_front();
        }
    }

    /// The messages, oldest first.
    pub fn said(&self) -> Vec<Said<'_>> {
        self.0.iter().map(|(at, text)| Said { text, at: *at }).collect()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

// What people wrote belongs in no log.
impl std::fmt::Debug for Recent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recent({} messages)", self.0.len())
    }
}
