//! The phase clock: where in its programme a session is.

use ibasho_protocol::ids::Millis;
use ibasho_protocol::refusal::RefusalCode;
use ibasho_protocol::session::{Phase, Programme};
use serde::{Deserialize, Serialize};

/// A minute in milliseconds.
pub(super) const MINUTE_MS: Millis = 60_000;
/// Most minutes that `extend` gives or takes at once.
const MOST_MINUTES: u8 = 60;
/// A phase is at most extended to this many milliseconds from now: no programme has a part of more than four hours, and
/// a slip of the finger cannot make it endless.
const MOST_AHEAD_MS: Millis = 4 * 60 * MINUTE_MS;

/// Where a session is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Course {
    pub(super) phase: u8,
    pub(super) since: Millis,
    pub(super) until: Option<Millis>,
}

impl Course {
    /// At the first phase, which began when the doors opened, even if the server was started later.
    pub(super) fn begin(programme: &Programme, doors: Millis, now: Millis) -> Self {
        let since = doors.min(now);
        Self { phase: 0, since, until: end(programme.phases.first(), since) }
    }

    /// The phase it is in.
    pub(super) fn phase<'a>(&self, programme: &'a Programme) -> Option<&'a Phase> {
        programme.phases.get(usize::from(self.phase))
    }

    /// Goes to another phase.
    pub(super) fn go(&mut self, programme: &Programme, from: u8, to: u8, now: Millis) -> Result<(), RefusalCode> {
        self.expect(from)?;
        let phase = programme.phases.get(usize::from(to)).ok_or(RefusalCode::ValueOutOfRange)?;
        if to == from {
            return Err(RefusalCode::ValueOutOfRange);
        }
        *self = Self { phase: to, since: now, until: end(Some(phase), now) };
        Ok(())
    }

    /// Gives the phase more time, counted from now if its time is over already, or less, at the least none.
    pub(super) fn extend(&mut self, from: u8, minutes: i8, now: Millis) -> Result<(), RefusalCode> {
        self.expect(from)?;
        if minutes == 0 || minutes.unsigned_abs() > MOST_MINUTES {
            return Err(RefusalCode::ValueOutOfRange);
        }
        // A phase without an end has no time that could become more.
        let until = self.until.ok_or(RefusalCode::NotNow)?;
        let span = Millis::from(minutes.unsigned_abs()) * MINUTE_MS;
        let until = if minutes > 0 { until.max(now) + span } else { until.saturating_sub(span).max(now) };
        if until > now + MOST_AHEAD_MS {
            return Err(RefusalCode::ValueOutOfRange);
        }
        self.until = Some(until);
        Ok(())
    }

    /// The programme was edited: stays in the phase it is in, wherever that is now.
    pub(super) fn replan(&mut self, old: &Programme, new: &Programme) {
        let here = self.phase(old).cloned();
        let same = |phase: &Phase| here.as_ref().is_some_and(|here| here.kind == phase.kind && here.name == phase.name);
        let last = new.phases.len().saturating_sub(1);
        let index = usize::from(self.phase).min(last);
        let stays = new.phases.get(index).is_some_and(same);
        let index = if stays { index } else { new.phases.iter().position(same).unwrap_or(index) };
        self.phase = index as u8;
        let phase = new.phases.get(index);
        if phase.map(|phase| phase.minutes) != here.map(|here| here.minutes) {
            self.until = end(phase, self.since);
        }
    }

    fn expect(&self, from: u8) -> Result<(), RefusalCode> {
        if from == self.phase { Ok(()) } else { Err(RefusalCode::Overtaken) }
    }
}

fn end(phase: Option<&Phase>, since: Millis) -> Option<Millis> {
    phase.filter(|phase| phase.minutes > 0).map(|phase| since + Millis::from(phase.minutes) * MINUTE_MS)
}
