//! A round: each in turn, and nobody must. To finish, to pass and to be skipped look the same.

use std::collections::{BTreeSet, VecDeque};

use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::Round;
use serde::{Deserialize, Serialize};

/// A round that is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Turns {
    turn: Option<PersonId>,
    queue: VecDeque<PersonId>,
    /// Who had their turn, or passed.
    had: BTreeSet<PersonId>,
    only_turn: bool,
}

impl Turns {
    /// With everybody who is here, in the order they came.
    pub(super) fn begin(here: impl Iterator<Item = PersonId>, only_turn: bool) -> Self {
        let mut queue: VecDeque<_> = here.collect();
        Self { turn: queue.pop_front(), queue, had: BTreeSet::new(), only_turn }
    }

    /// The hosts go on. `from` is whose turn they believe it is.
    pub(super) fn next(&mut self, from: PersonId) -> Result<(), RefusalCode> {
        if self.turn != Some(from) {
            return Err(RefusalCode::Overtaken);
        }
        self.had.insert(from);
        self.turn = self.queue.pop_front();
        Ok(())
    }

    /// One's turn is over. Before it has come: one is no longer asked.
    pub(super) fn pass(&mut self, who: PersonId) -> Result<(), RefusalCode> {
        self.step_out(who)?;
        self.had.insert(who);
        Ok(())
    }

    /// After the others. Who is the last is not asked again: nobody can be held in a turn.
    pub(super) fn later(&mut self, who: PersonId) -> Result<(), RefusalCode> {
        self.step_out(who)?;
        if self.turn.is_none() {
            self.had.insert(who);
        } else {
            self.queue.push_back(who);
        }
        Ok(())
    }

    /// Follows who is here: who left is skipped, who came is appended. Somebody whose line was lost has their turn when
    /// they are back.
    pub(super) fn follow(&mut self, here: &[PersonId]) {
        self.queue.retain(|who| here.contains(who));
        if self.turn.is_some_and(|who| !here.contains(&who)) {
            self.turn = None;
        }
        for who in here {
            if self.turn != Some(*who) && !self.queue.contains(who) && !self.had.contains(who) {
                self.queue.push_back(*who);
            }
        }
        if self.turn.is_none() {
            self.turn = self.queue.pop_front();
        }
    }

    /// Whose turn it is.
    pub(super) fn turn(&self) -> Option<PersonId> {
        self.turn
    }

    /// Whether the round leaves somebody their voice.
    pub(super) fn leaves_voice(&self, who: PersonId) -> bool {
        !self.only_turn || self.turn == Some(who)
    }

    /// As everybody sees it.
    pub(super) fn shown(&self) -> Round {
        Round {
            turn: self.turn,
            next: self.queue.front().copied(),
            left: self.queue.len() as u16,
            only_turn: self.only_turn,
        }
    }

    /// Takes somebody out of turn or queue; if it was their turn, it is the next one's.
    fn step_out(&mut self, who: PersonId) -> Result<(), RefusalCode> {
        if self.turn == Some(who) {
            self.turn = self.queue.pop_front();
        } else {
            let at = self.queue.iter().position(|waits| *waits == who).ok_or(RefusalCode::NotNow)?;
            self.queue.remove(at);
        }
        Ok(())
    }
}
