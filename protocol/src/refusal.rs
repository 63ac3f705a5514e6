//! Why something was refused. Every code has a sentence in each of the page's languages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A refusal: the reason, and what the sender can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// The reason.
    pub code: RefusalCode,
    /// Whether sending the same again can succeed.
    pub retry: bool,
    /// When it may succeed: milliseconds from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<u32>,
    /// For nicknames: one that is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub try_nick: Option<String>,
}

impl Refusal {
    /// A refusal that says the default for its code about trying again.
    pub fn new(code: RefusalCode) -> Self {
        Self { code, retry: code.retry(), after: None, try_nick: None }
    }

    /// The same, telling after how many milliseconds another try may succeed.
    #[must_use]
    pub fn after(mut self, millis: u32) -> Self {
        self.after = Some(millis);
        self
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::new(code)
    }
}

/// The reason of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Larger than 16 KiB. The socket closes with 1009.
    TooBig,
    /// Not one well-formed MessagePack value (also: a text message).
    NotMessagepack,
    /// Nested deeper than 16 levels.
    TooDeep,
    /// Bytes after the message.
    TrailingBytes,
    /// The `t` is not known to this version.
    UnknownType,
    /// A field is missing or of the wrong type or out of its bounds.
    BadShape,
    /// The server does not speak this version.
    UnknownVersion,
    /// Not possible before `hello`, or not possible any more after it.
    WrongPhase,
    /// The way of taking part one chose does not include it.
    NotAllowed,
    /// Too many in too short a time.
    TooFast,
    /// No such room.
    RoomUnknown,
    /// Every seat of the room is taken.
    RoomFull,
    /// The room is not open now.
    RoomClosed,
    /// The server has too much to do at the moment.
    Busy,
    /// The seat is no longer kept, or the token was used already: enter as a newcomer.
    SeatGone,
    /// No nickname.
    NicknameEmpty,
    /// A nickname longer than 16 graphemes.
    NicknameTooLong,
    /// A nickname with characters that cannot be shown.
    NicknameUnusable,
    /// Somebody here has this nickname, or one that looks like it.
    NicknameTaken,
    /// The point, seat or zone is not in this room.
    OffTheMap,
    /// Somebody sits there, or the zone is full.
    SeatTaken,
    /// One cannot get there from here.
    NoWay,
    /// One is not in that place (any more), so that one would not hear an answer.
    NotThere,
    /// Nothing is said or shown in this place: rest corner, quiet edge.
    QuietPlace,
    /// A message without text.
    TextEmpty,
    /// A message longer than 500 graphemes.
    TextTooLong,
    /// A rule of this place does not let the text through.
    NotSent,
    /// The two minutes for taking back are over.
    TooLate,
    /// No such message of one's own.
    NotYours,
    /// The nonce is older than what the server remembers.
    StaleNonce,
}

impl RefusalCode {
    /// Every code, for tables and tests.
    pub const ALL: [Self; 30] = [
        Self::TooBig,
        Self::NotMessagepack,
        Self::TooDeep,
        Self::TrailingBytes,
        Self::UnknownType,
        Self::BadShape,
        Self::UnknownVersion,
        Self::WrongPhase,
        Self::NotAllowed,
        Self::TooFast,
        Self::RoomUnknown,
        Self::RoomFull,
        Self::RoomClosed,
        Self::Busy,
        Self::SeatGone,
        Self::NicknameEmpty,
        Self::NicknameTooLong,
        Self::NicknameUnusable,
        Self::NicknameTaken,
        Self::OffTheMap,
        Self::SeatTaken,
        Self::NoWay,
        Self::NotThere,
        Self::QuietPlace,
        Self::TextEmpty,
        Self::TextTooLong,
        Self::NotSent,
        Self::TooLate,
        Self::NotYours,
        Self::StaleNonce,
    ];

    /// Whether the same message can succeed later, unchanged.
    pub fn retry(self) -> bool {
        matches!(
            self,
            Self::TooFast
                | Self::RoomFull
                | Self::RoomClosed
                | Self::Busy
                | Self::SeatTaken
                | Self::NicknameTaken
                | Self::NoWay
                | Self::QuietPlace
                | Self::NotThere
                | Self::NotAllowed
        )
    }
}
