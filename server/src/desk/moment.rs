//! What happened around a moment: the content of evidence. Sounds are never in it, only who spoke when.

use std::collections::BTreeSet;

use ibasho_protocol::ids::{Millis, PersonId, ZoneIndex};
use serde::{Deserialize, Serialize};

/// Most bytes of words in a moment: with what stands around them less than a piece of evidence can hold
/// ([`crate::evidence::MOST_BYTES`]), also when every character has to be written as an escape.
pub const MOST_WORDS: usize = 64 * 1024;

/// What happened around a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// In this room; empty for the whole place.
    pub room: String,
    /// When it was looked at, in milliseconds since the Unix epoch.
    pub at: Millis,
    /// Whom it is about.
    pub about: u64,
    /// The message it is about.
    pub message: Option<u64>,
    /// The own words of whoever reported or appealed.
    pub words: Option<String>,
    /// What was written, the oldest first.
    pub lines: Vec<Line>,
    /// Who spoke when.
    pub voices: Vec<Spoke>,
}

/// Something that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The message.
    pub id: u64,
    /// Who wrote it.
    pub who: u64,
    /// Their nickname then.
    pub nick: String,
    /// In which place of the room.
    pub zone: ZoneIndex,
    /// When, in milliseconds since the Unix epoch.
    pub at: Millis,
    /// What.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of something that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Those who hear the place could read it.
    Shown,
    /// It waits, or was not shown.
    Held,
    /// Its writer took it back.
    TakenBack,
    /// Staff took it away.
    Deleted,
}

/// Somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoke {
    /// Who.
    pub who: u64,
    /// In which place of the room.
    pub zone: ZoneIndex,
    /// From when, in milliseconds since the Unix epoch.
    pub from: Millis,
    /// Until when; `None` if they still spoke.
    pub until: Option<Millis>,
}

impl Moment {
    /// The words of somebody who appeals: nothing happened around them.
    pub(crate) fn of_appeal(room: String, at: Millis, about: u64, words: String) -> Self {
        Self { room, at, about, message: None, words: Some(words), lines: Vec::new(), voices: Vec::new() }
    }

    /// Whose words or deeds are in it.
    pub(crate) fn people(&self) -> Vec<PersonId> {
        let lines = self.lines.iter().map(|line| line.who);
        let all: BTreeSet<u64> = lines.chain(self.voices.iter().map(|spoke| spoke.who)).chain([self.about]).collect();
        all.into_iter().map(PersonId).collect()
    }

    /// For sealing.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // Strings, numbers and lists: there is nothing that JSON could not hold.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// As it was sealed.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
