//! What other systems can be told and asked, by name. What is told is thin: which thing, where, and a word of ours. Who
//! wants to know more asks the API, with rights of their own.

use ibasho_protocol::ids::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::asking::Asked;
use crate::dice::Dice;

macro_rules! events {
    ($($(#[doc = $about:literal])+ $event:ident = $name:literal,)+) => {
        /// A kind of event. `server/WEBHOOKS.md` lists them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[doc = $about])+ #[serde(rename = $name)] $event,)+
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$event,)+];

            /// Its name on the wire and in the configuration.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$event => $name,)+ }
            }
        }
    };
}

events! {
    /// Somebody reported something; `code`: what it is about.
    ReportFiled = "report.filed",
    /// A report was dealt with; `code`: how.
    ReportClosed = "report.closed",
    /// A message waits for staff to look at it; `code`: why.
    HoldWaiting = "hold.waiting",
    /// It was shown (`code`: `approved`), taken back (`retracted`), or not shown: why.
    HoldDecided = "hold.decided",
    /// A sanction begins; `code`: its reason.
    SanctionGiven = "sanction.given",
    /// A sanction ended; `code`: by itself, undone, or changed into a milder one.
    SanctionUndone = "sanction.undone",
    /// Somebody asks for another look at a sanction; `code`: of which kind it is.
    AppealFiled = "appeal.filed",
    /// Nobody decided an appeal in time, or nobody here may: somebody outside is needed.
    AppealEscalated = "appeal.escalated",
    /// A ban without an end was proposed, and needs a second person; `code`: its reason.
    BanProposed = "ban.proposed",
    /// The appeal was answered; `code`: how.
    AppealDecided = "appeal.decided",
    /// Somebody may need help now.
    HelpCalled = "help.called",
    /// Nobody came in time: somebody outside is needed.
    HelpEscalated = "help.escalated",
    /// A member of staff looks after it.
    HelpAcknowledged = "help.acknowledged",
    /// It is settled; `code`: how.
    HelpSettled = "help.settled",
    /// A room, or every room, is in lockdown; `code`: begun, or renewed.
    RoomLocked = "room.locked",
    /// It is over; `code`: lifted, or by itself.
    RoomUnlocked = "room.unlocked",
    /// Rules have a new version.
    RulesChanged = "rules.changed",
    /// A member of staff has another role; `code`: which.
    StaffChanged = "staff.changed",
    /// Somebody is no longer staff.
    StaffRemoved = "staff.removed",
    /// Nothing happened: the owner tries whether a webhook works.
    Test = "webhook.test",
    /// The question whether somebody may come in.
    JudgeEntry = "judge.entry",
    /// The question whether a nickname is good.
    JudgeNickname = "judge.nickname",
    /// The question whether a message may be sent.
    JudgeMessage = "judge.message",
}

impl EventKind {
    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// What is asked, for the kinds that are questions.
    pub const fn question(self) -> Option<Asked> {
        match self {
            Self::JudgeEntry => Some(Asked::Entry),
            Self::JudgeNickname => Some(Asked::Nickname),
            Self::JudgeMessage => Some(Asked::Message),
            _ => None,
        }
    }
}

/// Longest id that is told, in bytes: an id of ours has at most 32 digits, and a word in front of it.
const MAX_ID: usize = 64;

/// Something that happened, on its way to whom it is told. Written in the same transaction as what happened
/// ([`crate::store::outbox::enqueue`], [`crate::store::moderation::Batch`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    pub(crate) id: String,
    pub(crate) kind: EventKind,
    pub(crate) subject: String,
    pub(crate) data: String,
    pub(crate) made: Millis,
}

impl OutboxRow {
    /// What happened to the thing with this id (`report:4f2a…`), in this room if it is about one. What happens to one
    /// thing arrives in order. `code` is a word of ours, never one of a person; of the ids, what cannot be in an id is
    /// left out.
    pub fn new(
        dice: &Dice,
        kind: EventKind,
        subject: &str,
        room: Option<&str>,
        code: Option<&'static str>,
        now: Millis,
    ) -> Self {
        let subject = plain(subject);
        let mut data = json!({ "id": subject });
        if let Some(room) = room {
            data["room"] = plain(room).into();
        }
        if let Some(code) = code {
            data["code"] = code.into();
        }
        Self { id: message_id(dice), kind, subject, data: data.to_string(), made: now }
    }
}

/// The id of a message: the same in each attempt, by which a receiver knows it again.
pub(super) fn message_id(dice: &Dice) -> String {
    format!("msg_{:016x}{:016x}", dice.number(), dice.number())
}

/// A nickname or a sentence that was taken for an id by mistake must not leave the house.
fn plain(id: &str) -> String {
    id.chars().filter(|char| char.is_ascii_alphanumeric() || "-_:.".contains(*char)).take(MAX_ID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_id_is_left_out() {
        let row = |id: &str| OutboxRow::new(&Dice::seeded(1), EventKind::ReportFiled, id, Some("へや1"), None, 5);
        assert_eq!(row("report:4f_2-a.b").subject, "report:4f_2-a.b");
        assert_eq!(row("なぎ と はる: 090 1234").data, r#"{"id":":0901234","room":"1"}"#);
        assert_eq!(row(&"a".repeat(500)).subject.len(), MAX_ID);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for &kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.name());
        }
    }
}
