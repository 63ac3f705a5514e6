//! Suggested themes, the vote about them, and the theme that was agreed on.
//!
//! The vote is anonymous. While it is open nobody sees how many votes a theme has, only how many people have voted: so
//! nobody is swayed, and nothing can be read from a number that changes while somebody presses a button or leaves. When
//! it is closed the totals are kept and the ballots are forgotten.

use std::collections::BTreeMap;

use ibasho_moderation::text::tidy_line;
use ibasho_protocol::host::{MOST_THEMES, THEME_GRAPHEMES};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Theme, ThemeId, Themes, VoteState};
use serde::{Deserialize, Serialize};

/// Most themes one person suggests during a session, so that the list has room for everybody's.
const MOST_EACH: u8 = 5;

/// Themes and vote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Topics {
    pub(super) open: bool,
    pub(super) theme: Option<String>,
    list: Vec<Theme>,
    next: ThemeId,
    vote: VoteState,
    voters: u16,
    ballots: BTreeMap<PersonId, ThemeId>,
    /// What came from beforehand, so that what was dropped here does not come again with the next edit.
    beforehand: Vec<String>,
    /// How many each has suggested: how many, not which.
    given: BTreeMap<PersonId, u8>,
}

impl Topics {
    /// Takes in what was suggested beforehand, as far as it is new.
    pub(super) fn take_in(&mut self, beforehand: &[String]) {
        for text in beforehand {
            if !self.beforehand.contains(text) {
                self.beforehand.push(text.clone());
                let _full = tidy_line(text, THEME_GRAPHEMES).and_then(|text| self.add(text));
            }
        }
    }

    /// Suggests a theme.
    pub(super) fn suggest(&mut self, by: PersonId, raw: &str) -> Result<(), RefusalCode> {
        let text = tidy_line(raw, THEME_GRAPHEMES)?;
        let given = self.given.get(&by).copied().unwrap_or(0);
        if given >= MOST_EACH {
            return Err(RefusalCode::ListFull);
        }
        if self.add(text)? {
            self.given.insert(by, given + 1);
        }
        Ok(())
    }

    /// Whether it was new. The same theme twice is one theme, and nobody is told that it was there already.
    fn add(&mut self, text: String) -> Result<bool, RefusalCode> {
        if self.list.iter().any(|theme| theme.text == text) {
            return Ok(false);
        }
        if self.list.len() >= MOST_THEMES || self.next == ThemeId::MAX {
            return Err(RefusalCode::ListFull);
        }
        self.next += 1;
        self.list.push(Theme { id: self.next, text, votes: 0 });
        Ok(true)
    }

    /// Takes a suggestion away, and the votes for it.
    pub(super) fn drop(&mut self, id: ThemeId) -> Result<(), RefusalCode> {
        let at = self.position(id)?;
        self.list.remove(at);
        self.ballots.retain(|_, theme| *theme != id);
        Ok(())
    }

    /// Begins a vote; no more themes come in unless the hosts open the list again.
    pub(super) fn begin(&mut self) -> Result<(), RefusalCode> {
        if self.vote == VoteState::Open {
            return Err(RefusalCode::Overtaken);
        }
        if self.list.is_empty() {
            return Err(RefusalCode::NotNow);
        }
        for theme in &mut self.list {
            theme.votes = 0;
        }
        self.ballots.clear();
        self.voters = 0;
        self.vote = VoteState::Open;
        self.open = false;
        Ok(())
    }

    /// Votes instead of before, or no longer.
    pub(super) fn vote(&mut self, by: PersonId, theme: Option<ThemeId>) -> Result<(), RefusalCode> {
        if self.vote != VoteState::Open {
            return Err(RefusalCode::NotNow);
        }
        if let Some(theme) = theme {
            self.position(theme)?;
            self.ballots.insert(by, theme);
        } else {
            self.ballots.remove(&by);
        }
        Ok(())
    }

    /// Ends the vote.
    pub(super) fn count(&mut self) -> Result<(), RefusalCode> {
        match self.vote {
            VoteState::Open => {}
            VoteState::Before => return Err(RefusalCode::NotNow),
            VoteState::Done | VoteState::Tie => return Err(RefusalCode::Overtaken),
        }
        let ballots = std::mem::take(&mut self.ballots);
        self.voters = ballots.len() as u16;
        for theme in &mut self.list {
            theme.votes = ballots.values().filter(|id| **id == theme.id).count() as u16;
        }
        let mut best = self.list.iter().filter(|theme| theme.votes == self.most());
        match (best.next(), best.next()) {
            (Some(winner), None) => {
                self.theme = Some(winner.text.clone());
                self.vote = VoteState::Done;
            }
            _ => self.vote = VoteState::Tie,
        }
        Ok(())
    }

    /// Chooses a suggested theme: one of the best after a tie, any when there was no vote.
    pub(super) fn choose(&mut self, id: ThemeId) -> Result<(), RefusalCode> {
        let theme = &self.list[self.position(id)?];
        match self.vote {
            VoteState::Open => return Err(RefusalCode::NotNow),
            VoteState::Tie if theme.votes < self.most() => return Err(RefusalCode::ValueOutOfRange),
            _ => {}
        }
        self.theme = Some(theme.text.clone());
        self.vote = VoteState::Done;
        Ok(())
    }

    /// Sets the theme in the hosts' own words; that settles a tie too.
    pub(super) fn set(&mut self, raw: &str) -> Result<(), RefusalCode> {
        self.theme = match tidy_line(raw, THEME_GRAPHEMES) {
            Ok(text) => Some(text),
            Err(RefusalCode::TextEmpty) => None,
            Err(reason) => return Err(reason),
        };
        if self.vote == VoteState::Tie {
            self.vote = VoteState::Done;
        }
        Ok(())
    }

    /// Forgets what belongs to people who are gone: whoever comes again could otherwise vote twice.
    pub(super) fn keep(&mut self, here: impl Fn(PersonId) -> bool) {
        self.ballots.retain(|who, _| here(*who));
        self.given.retain(|who, _| here(*who));
    }

    /// What one voted for.
    pub(super) fn ballot(&self, who: PersonId) -> Option<ThemeId> {
        self.ballots.get(&who).copied()
    }

    /// As everybody sees it.
    pub(super) fn shown(&self) -> Themes {
        let voters = if self.vote == VoteState::Open { self.ballots.len() as u16 } else { self.voters };
        Themes { open: self.open, list: self.list.clone(), vote: self.vote, voters }
    }

    fn most(&self) -> u16 {
        self.list.iter().map(|theme| theme.votes).max().unwrap_or(0)
    }

    fn position(&self, id: ThemeId) -> Result<usize, RefusalCode> {
        self.list.iter().position(|theme| theme.id == id).ok_or(RefusalCode::NoSuchTheme)
    }
}
