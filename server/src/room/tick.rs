//! What goes into a tick of a room, and what comes out of it.

use std::sync::Arc;

use bytes::Bytes;
use ibasho_moderation::desk::codes::DeclineReason;
use ibasho_moderation::desk::impose::Order;
use ibasho_moderation::desk::subject::{Actor, Scope, Subject, Target};
use ibasho_moderation::hook::Decision;
use ibasho_moderation::roles::Role;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::close::Close;
use ibasho_protocol::desk::InForce;
use ibasho_protocol::desk::notice::Notice;
use ibasho_protocol::ids::{Nonce, PersonId, Seq};
use ibasho_protocol::person::{Look, Way, Wish};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::{Event, Line};

use super::ecs::names::Wanted;
use super::ecs::said::Audience;
use crate::desk::news::News as DeskNews;
use crate::desk::{Held, Helped, Reported};
use crate::hooks::asking::{OwnedContext, OwnedSubject};
use crate::hosting::pass::{DoorPass, MemberId};
use crate::hosting::planned::Planned;
use crate::line::LineId;
use crate::secret::{Token, TokenHash};
use crate::store::statistics::SessionCounted;
use crate::voice::media::{Hearing, News};

/// Something that comes into the room.
#[derive(Debug)]
pub enum Input {
    /// A newcomer stands at the door.
    Enter { line: LineId, nick: String, look: Look, way: Way, wish: Option<Wish>, pass: DoorPass },
    /// Somebody comes back.
    Again { line: LineId, token: TokenHash, seen: Seq },
    /// What [`Door::Entering`] asked to keep is on disk.
    /// With what is in force for them: nobody is let in a moment before it holds.
    Admit { who: PersonId, on: LineId, in_force: Vec<InForce> },
    /// It could not be kept.
    Turned { who: PersonId, on: LineId },
    /// The new resume token has arrived.
    Confirmed { who: PersonId },
    /// The line of a person is gone.
    LineLost { who: PersonId, on: LineId },
    /// A person leaves.
    Leave { who: PersonId },
    /// What is on in the room, and whether it is open without it.
    Agenda { session: Option<Box<Planned>>, open: bool },
    /// A staff login ended (`role: None`), or the account has another role.
    Revoke { account: String, login: Option<String>, role: Option<Role> },
    /// What a person asked the outside for is done.
    Outside { who: PersonId, event: Event, tie: Tie },
    /// The voice engine answers the offer of a person, made on this line.
    Answered { who: PersonId, line: LineId, n: Nonce, answer: Result<String, RefusalCode> },
    /// What the office knows of somebody who came in a moment ago.
    Greet { who: PersonId, untold: Vec<(u64, Notice)> },
    /// Hooks that were asked about words have answered.
    Judged { seq: Seq, decision: Box<Decision> },
    /// Hooks that were asked about a nickname have answered.
    Named { who: PersonId, n: Nonce, wanted: Wanted, decision: Box<Decision> },
    /// Words cannot wait: the office refused.
    Unheld { seq: Seq, refusal: Refusal },
    /// The office tells something.
    Desk(Box<DeskNews>),
    /// The voice engine tells something.
    Voice(Heard),
    /// A person wants something.
    Command { who: PersonId, message: ClientMessage },
}

impl Input {
    /// Whether it does not wait for the tick: people at the door, and whatever silences a voice.
    pub fn hurries(&self) -> bool {
        match self {
            Self::Command { message, .. } => hurries(message),
            // Sound does not wait for it.
            Self::Voice(_) => false,
            _ => true,
        }
    }
}

/// Whether a command does not wait for the tick: what changes who hears whom by somebody's own will or for their safety
/// holds for the very next packet.
pub fn hurries(message: &ClientMessage) -> bool {
    matches!(
        message,
        ClientMessage::Mic { .. }
            | ClientMessage::HangUp { .. }
            | ClientMessage::SetWay { .. }
            | ClientMessage::Block { .. }
            | ClientMessage::Moderate { .. }
    )
}

/// News of the voice connection that a person offered on a line.
#[derive(Debug)]
pub struct Heard {
    /// Whose connection.
    pub who: PersonId,
    /// Their line then: news of an older one are worth nothing.
    pub line: LineId,
    /// What is new.
    pub news: News,
}

/// What the voice engine is asked for.
#[derive(Debug)]
pub enum Call {
    /// To answer an offer.
    Offer { who: PersonId, line: LineId, n: Nonce, sdp: String },
    /// To end a connection.
    HangUp { who: PersonId, line: LineId },
}

/// What an errand makes of who somebody is when they come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// What they were before.
    Same,
    /// This person.
    Is(MemberId),
    /// Nobody in particular.
    Nobody,
}

/// What is to be kept of what is on: the state as JSON; absent, nothing is on any more.
#[derive(Debug, Clone)]
pub struct Hosted(pub Option<Arc<str>>);

