//! What passes between the systems of a tick, and the log of what was said.

use std::collections::VecDeque;
use std::sync::Arc;

use bevy_ecs::prelude::*;
use ibasho_protocol::client::Target;
use ibasho_protocol::ids::{Millis, Nonce, PersonId, Seq, ZoneIndex};
use ibasho_protocol::limits::TAKE_BACK_MS;
use ibasho_protocol::person::{Look, Reaction, Way, Wish};
use ibasho_protocol::refusal::{Refusal, RefusalCode};
use ibasho_protocol::server::{Event, Said};
use ibasho_protocol::voice::Measure;

/// A command that passed the checks of Ingest.
pub struct Ask<T: Send + Sync + 'static> {
    pub entity: Entity,
    pub who: PersonId,
    pub n: Nonce,
    pub what: T,
}

/// Walk there.
pub struct WalkTo {
    pub to: Target,
    /// The session sends them, with their consent: there is no command to answer.
    pub sent: bool,
}

/// Write.
pub struct Speak {
    pub to: ZoneIndex,
    pub text: String,
    /// They may not write here and now, whatever they write: the words are only looked at for a cry for help.
    pub refused: Option<RefusalCode>,
}

/// Change nickname and looks.
pub struct Appear {
    pub nick: String,
    pub look: Look,
}

/// What needs neither the floor nor the rules.
pub enum Manner {
    React(Reaction),
    Away(bool),
    Way(Way),
    Wish(Option<Wish>),
    TakeBack(Seq),
}

/// What concerns voices, and who is kept from whom.
pub enum Voicing {
    Mic(bool),
    Offer(String),
    HangUp,
    Block { whom: PersonId, on: bool },
    Measure(Measure),
}

/// Words that passed the rules.
pub struct Spoken {
    /// Its number is 0 until Emit gives it one, unless it has waited.
    pub said: Said,
    /// The command to answer; absent if its writer has had an answer.
    pub n: Option<Nonce>,
}

/// Something that others are told.
pub enum Happened {
    /// Everybody.
    Public(Event),
    /// Words, to those who hear them; the author's nonce is answered with the number they get.
    Said { said: Said, n: Option<Nonce>, audience: Audience },
    /// Who speaks, to those who hear them.
    Speaking { who: Vec<PersonId>, audience: Audience },
    /// Words taken back, to those who heard them.
    TakenBack { id: Seq, audience: Audience },
}

/// Those who are told.
pub type Audience = Arc<[PersonId]>;

/// An answer to a command.
pub struct Answer {
    pub entity: Entity,
    pub who: PersonId,
    pub n: Nonce,
    pub event: Event,
    /// It is only true when what changed is on disk.
    pub lasting: bool,
}

impl Answer {
    /// The command is done; nothing of it is kept.
    pub fn done(entity: Entity, who: PersonId, n: Nonce) -> Self {
        Self { entity, who, n, event: Event::Done { n, id: None }, lasting: false }
    }

    /// The command is done when it is on disk.
    pub fn kept(entity: Entity, who: PersonId, n: Nonce) -> Self {
        Self { lasting: true, ..Self::done(entity, who, n) }
    }

    /// The command is refused.
    pub fn refused(entity: Entity, who: PersonId, n: Nonce, refusal: impl Into<Refusal>) -> Self {
        Self { entity, who, n, event: Event::Refused { n, refusal: refusal.into() }, lasting: false }
    }
}

/// The last words, in memory only, for those whose line was lost and for taking back.
#[derive(Resource)]
pub struct Log {
    entries: VecDeque<Entry>,
    /// Everything after this number is in the log, or was nothing that is replayed.
    floor: Seq,
}

struct Entry {
    /// The number of the event.
    seq: Seq,
    /// The message it is about.
    message: Seq,
    at: Millis,
    audience: Audience,
    what: What,
}

enum What {
    /// `None` once it is taken back.
    Said(Option<Said>),
    TakenBack(Seq),
}

impl Log {
    /// Most entries: 250 people writing every few seconds for the time below.
    const MOST: usize = 4096;
    /// How long words stay, in milliseconds: the grace time of a seat and the time for taking back fit in.
    const KEEP_MS: Millis = TAKE_BACK_MS + 30_000;
    /// In a room that has fallen silent words are forgotten in lots, so that each does not cost a tick of its own.
    const FORGET_EVERY_MS: Millis = 30_000;

    /// An empty log that begins after `floor`.
    pub fn new(floor: Seq) -> Self {
        Self { entries: VecDeque::new(), floor }
    }

    /// Words that waited have a number of before.
    pub fn said(&mut self, seq: Seq, at: Millis, said: Said, audience: Audience) {
        self.entries.push_back(Entry { seq, message: said.id, at, audience, what: What::Said(Some(said)) });
    }

    /// Who wrote a message that is still here.
    pub fn writer(&self, id: Seq) -> Option<PersonId> {
        self.entries.iter().find_map(|entry| match &entry.what {
            What::Said(Some(said)) if said.id == id => Some(said.who),
            _ => None,
        })
    }

    /// Takes a message out, whosever it is: who heard it.
    pub fn delete(&mut self, id: Seq) -> Option<Audience> {
        let entry = self.entries.iter_mut().find(|entry| entry.message == id)?;
        match &mut entry.what {
            What::Said(said) => said.take().map(|_| entry.audience.clone()),
            What::TakenBack(_) => None,
        }
    }

    pub fn taken_back(&mut self, seq: Seq, id: Seq, at: Millis, audience: Audience) {
        self.entries.push_back(Entry { seq, message: seq, at, audience, what: What::TakenBack(id) });
    }

    /// Takes a message out of the log, if it is of this author and recent.
    ///
    /// # Errors
    /// `NotYours` or `TooLate`.
    pub fn take_back(&mut self, id: Seq, author: PersonId, now: Millis) -> Result<Audience, RefusalCode> {
        let entry = self.entries.iter_mut().find(|entry| entry.message == id).ok_or(RefusalCode::NotYours)?;
        let What::Said(said) = &mut entry.what else { return Err(RefusalCode::NotYours) };
        match said {
            Some(words) if words.who != author => Err(RefusalCode::NotYours),
            None => Err(RefusalCode::NotYours),
            Some(_) if now.saturating_sub(entry.at) > TAKE_BACK_MS => Err(RefusalCode::TooLate),
            Some(_) => {
                *said = None;
                Ok(entry.audience.clone())
            }
        }
    }

    /// Whether everything after `seen` is still here.
    pub fn reaches(&self, seen: Seq) -> bool {
        seen >= self.floor
    }

    /// What `who` heard after `seen`.
    pub fn after(&self, seen: Seq, who: PersonId) -> Vec<Event> {
        let heard = self.entries.iter().filter(|entry| entry.seq > seen && entry.audience.contains(&who));
        heard
            .filter_map(|entry| match &entry.what {
                What::Said(said) => said.clone().map(Event::Said),
                What::TakenBack(id) => Some(Event::TakenBack { id: *id }),
            })
            .collect()
    }

    /// Forgets what is old.
    pub fn forget(&mut self, now: Millis) {
        while let Some(first) = self.entries.front() {
            if self.entries.len() <= Self::MOST && now.saturating_sub(first.at) <= Self::KEEP_MS {
                break;
            }
            self.floor = first.seq;
            self.entries.pop_front();
        }
    }

    /// When the oldest words are to be forgotten, if nothing happens before.
    pub fn due(&self) -> Option<Millis> {
        self.entries.front().map(|first| first.at + Self::KEEP_MS + Self::FORGET_EVERY_MS)
    }
}
