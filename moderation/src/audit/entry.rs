//! One entry, and the one way to write it down.

use serde::{Deserialize, Serialize};

use super::{Commitment, Personal};

/// Most bytes of a code in an entry. A key in hexadecimal has 64; a pseudonym, an id or a reason fewer.
pub const MOST_TEXT: usize = 128;
/// Most commitments of one entry: a message, its neighbours and their nicknames are two dozen at most.
pub const MOST_COMMITMENTS: usize = 64;

/// What somebody did, before it has its place in the chain.
///
/// Texts are codes (`A–Z a–z 0–9 . _ : -`), never what people wrote: the chain cannot forget, so nothing of people
/// fits into it but numbers without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When, in milliseconds since the Unix epoch.
    pub at: u64,
    /// Who, under a pseudonym; `server` and `operator` for those who have none.
    pub actor: String,
    /// What, for instance `sanction.imposed`.
    pub action: String,
    /// On whom or what.
    pub target: Option<String>,
    /// In which room; absent for the whole place.
    pub room: Option<String>,
    /// Why, as a code.
    pub reason: Option<String>,
    /// In which case.
    pub case: Option<String>,
    /// Personal data that belongs to it. It is kept beside the chain.
    pub personal: Vec<Personal>,
}

impl Note {
    /// That `actor` did `action`, and nothing more yet.
    pub fn new(at: u64, actor: impl Into<String>, action: impl Into<String>) -> Self {
        let (actor, action) = (actor.into(), action.into());
        Self { at, actor, action, target: None, room: None, reason: None, case: None, personal: Vec::new() }
    }

    /// Whether it can stand in the chain.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self) -> Result<(), Unfit> {
        let given = |name, text: &Option<String>| text.as_deref().map_or(Ok(()), |text| code(name, text));
        code("actor", &self.actor)?;
        code("action", &self.action)?;
        given("target", &self.target)?;
        given("room", &self.room)?;
        given("reason", &self.reason)?;
        given("case", &self.case)?;
        self.personal.iter().try_for_each(|personal| code("kind", &personal.kind))?;
        if self.personal.len() > MOST_COMMITMENTS { Err(Unfit("personal")) } else { Ok(()) }
    }
}

/// This part of a note is no code, or too long. What it is stays out of the error: it may be what somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` of an entry is no code of 1 to {MOST_TEXT} characters, or there are too many")]
pub struct Unfit(pub &'static str);

/// This is not how an entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an entry in its canonical form")]
pub struct Unreadable;

fn code(name: &'static str, text: &str) -> Result<(), Unfit> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
    let good = (1..=MOST_TEXT).contains(&text.len()) && text.bytes().all(fits);
    if good { Ok(()) } else { Err(Unfit(name)) }
}

/// An entry of the chain. Its fields are in the order of the alphabet: so `serde_json` writes what RFC 8785 wants, as
/// there are no numbers in it but whole ones below 2^53.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What.
    pub action: String,
    /// Who, under a pseudonym.
    pub actor: String,
    /// When, in milliseconds since the Unix epoch.
    pub at: u64,
    /// In which case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What stands for personal data.
    pub commitments: Vec<Commitment>,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which room; absent for the whole place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// On whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

impl Entry {
    /// The entry that a note becomes in this place.
    pub(super) fn new(seq: u64, note: &Note) -> Self {
        let Note { at, actor, action, target, room, reason, case, personal } = note;
        Self {
            action: action.clone(),
            actor: actor.clone(),
            at: *at,
            case: case.clone(),
            commitments: personal.iter().map(Personal::commitment).collect(),
            reason: reason.clone(),
            room: room.clone(),
            seq,
            target: target.clone(),
        }
    }

    /// Its canonical form.
    pub fn canonical(&self) -> String {
        // Strings, numbers and lists: there is nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the canonical form, and nothing but that.
    ///
    /// # Errors
    /// It is no entry, or an entry that is written in another way.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let entry: Self = serde_json::from_str(text).map_err(|_| Unreadable)?;
        if entry.canonical() == text { Ok(entry) } else { Err(Unreadable) }
    }
}
