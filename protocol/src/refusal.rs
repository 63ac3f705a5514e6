//! Why something was refused. Every code has a sentence in each of the page's languages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::desk::Door;

/// A refusal: the reason, and what the sender can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
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
    /// For words with personal data in them: better write them again without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub edit: bool,
    /// For somebody who may not come in: what is in force, and the way to appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub door: Option<Box<Door>>,
    /// For what a colleague handles or has settled: who, by the number under which they stand at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<u64>,
    /// For what has changed meanwhile: its version now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version: Option<u64>,
}

impl Refusal {
    /// A refusal that says the default for its code about trying again.
    pub fn new(code: RefusalCode) -> Self {
        Self {
            code,
            retry: code.retry(),
            after: None,
            try_nick: None,
            edit: false,
            door: None,
            by: None,
            version: None,
        }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
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
    /// The session does not have this at the moment: another phase, no round, no vote.
    NotNow,
    /// No session is on in this room.
    NoSession,
    /// Somebody else was quicker, and what one believed is no longer so. Look again.
    Overtaken,
    /// No such person here (any more).
    NobodyThere,
    /// One cannot act on this person: their role is the same or higher.
    NotInReach,
    /// No such theme.
    NoSuchTheme,
    /// The list holds as many as it can.
    ListFull,
    /// A number or choice outside of its bounds.
    ValueOutOfRange,
    /// There is a web address in the text, and it was not said that it is meant to be there.
    LinkUnapproved,
    /// The ticket was used already, or is older than 30 s: get a new one.
    TicketVoid,
    /// Nobody has this return phrase.
    PhraseUnknown,
    /// No such code, or it was used already or is over.
    CodeUnknown,
    /// This session is for people with an invitation code.
    CodeNeeded,
    /// This session is for people met before or referred.
    KnownOnly,
    /// This session asks for something; one has to say that it is so.
    DeclareFirst,
    /// This session has no observers.
    NoObservers,
    /// It has not begun, or too few staff are here.
    NotYet,
    /// It is over, or was cancelled.
    Over,
    /// Sign in first.
    Signin,
    /// Name, passphrase or key is not right.
    SigninFailed,
    /// The one-time code is needed too.
    SigninCode,
    /// Somebody has this name already.
    NameTaken,
    /// The passphrase is too short or too easy to guess.
    Weak,
    /// There is no such thing.
    NotFound,
    /// The rule for repeating cannot be read, never happens, or never ends where it must.
    BadRule,
    /// No such date or time, or it is in the past.
    BadDate,
    /// It is still needed: the last owner, a plan with bookings.
    InUse,
    /// There is no voice on this server.
    NoVoice,
    /// The staff let one's voice rest.
    Muted,
    /// The session description cannot be used.
    BadOffer,
    /// The session description shows an address. Take out the candidates: the server does not need them.
    AddressShown,
    /// One is out of the room for a while; `door` says why and until when.
    Removed,
    /// One stays away, for the time that `door` says.
    Banned,
    /// One does not write, speak or react for a while.
    Silenced,
    /// As many of one's messages wait for staff as can.
    TooManyHeld,
    /// It is in force already, for at least as long.
    InForceAlready,
    /// One has appealed against it already, or nobody can.
    AppealedAlready,
    /// Who decided it, or proposed it, cannot decide about it again.
    DecidedByYou,
    /// A colleague handles it (`by`), or it was settled.
    AlreadyHandled,
    /// It has changed since one looked at it (`version`).
    Stale,
    /// Nobody handles what is about themselves.
    AboutYou,
    /// A cry for help, and worry about somebody, are no reason to decide something against them.
    NeverAnOffence,
    /// An appeal never makes it worse.
    Harsher,
}

impl RefusalCode {
    /// Every code, for tables and tests.
    pub const ALL: [Self; 73] = [
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
        Self::NotNow,
        Self::NoSession,
        Self::Overtaken,
        Self::NobodyThere,
        Self::NotInReach,
        Self::NoSuchTheme,
        Self::ListFull,
        Self::ValueOutOfRange,
        Self::LinkUnapproved,
        Self::TicketVoid,
        Self::PhraseUnknown,
        Self::CodeUnknown,
        Self::CodeNeeded,
        Self::KnownOnly,
        Self::DeclareFirst,
        Self::NoObservers,
        Self::NotYet,
        Self::Over,
        Self::Signin,
        Self::SigninFailed,
        Self::SigninCode,
        Self::NameTaken,
        Self::Weak,
        Self::NotFound,
        Self::BadRule,
        Self::BadDate,
        Self::InUse,
        Self::NoVoice,
        Self::Muted,
        Self::BadOffer,
        Self::AddressShown,
        Self::Removed,
        Self::Banned,
        Self::Silenced,
        Self::TooManyHeld,
        Self::InForceAlready,
        Self::AppealedAlready,
        Self::DecidedByYou,
        Self::AlreadyHandled,
        Self::Stale,
        Self::AboutYou,
        Self::NeverAnOffence,
        Self::Harsher,
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
                | Self::NotNow
                | Self::NotYet
                | Self::Muted
                | Self::Removed
                | Self::Silenced
                | Self::TooManyHeld
        )
    }
}
