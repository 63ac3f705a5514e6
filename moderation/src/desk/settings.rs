//! What an operator may set, with its bounds.

use serde::{Deserialize, Serialize};

/// A minute, in milliseconds.
pub const MINUTE: u64 = 60_000;
/// An hour, in milliseconds.
pub const HOUR: u64 = 60 * MINUTE;
/// A day, in milliseconds.
pub const DAY: u64 = 24 * HOUR;

/// The shortest time a held message may wait: staff need to read it.
pub const MIN_HOLD: u64 = MINUTE;
/// The longest time a held message may wait: a conversation has gone on long before.
pub const MAX_HOLD: u64 = HOUR;
/// The most steps of an escalation: whoever needs more has no on-call plan but a telephone book.
pub const MAX_STEPS: usize = 8;
/// The longest time that something is kept after it was settled: what a municipality may have to answer for.
pub const MAX_KEEP: u64 = 3650 * DAY;

/// Whom to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Staff who answer for the room and are at hand: with a console in front of them, or in the room.
    OnDuty,
    /// The next person: everybody who may see the case, wherever in the place they are. It says that nobody came.
    Next,
    /// Somebody outside, by webhook; and everybody inside once more.
    Outside,
}

/// A step of an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How long after the beginning, in milliseconds.
    pub after: u64,
    /// Whom to call then.
    pub to: Reach,
}

/// What an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long a held message waits, in milliseconds: [`MIN_HOLD`] to [`MAX_HOLD`]. While staff look at it, it may
    /// wait up to [`super::holds::STRETCH`] times as long.
    pub hold: u64,
    /// Who is called when somebody cries for help: the first at once, the next while nobody comes.
    pub help: Vec<Step>,
    /// Who is reminded when nobody decides an appeal.
    pub appeal: Vec<Step>,
    /// How long cases and sanctions are kept after they were settled, in milliseconds: 90 days, as evidence is.
    pub keep: u64,
    /// Who counts as a newcomer when a lockdown begins: whoever came within these milliseconds before it. Those who
    /// raid are in the room already when staff tap.
    pub newcomer: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let step = |after, to| Step { after, to };
        Self {
            hold: 5 * MINUTE,
            help: vec![step(0, Reach::OnDuty), step(MINUTE, Reach::Next), step(3 * MINUTE, Reach::Outside)],
            appeal: vec![step(DAY, Reach::Next), step(3 * DAY, Reach::Outside)],
            keep: 90 * DAY,
            newcomer: 10 * MINUTE,
        }
    }
}

/// What is wrong with the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// A held message would wait too short or too long.
    #[error("a held message waits between one minute and one hour")]
    Hold,
    /// Nobody would be called, or not at once, or in no order.
    #[error("a cry for help calls somebody at once, then at most seven more, each later than the one before")]
    Help,
    /// The reminders of an appeal are too many or in no order.
    #[error("an appeal has at most eight reminders, each later than the one before")]
    Appeal,
    /// Too long.
    #[error("nothing is kept longer than ten years")]
    Keep,
}

impl Settings {
    /// Looks whether they make sense.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), SettingsFault> {
        let in_order = |steps: &[Step]| steps.len() <= MAX_STEPS && steps.is_sorted_by(|a, b| a.after < b.after);
        if !(MIN_HOLD..=MAX_HOLD).contains(&self.hold) {
            return Err(SettingsFault::Hold);
        }
        if !in_order(&self.help) || self.help.first().is_none_or(|first| first.after != 0) {
            return Err(SettingsFault::Help);
        }
        if !in_order(&self.appeal) {
            return Err(SettingsFault::Appeal);
        }
        if self.keep > MAX_KEEP { Err(SettingsFault::Keep) } else { Ok(()) }
    }
}
