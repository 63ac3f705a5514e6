//! Whether staff are here. A room without them becomes quieter after a while, and is as before when they are back.

use ibasho_protocol::host::ALONE_GRACE_MS;
use ibasho_protocol::ids::Millis;
use ibasho_protocol::session::{Alone, AloneMode, Can};
use serde::{Deserialize, Serialize};

use super::Present;

/// Since when the people are by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Watch {
    since: Option<Millis>,
    /// The quieter mode holds.
    pub(super) quiet: bool,
}

/// How many members of staff are here with a working line. Somebody who was lent the role helps, but cannot stand in
/// for staff.
pub(super) fn staff_here(people: &[Present]) -> usize {
    people.iter().filter(|person| person.is_staff() && person.connected).count()
}

impl Watch {
    /// Looks whether staff are here. A session that needs none (an open salon) is never alone.
    pub(super) fn look(&mut self, needed: u8, people: &[Present], now: Millis) {
        if needed == 0 || staff_here(people) > 0 {
            *self = Self::default();
        } else {
            let since = *self.since.get_or_insert(now);
            self.quiet = now >= since + ALONE_GRACE_MS;
        }
    }

    /// When the quieter mode begins.
    pub(super) fn due(&self) -> Option<Millis> {
        self.since.filter(|_| !self.quiet).map(|since| since + ALONE_GRACE_MS)
    }

    /// As everybody sees it, already while it is about to come.
    pub(super) fn shown(&self, mode: AloneMode) -> Option<Alone> {
        self.since.map(|since| Alone { from: since + ALONE_GRACE_MS, mode })
    }
}

/// What a room without staff leaves of what a phase allows.
pub(super) fn left_alone(mode: AloneMode, can: Can) -> bool {
    match mode {
        AloneMode::Watch => false,
        AloneMode::Write => can != Can::Speak,
    }
}
