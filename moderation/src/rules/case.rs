//! What is judged.

use crate::roles::Role;
use ibasho_protocol::rules::Occasion;

/// How many of a person's messages are judged together, the new one included. Phone numbers are sent in three or four
/// pieces, with a word in between; flood and repetition look at the same ones.
pub const WINDOW_MESSAGES: usize = 12;
/// For how long a message is looked at together with those after it: a number begun an hour ago is another one.
pub const WINDOW_MS: u64 = 5 * 60 * 1_000;
/// How long somebody counts as having been here if nobody knows: not at all, so that rules for newcomers hold.
pub const NEWCOMER_UNKNOWN_MS: u64 = 0;

/// What somebody wrote, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// The words.
    pub text: &'a str,
    /// Milliseconds since the Unix epoch.
    pub at: u64,
}

/// What is judged, with what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case<'a> {
    /// What it is.
    pub on: Occasion,
    /// What the same person wrote, oldest first; the last is judged. Only the last [`WINDOW_MESSAGES`] of the last
    /// [`WINDOW_MS`] are looked at. Empty if there are no words to judge.
    pub texts: &'a [Said<'a>],
    /// The role of the person.
    pub role: Role,
    /// The id of the room.
    pub room: &'a str,
    /// The id of the session that is on.
    pub session: Option<&'a str>,
    /// When the person first came, in milliseconds since the Unix epoch. Whom nobody knows counts as a newcomer.
    pub arrived: Option<u64>,
    /// Milliseconds since the Unix epoch.
    pub now: u64,
}

impl Case<'_> {
    /// For how long the person has been coming, in milliseconds.
    pub(super) fn known_ms(&self) -> u64 {
        self.arrived.map_or(NEWCOMER_UNKNOWN_MS, |arrived| self.now.saturating_sub(arrived))
    }

    /// The first of the texts that is looked at.
    pub(super) fn window_begins(&self) -> usize {
        let most = self.texts.len().saturating_sub(WINDOW_MESSAGES);
        let old = self.texts.partition_point(|said| said.at.saturating_add(WINDOW_MS) < self.now);
        // The last is the one that is judged, whatever time it bears.
        most.max(old).min(self.texts.len().saturating_sub(1))
    }
}