/// What a tick brought.
#[derive(Default)]
pub struct Outcome {
    /// Events, numbered and encoded, in order.
    pub events: Vec<Emitted>,
    /// Answers to commands.
    pub replies: Vec<Reply>,
    /// What happened at the door.
    pub doors: Vec<Door>,
    /// Who is let in now.
    pub admitted: Vec<Admitted>,
    /// What is to be kept of these has changed, and an answer promises it.
    pub changed: Vec<PersonId>,
    /// What is to be kept of these has changed, and may be kept a moment later.
    pub touched: Vec<PersonId>,
    /// Who is no longer here.
    pub gone: Vec<PersonId>,
    /// Whose line closes, and how.
    pub closed: Vec<(PersonId, Close)>,
    /// What is on has changed and is to be kept.
    pub hosted: Option<Hosted>,
    /// Sessions that are over, counted.
    pub counted: Vec<SessionCounted>,
    /// Members who came to a session.
    pub attended: Vec<(MemberId, String)>,
    /// What people asked the outside for.
    pub errands: Vec<Errand>,
    /// Something that one person alone is told may have changed.
    pub personal: bool,
    /// What the voice engine is asked for, in order.
    pub calls: Vec<Call>,
    /// Who hears whom, if that has changed.
    pub hearing: Option<Hearing>,
    /// Who was sent away.
    pub sent_away: Vec<SentAway>,
    /// Notices that were heard.
    pub told: Vec<u64>,
    /// What rules said of words.
    pub judged: Vec<Decision>,
}

/// Somebody who was sent away: what they are told, and where they may appeal, the office knows.
#[derive(Debug)]
pub struct SentAway {
    /// Who.
    pub who: PersonId,
    /// As whom the office knows them.
    pub subject: Subject,
    /// Everything that is in force for them.
    pub in_force: Vec<InForce>,
}

/// What the office is asked for.
#[derive(Debug)]
pub enum ForOffice {
    /// To let words wait, if the command is to be answered when they do.
    Hold(Held),
    /// To ask hooks that need time about words.
    Judge {
        seq: Seq,
        subject: OwnedSubject,
        context: OwnedContext,
    },
    /// To ask hooks that need time about a nickname.
    JudgeName {
        wanted: Wanted,
        context: OwnedContext,
    },
    /// To call staff for somebody who cries for help. Nobody asked, so nobody is answered.
    Help(Helped),
    /// To tell staff what a rule found. Nobody asked, so nobody is answered.
    Flag(Reported),
    /// To let somebody pause, as a rule says.
    Pause(Order),
    Retract {
        hold: u64,
        writer: Subject,
    },
    Report(Reported),
    Appeal {
        sanction: u64,
        who: Subject,
        text: String,
    },
    Sanction {
        order: Order,
        permanent: bool,
        actor: Actor,
    },
    Deleted {
        message: u64,
        writer: Target,
        room: String,
        reason: DeclineReason,
        actor: Actor,
    },
    LockDown {
        scope: Scope,
        minutes: u32,
        actor: Actor,
    },
    Lift {
        lockdown: u64,
        actor: Actor,
    },
}

/// Something only the outside can do.
#[derive(Debug)]
pub struct Errand {
    /// For whom.
    pub who: PersonId,
    /// The nonce to answer.
    pub n: Nonce,
    /// What.
    pub what: Errands,
}

/// What only the outside can do.
#[derive(Debug)]
pub enum Errands {
    /// Put a note into the suggestion box.
    Box(String),
    /// Make a return phrase, in place of the one before.
    Keep {
        /// Who they are already.
        existing: Option<MemberId>,
        /// The session they came to.
        session: Option<String>,
    },
    /// Forget a person who no longer wants to come back as the same.
    Forget(MemberId),
    /// Something of the office.
    Office(Box<ForOffice>),
}

/// An event, encoded once.
pub struct Emitted {
    /// The encoded event.
    pub body: Bytes,
    /// Who is told.
    pub told: Told,
    /// Of what this is the newest state, if it is a state: a slow reader may miss it and gets the newest one later.
    pub state: Option<State>,
}

impl Emitted {
    /// Who walks, if somebody does.
    pub fn walker(&self) -> Option<PersonId> {
        if let Some(State::Walk(who)) = self.state { Some(who) } else { None }
    }
}

/// What an event may be the newest state of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Where somebody walks.
    Walk(PersonId),
    /// Who speaks, of those whom the reader hears.
    Speaking,
}

/// Who is told.
pub enum Told {
    /// Everybody who is here.
    Everybody,
    /// Those who hear it.
    Only(Audience),
}

/// An answer to a command.
pub struct Reply {
    /// Whose.
    pub who: PersonId,
    /// The encoded event.
    pub body: Bytes,
    /// To be sent when what changed is on disk.
    pub lasting: bool,
}

/// What happened at the door.
pub enum Door {
    /// May enter as soon as their seat is on disk.
    Entering { line: LineId, who: PersonId },
    /// Somebody who waited in the lobby may enter as soon as that is on disk; their line stays.
    Promoted { line: LineId, who: PersonId },
    /// May not.
    Refused { line: LineId, refusal: Refusal },
    /// Was sent away before.
    Away { line: LineId, subject: Subject, in_force: Vec<InForce> },
}

/// Somebody who is let in.
pub struct Admitted {
    pub who: PersonId,
    pub token: Token,
    pub line: Line,
    pub seen: Seq,
}
