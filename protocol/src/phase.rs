//! What a client may say when: a table, not an `unreachable!`.

use crate::client::ClientMessage;

/// How far a connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Connected; `hello` is awaited.
    Door,
    /// In a room.
    Inside,
}

impl Phase {
    /// Whether `message` is possible in this phase. Otherwise it is refused with `wrong_phase`.
    pub fn allows(self, message: &ClientMessage) -> bool {
        match message {
            ClientMessage::Hello { .. } => self == Self::Door,
            ClientMessage::Leave {} | ClientMessage::Beat {} | ClientMessage::Unknown => true,
            ClientMessage::Ready {}
            | ClientMessage::Walk { .. }
            | ClientMessage::Say { .. }
            | ClientMessage::TakeBack { .. }
            | ClientMessage::React { .. }
            | ClientMessage::Away { .. }
            | ClientMessage::SetWay { .. }
            | ClientMessage::SetWish { .. }
            | ClientMessage::Appear { .. }
            | ClientMessage::Take { .. }
            | ClientMessage::Host { .. }
            | ClientMessage::Offer { .. }
            | ClientMessage::HangUp { .. }
            | ClientMessage::Mic { .. }
            | ClientMessage::Block { .. }
            | ClientMessage::Retract { .. }
            | ClientMessage::Report { .. }
            | ClientMessage::Appeal { .. }
            | ClientMessage::Moderate { .. } => self == Self::Inside,
        }
    }
}
