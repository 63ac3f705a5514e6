//! Client → server. One WebSocket binary message holds one of these.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::desk::codes::Category;
use crate::host::{Act, Take};
use crate::ids::{Nonce, PersonId, SeatIndex, Seq, ZoneIndex};
use crate::person::{Look, Point, Reaction, Way, Wish};
use crate::voice::Measure;

/// A message from a client. `n` is the client's nonce; whatever has one is answered by `done` or `refused`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum ClientMessage {
    /// The first message: which room, and as whom.
    Hello {
        /// The protocol version, [`crate::VERSION`].
        v: u16,
        /// The room's id, as in the list of rooms.
        room: String,
        /// As a newcomer or as somebody who was here a moment ago.
        enter: Enter,
    },
    /// `welcome` has arrived and its token is stored; the token from before is now void.
    Ready {},
    /// Walk there. Replaces the walk one is on.
    Walk {
        /// Nonce.
        n: Nonce,
        /// Where to.
        to: Target,
    },
    /// Write to those who hear the place one is in.
    Say {
        /// Nonce.
        n: Nonce,
        /// The zone one believes to be in; refused when one is no longer there, so that words meant for a
        /// table never reach the hall.
        to: ZoneIndex,
        /// 1 to 500 graphemes.
        text: String,
    },
    /// Take back one's own message, within two minutes.
    TakeBack {
        /// Nonce.
        n: Nonce,
        /// The message: the `seq` that its `said` carried as `id`.
        id: Seq,
    },
    /// React without words.
    React {
        /// Nonce.
        n: Nonce,
        /// Which.
        kind: Reaction,
    },
    /// Away for a moment, or back. Walking, writing or reacting also means back.
    Away {
        /// Nonce.
        n: Nonce,
        /// Away (`true`) or back (`false`).
        on: bool,
    },
    /// Change the way of taking part. Told to nobody.
    SetWay {
        /// Nonce.
        n: Nonce,
        /// The new way.
        way: Way,
    },
    /// Change the note on one's avatar.
    SetWish {
        /// Nonce.
        n: Nonce,
        /// The new note; absent or nil takes it off.
        #[serde(default)]
        #[ts(optional)]
        wish: Option<Wish>,
    },
    /// Change nickname and looks.
    Appear {
        /// Nonce.
        n: Nonce,
        /// 1 to 16 graphemes.
        nick: String,
        /// What one looks like.
        look: Look,
    },
    /// Take part in the session.
    Take {
        /// Nonce.
        n: Nonce,
        /// How.
        take: Take,
    },
    /// Host the session.
    Host {
        /// Nonce.
        n: Nonce,
        /// What to do.
        act: Act,
    },
    /// Offer a WebRTC connection for voice: one audio section that sends and up to six that receive, without
    /// candidates. Answered by `answer`. It replaces the connection from before, and ends with this line.
    Offer {
        /// Nonce.
        n: Nonce,
        /// The session description (RFC 8866), at most 12 KiB.
        sdp: String,
    },
    /// End one's WebRTC connection.
    HangUp {
        /// Nonce.
        n: Nonce,
    },
    /// Turn one's own microphone on or off. Nobody else can turn it on.
    Mic {
        /// Nonce.
        n: Nonce,
        /// On or off.
        on: bool,
    },
    /// Neither hear nor be heard by a person any more, or again. Nobody is told.
    Block {
        /// Nonce.
        n: Nonce,
        /// Whom.
        who: PersonId,
        /// Block, or no longer.
        on: bool,
    },
    /// Take back a message that waits until staff have looked at it.
    Retract {
        /// Nonce.
        n: Nonce,
        /// The hold that `held` named.
        hold: u64,
    },
    /// Tell the staff about somebody. It is always kept and acknowledged; what happened around it is kept with it.
    Report {
        /// Nonce.
        n: Nonce,
        /// About whom.
        who: PersonId,
        /// The message it is about: the `id` of its `said`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        message: Option<Seq>,
        /// What it is about.
        category: Category,
        /// In one's own words, at most 200 graphemes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        text: Option<String>,
    },
    /// Ask that somebody else looks once more at what was decided about oneself.
    Appeal {
        /// Nonce.
        n: Nonce,
        /// Against this sanction.
        sanction: u64,
        /// In one's own words, 1 to 500 graphemes.
        text: String,
    },
    /// For staff: keep the room safe.
    Moderate {
        /// Nonce.
        n: Nonce,
        /// What to do.
        measure: Measure,
    },
    /// Go home, at once. Not answered; the socket closes with 1000 and the seat is gone.
    Leave {},
    /// Is the line alive? Answered by `beat`. Never counted as a flood.
    Beat {},
    /// A type this version does not know; answered by `refused` with `unknown_type`, and otherwise ignored.
    #[serde(other)]
    #[ts(skip)]
    Unknown,
}

/// How one enters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Enter {
    /// As a newcomer.
    New {
        /// 1 to 16 graphemes.
        nick: String,
        /// What one looks like.
        look: Look,
        /// The way of taking part to begin with.
        way: Way,
        /// The note on one's avatar.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        wish: Option<Wish>,
        /// What one brings for the door; absent for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pass: Option<Pass>,
        /// What the page keeps so that it is known again after somebody was sent away: 16 random bytes in base64url.
        /// The server keeps a keyed hash of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        device: Option<String>,
    },
    /// Back after a lost line, a reload or a restart of the server.
    Again {
        /// The resume token of the last `welcome`.
        token: String,
        /// The number of the last event seen, 0 if none is remembered.
        seen: Seq,
        /// As in `new`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        device: Option<String>,
    },
}

/// What a newcomer brings for the door.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Pass {
    /// A ticket got over HTTP: one comes as staff, or as the person of a return phrase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<String>,
    /// The code of a booking, an invitation or a referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
    /// What the session asks for is true of oneself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub declared: bool,
    /// One comes as an observer: waits in the lobby, is announced, and only looks on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub observes: bool,
}

/// Where a walk goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To the free floor nearest to this point.
    Point(Point),
    /// To a seat, if nobody has it.
    Seat(SeatIndex),
    /// To a free seat or free floor of a zone; the server chooses.
    Zone(ZoneIndex),
}

impl ClientMessage {
    /// The nonce, if the message is a command.
    pub fn nonce(&self) -> Option<Nonce> {
        match *self {
            Self::Walk { n, .. }
            | Self::Say { n, .. }
            | Self::TakeBack { n, .. }
            | Self::React { n, .. }
            | Self::Away { n, .. }
            | Self::SetWay { n, .. }
            | Self::SetWish { n, .. }
            | Self::Appear { n, .. }
            | Self::Take { n, .. }
            | Self::Host { n, .. }
            | Self::Offer { n, .. }
            | Self::HangUp { n }
            | Self::Mic { n, .. }
            | Self::Block { n, .. }
            | Self::Retract { n, .. }
            | Self::Report { n, .. }
            | Self::Appeal { n, .. }
            | Self::Moderate { n, .. } => Some(n),
            Self::Hello { .. } | Self::Ready {} | Self::Leave {} | Self::Beat {} | Self::Unknown => None,
        }
    }
}
