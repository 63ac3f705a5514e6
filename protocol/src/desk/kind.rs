//! What can be decided about somebody, and for how long.

use ts_rs::TS;
use utoipa::ToSchema;

use crate::codes;

codes! {
    #[derive(TS, ToSchema)]
    /// What can be decided about somebody, from the mildest to the gravest.
    Kind {
        /// A kind word. Nothing is in force.
        Nudge = "nudge",
        /// Everything that they write is looked at first, and they see that.
        Restricted = "restricted",
        /// A pause: no writing, speaking and reacting.
        Timeout = "timeout",
        /// No writing.
        MuteText = "mute_text",
        /// No speaking.
        MuteVoice = "mute_voice",
        /// Brought to a place of their own, to talk with staff.
        SetAside = "set_aside",
        /// Out of the room.
        Remove = "remove",
        /// Out of the room, or of every room, for long.
        Ban = "ban",
    }
}

/// The lengths of a timeout, in minutes: a breath, a short walk, an hour, until tomorrow.
pub const TIMEOUT_MINUTES: [u32; 4] = [1, 5, 60, 1440];
impl Kind {
    /// The longest it can be, in minutes. What shall last longer is another, graver kind; the longest ban with an end
    /// is a year.
    pub const fn longest(self) -> u32 {
        match self {
            Self::Nudge => 0,
            Self::Timeout | Self::Remove => 1440,
            // An evening: longer alone with staff helps nobody.
            Self::SetAside => 180,
            // A week, and a month: two, and eight gatherings of a weekly place are the same to somebody who waits.
            Self::Restricted => 7 * 1440,
            Self::MuteText | Self::MuteVoice => 30 * 1440,
            Self::Ban => 365 * 1440,
        }
    }

    /// Whether there is such a length, in minutes.
    pub fn lasts(self, minutes: u32) -> bool {
        match self {
            Self::Nudge => minutes == 0,
            Self::Timeout => TIMEOUT_MINUTES.contains(&minutes),
            _ => (1..=self.longest()).contains(&minutes),
        }
    }

    /// Whether it is something that happens in one room only.
    pub const fn is_of_room(self) -> bool {
        matches!(self, Self::SetAside | Self::Remove)
    }

    /// Whether one may not write meanwhile.
    pub const fn silences(self) -> bool {
        matches!(self, Self::Timeout | Self::MuteText | Self::Remove | Self::Ban)
    }

    /// How grave it is. To take somebody's text or voice weighs the same.
    pub const fn gravity(self) -> u8 {
        match self {
            Self::Nudge => 0,
            Self::Restricted => 1,
            Self::Timeout => 2,
            Self::MuteText | Self::MuteVoice => 3,
            Self::SetAside => 4,
            Self::Remove => 5,
            Self::Ban => 6,
        }
    }
}
