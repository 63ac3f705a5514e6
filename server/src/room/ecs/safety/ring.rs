//! The ring: what happened in the room a moment ago, in memory only. A report seals what of it stands around.

use std::collections::VecDeque;

use bevy_ecs::prelude::*;
use ibasho_protocol::ids::{Millis, PersonId, Seq, ZoneIndex};

use super::super::parts::{Place, Whereabouts, Who};
use super::super::voice::Voice;
use super::Safety;
use crate::desk::moment::{Fate, Line, MOST_WORDS, Moment, Spoke};

/// Most messages: what a lively room writes in ten minutes, and what staff can read.
const MOST: usize = 100;
/// Most times somebody spoke: people who talk to each other change about every three seconds.
const MOST_VOICES: usize = 200;
/// How long it is kept, in milliseconds: long enough to find the courage to report.
const KEEP_MS: Millis = 10 * 60_000;

/// What happened a moment ago.
#[derive(Default)]
pub struct Ring {
    lines: VecDeque<Line>,
    voices: VecDeque<Spoke>,
    /// Messages in which somebody cried for help and was heard, and when they appeared.
    cries: VecDeque<(Seq, Millis)>,
}

impl Ring {
    /// Somebody cries for help in this message, which appears now.
    pub fn cried(&mut self, id: Seq, now: Millis) {
        self.cries.push_back((id, now));
    }

    /// Whether somebody cries for help in this message.
    pub fn is_cry(&self, id: Seq) -> bool {
        self.cries.iter().any(|(cry, _)| *cry == id)
    }

    /// Something was written.
    pub fn wrote(&mut self, line: Line) {
        self.forget(line.at);
        if self.lines.len() == MOST {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// Something became of what was written.
    pub fn became(&mut self, id: Seq, fate: Fate) {
        if let Some(line) = self.lines.iter_mut().rev().find(|line| line.id == id.0) {
            line.fate = fate;
        }
    }

    /// Who wrote this, if it is still here.
    pub fn writer(&self, id: Seq) -> Option<PersonId> {
        self.lines.iter().find(|line| line.id == id.0).map(|line| PersonId(line.who))
    }

    /// Whether somebody spoke.
    pub fn has_spoken(&self, who: PersonId) -> bool {
        self.voices.iter().any(|spoke| spoke.who == who.0)
    }

    fn speaks(&mut self, who: PersonId, zone: ZoneIndex, on: bool, now: Millis) {
        self.forget(now);
        let open = self.voices.iter_mut().rev().find(|spoke| spoke.who == who.0 && spoke.until.is_none());
        match (on, open) {
            (false, Some(spoke)) => spoke.until = Some(now),
            (true, None) => {
                if self.voices.len() == MOST_VOICES {
                    self.voices.pop_front();
                }
                self.voices.push_back(Spoke { who: who.0, zone, from: now, until: None });
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Forgets what is too old.
    pub fn forget(&mut self, now: Millis) {
        while self.lines.front().is_some_and(|line| line.at.saturating_add(KEEP_MS) < now) {
            self.lines.pop_front();
        }
        // No message can be deleted for longer than it is kept here.
        while self.cries.front().is_some_and(|(_, at)| at.saturating_add(KEEP_MS) < now) {
            self.cries.pop_front();
        }
        // In the order in which they began: somebody who still speaks keeps nobody else's here.
        self.voices.retain(|spoke| spoke.until.is_none_or(|until| until + KEEP_MS >= now));
    }

    /// Somebody is gone, and so is their voice.
    pub fn left(&mut self, who: PersonId, now: Millis) {
        for spoke in self.voices.iter_mut().filter(|spoke| spoke.who == who.0) {
            spoke.until.get_or_insert(now);
        }
    }

    /// When the oldest is to be forgotten.
    pub fn due(&self) -> Option<Millis> {
        let voices = self.voices.iter().filter_map(|spoke| spoke.until);
        self.lines.front().map(|line| line.at).into_iter().chain(voices).min().map(|at| at + KEEP_MS + 1)
    }

    /// What happened around somebody, or around a message: what was written and said aloud where they were. The newest
    /// that fit.
    pub fn around(
        &self,
        room: &str,
        about: PersonId,
        message: Option<Seq>,
        words: Option<String>,
        at: Millis,
    ) -> Moment {
        let named = message.and_then(|id| self.lines.iter().find(|line| line.id == id.0));
        let mut zones: Vec<ZoneIndex> = match named {
            Some(line) => vec![line.zone],
            None => self.lines.iter().filter(|line| line.who == about.0).map(|line| line.zone).collect(),
        };
        zones
            .extend(self.voices.iter().filter(|spoke| named.is_none() && spoke.who == about.0).map(|spoke| spoke.zone));
        let fresh = |time: Millis| time.saturating_add(KEEP_MS) >= at;
        let mut left = MOST_WORDS;
        let near = self.lines.iter().rev().filter(|line| zones.contains(&line.zone) && fresh(line.at));
        let mut lines: Vec<Line> = near
            .take_while(|line| {
                let fits = line.text.len() <= left;
                left = left.saturating_sub(line.text.len());
                fits
            })
            .cloned()
            .collect();
        lines.reverse();
        let near = |spoke: &&Spoke| zones.contains(&spoke.zone) && spoke.until.is_none_or(fresh);
        let voices = self.voices.iter().filter(near).cloned().collect();
        let message = message.map(|id| id.0);
        Moment { room: room.to_owned(), at, about: about.0, message, words, lines, voices }
    }
}

/// Notes who begins and who stops to speak. The sound itself is nowhere.
pub fn listen(
    round: Res<super::super::round::Round>,
    _place: Res<Place>,
    mut safety: ResMut<Safety>,
    people: Query<(&Who, &Whereabouts, &Voice), Changed<Voice>>,
) {
    for (who, at, voice) in &people {
        safety.ring.speaks(who.0, at.zone, voice.is_speaking(), round.now);
    }
}
