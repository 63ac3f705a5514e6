//! What a command did: what is to be stored, written into the audit, done, said and shown.

use serde::{Deserialize, Serialize};

use super::audit::Audit;
use super::cases::Case;
use super::codes::codes;
use super::holds::Place;
use super::lockdown::{Lockdown, Terms};
use super::notices::Notice;
use super::sanctions::Sanction;
use super::settings::Reach;
use super::standing::InForce;
use super::subject::{Scope, Subject};

/// What a command did. The server stores and audits it in one transaction before it lets the effects happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct Changes {
    /// What was made by the command: the id of its case, sanction or lockdown.
    pub made: Option<u64>,
    /// What is to be written, in this order.
    pub records: Vec<Write>,
    /// What the audit says about it, in this order.
    pub audit: Vec<Audit>,
    /// What is to be done, in this order.
    pub effects: Vec<Effect>,
    /// What consoles that look on must load anew.
    pub touched: Vec<Touched>,
}

/// Of what kind a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// [`super::cases::Case`].
    Case,
    /// [`super::sanctions::Sanction`].
    Sanction,
    /// [`super::lockdown::Lockdown`].
    Lockdown,
    /// [`super::notices::Untold`].
    Notice,
    /// The next id that is free. There is one, with the id 0.
    Counter,
}

/// Something to be stored: together they are the state of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id; unique in its kind.
    pub id: u64,
    /// What it is, in JSON.
    pub value: String,
    /// Until when it is kept, in milliseconds since the Unix epoch; `None` while it is needed. The desk deletes it
    /// then by itself.
    pub keep_until: Option<u64>,
}

/// A change of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Write it, in place of the one with the same kind and id.
    Upsert(Record),
    /// Delete it.
    Delete {
        /// Of this kind.
        kind: RecordKind,
        /// With this id.
        id: u64,
    },
}

codes! {
    /// What other systems are told about (webhooks).
    Event {
        /// A message is held.
        MessageHeld = "message.held",
        /// It was approved, declined or taken back.
        MessageSettled = "message.settled",
        /// Somebody reported.
        ReportMade = "report.made",
        /// A report was settled.
        ReportResolved = "report.resolved",
        /// Somebody cried for help.
        HelpCalled = "help.called",
        /// Nobody came in time: somebody outside is needed.
        HelpEscalated = "help.escalated",
        /// Somebody of the staff looks after it.
        HelpAcknowledged = "help.acknowledged",
        /// It was settled.
        HelpSettled = "help.settled",
        /// A sanction was given.
        SanctionImposed = "sanction.imposed",
        /// It ended by itself, was undone, or was made milder.
        SanctionEnded = "sanction.ended",
        /// A ban without an end was proposed.
        PermanentProposed = "permanent.proposed",
        /// Somebody appealed.
        AppealMade = "appeal.made",
        /// Nobody decided the appeal in time, or nobody here may: somebody outside is needed.
        AppealEscalated = "appeal.escalated",
        /// It was decided.
        AppealDecided = "appeal.decided",
        /// A lockdown began or was renewed.
        LockdownBegun = "lockdown.begun",
        /// A lockdown ended.
        LockdownEnded = "lockdown.ended",
    }
}

/// What the server is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Let this be in force for every line of this person, now.
    Enforce {
        /// Whom.
        subject: Subject,
        /// Everything that is in force for them, in every room.
        in_force: Vec<InForce>,
    },
    /// Let the held message appear, at its place in the order of the room.
    Release {
        /// Which.
        hold: u64,
        /// In this room.
        room: String,
        /// Written by.
        writer: Subject,
        /// Where it belongs.
        place: Place,
    },
    /// Throw the held message away. Its writer is told by a notice.
    Discard {
        /// Which.
        hold: u64,
        /// In this room.
        room: String,
    },
    /// Tell somebody.
    Notify {
        /// Whom.
        to: Subject,
        /// What.
        notice: Notice,
        /// If they shall hear it later when they are not here: what to give to [`super::Desk::told`] once they were.
        untold: Option<u64>,
    },
    /// Staff are needed, at once.
    Alert {
        /// The case.
        case: u64,
        /// There.
        room: Option<String>,
        /// About this person.
        person: u64,
        /// Whom to call.
        to: Reach,
    },
    /// Nobody came: call further.
    Escalate {
        /// The case.
        case: u64,
        /// There.
        room: Option<String>,
        /// About this person.
        person: u64,
        /// How many calls there have been before.
        step: u32,
        /// Whom to call.
        to: Reach,
    },
    /// Begin or change (`Some`) or end (`None`) a lockdown.
    Lockdown {
        /// Where.
        scope: Scope,
        /// What is in force there.
        terms: Option<Terms>,
    },
    /// Tell other systems.
    Webhook {
        /// What happened.
        event: Event,
        /// There; `None` is the whole site.
        room: Option<String>,
        /// To what it happened: a case, a sanction or a lockdown.
        kind: RecordKind,
        /// Which.
        id: u64,
        /// Why or how, if there is more to say: a code, never a word of a person.
        code: Option<&'static str>,
    },
}

/// Something that consoles must load anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: u64,
    /// Its version; `None` when it is gone.
    pub version: Option<u32>,
}

impl Changes {
    /// Adds what happened afterwards. What was made is what was made first.
    pub fn and(&mut self, later: Self) {
        self.made = self.made.or(later.made);
        self.records.extend(later.records);
        self.audit.extend(later.audit);
        self.effects.extend(later.effects);
        self.touched.extend(later.touched);
    }

    /// Something happened to a case.
    pub(super) fn tell_of_case(&mut self, event: Event, case: &Case, code: Option<&'static str>) {
        self.tell(event, &case.scope, (RecordKind::Case, case.id), code);
    }

    /// Something happened to a sanction.
    pub(super) fn tell_of_sanction(&mut self, event: Event, sanction: &Sanction, code: &'static str) {
        self.tell(event, &sanction.scope, (RecordKind::Sanction, sanction.id), Some(code));
    }

    /// Something happened to a lockdown.
    pub(super) fn tell_of_lockdown(&mut self, event: Event, lockdown: &Lockdown, code: &'static str) {
        self.tell(event, &lockdown.scope, (RecordKind::Lockdown, lockdown.id), Some(code));
    }

    fn tell(&mut self, event: Event, scope: &Scope, (kind, id): (RecordKind, u64), code: Option<&'static str>) {
        self.effects.push(Effect::Webhook { event, room: scope.room().map(str::to_owned), kind, id, code });
    }
}
