//! What people do in a session: `take` is what everybody may do, `host` what the staff may do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{PersonId, ZoneIndex};
use crate::session::{Group, Pair, ThemeId};

/// What everybody may do in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// Suggest a theme. 1 to 60 graphemes.
    Suggest {
        /// The theme.
        text: String,
    },
    /// Vote for a theme, instead of the one before; without a theme: no longer vote.
    Vote {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        theme: Option<ThemeId>,
    },
    /// Raise one's hand, or take it down.
    Hand {
        /// Up or down.
        up: bool,
    },
    /// In a round: one's turn is over. Whether one spoke, wrote or passed looks the same to everybody.
    Pass {},
    /// In a round: later, after the others.
    Later {},
    /// Answer an invitation to a small group.
    Join {
        /// Go there, or stay.
        yes: bool,
    },
    /// Put a note into the suggestion box. Nobody learns whose it is; but staff are called for somebody who cries for
    /// help in it. 1 to 500 graphemes.
    Suggestion {
        /// The note.
        text: String,
    },
    /// Ask for a return phrase, to come back as the same person. Answered by `phrase`; an older phrase is void.
    Keep {},
    /// Give up coming back as the same person: the phrase is void and what was kept under it is gone.
    Forget {},
}

/// What the staff may do in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Go to a phase, onward or back.
    Go {
        /// The phase one believes to be in; if another host was quicker: `overtaken`.
        from: u8,
        /// The phase to go to.
        to: u8,
    },
    /// Give the phase more time, or less.
    Extend {
        /// The phase one believes to be in.
        from: u8,
        /// By how many minutes, -60 to 60.
        minutes: i8,
    },
    /// Let themes be suggested, or no longer.
    Gather {
        /// On or off.
        on: bool,
    },
    /// Take a suggestion away.
    Drop {
        /// Which.
        theme: ThemeId,
    },
    /// Begin the vote anew.
    Vote {},
    /// End the vote. The most votes win; a tie waits for `choose`.
    Count {},
    /// Choose a suggested theme: to settle a tie, or without a vote.
    Choose {
        /// Which.
        theme: ThemeId,
    },
    /// Set the theme in one's own words; empty for none. At most 60 graphemes.
    Theme {
        /// The theme.
        text: String,
    },
    /// Begin a round with everybody who is here.
    Round {
        /// Only the one whose turn it is can speak.
        only_turn: bool,
    },
    /// Go on to the next person.
    Next {
        /// Whose turn one believes it is; if it has moved on: `overtaken`.
        from: PersonId,
    },
    /// End the round.
    EndRound {},
    /// Take down a raised hand (they were heard).
    Lower {
        /// Whose.
        who: PersonId,
    },
    /// Tell everybody something. 1 to 500 graphemes.
    Announce {
        /// The text. With a web address in it, `links` must be true.
        text: String,
        /// The address in it is meant to be there.
        links: bool,
        /// Stays on screen until taken away.
        pinned: bool,
    },
    /// Take the announcement away.
    Clear {},
    /// Let the server propose small groups; they appear in `desk`.
    Propose {
        /// How many in each, 2 to 12.
        size: u8,
    },
    /// Change the proposed groups.
    Plan {
        /// All of them.
        groups: Vec<Group>,
    },
    /// Invite everybody to their group.
    Invite {
        /// How many minutes, 1 to 120.
        minutes: u8,
    },
    /// Call everybody back: the groups end in a minute.
    CallBack {},
    /// Remember that two belong together or apart, or no longer.
    Pair {
        /// Whom.
        pair: Pair,
        /// Remember or forget.
        on: bool,
    },
    /// Let somebody in from the lobby, or everybody who waits and does not observe.
    Admit {
        /// Whom; absent for everybody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        who: Option<PersonId>,
    },
    /// Tell somebody in the lobby a word. 1 to 200 graphemes.
    Word {
        /// Whom; absent for everybody who waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        who: Option<PersonId>,
        /// The word.
        text: String,
    },
    /// Do not let somebody in this time. They see the last word.
    Decline {
        /// Whom.
        who: PersonId,
    },
    /// Lend somebody the role of peer staff, or take it back.
    Lend {
        /// Whom.
        who: PersonId,
        /// Lend or take back.
        on: bool,
    },
    /// Show one's own badge, or hide it. Powers stay.
    Badge {
        /// Show or hide.
        on: bool,
    },
    /// A note to the other staff of this session. 1 to 500 graphemes.
    Note {
        /// The text.
        text: String,
    },
}

/// Longest theme, in graphemes: fits on a phone in two lines.
pub const THEME_GRAPHEMES: usize = 60;
/// Longest word to somebody in the lobby, in graphemes.
pub const WORD_GRAPHEMES: usize = 200;
/// Most suggested themes of a session: more than anybody reads before a vote.
pub const MOST_THEMES: usize = 50;
/// Most notes among the staff of a session.
pub const MOST_NOTES: usize = 200;
/// Most pairs that staff want together or apart.
pub const MOST_PAIRS: usize = 100;
/// How long an observer is announced before they enter, in milliseconds.
pub const ANNOUNCE_OBSERVER_MS: u64 = 15_000;
/// How long a room may be without staff before the quieter mode holds, in milliseconds.
pub const ALONE_GRACE_MS: u64 = 60_000;
/// How long people have to come back from small groups, in milliseconds.
pub const CALL_BACK_MS: u64 = 60_000;
/// The zone people come back to from small groups: the hall.
pub const HALL: ZoneIndex = 0;
