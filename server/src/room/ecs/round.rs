//! What a tick works on, and what passes from one of its systems to the next. One resource: a room is cold memory when
//! its tick comes, and to find each small thing somewhere else in it took longer than what is done with it.

use bevy_ecs::prelude::*;
use ibasho_protocol::client::ClientMessage;
use ibasho_protocol::host::{Act, Take};
use ibasho_protocol::ids::{Millis, Nonce, PersonId, Seq};

use super::safety::deeds::Plea;
use super::said::{Answer, Appear, Ask, Happened, Manner, Speak, Spoken, Voicing, WalkTo};
use crate::room::tick::{Heard, Input, Outcome};

/// A round of a tick: at most one command of each person. Whatever is put here in a round is taken out in it.
#[derive(Resource)]
pub struct Round {
    /// The time of the tick.
    pub now: Millis,
    /// The number of the last event.
    pub last: Seq,
    /// When something is due by itself.
    pub due: Option<Millis>,
    /// Somebody came, went, or lost their line since [`Self::grace`] was found: only what is done at the doors does that.
    pub lines_changed: bool,
    /// When the first grace time of a lost line ends.
    pub grace: Option<Millis>,
    /// What came in.
    pub inbox: Inbox,
    /// Commands that passed the checks of Ingest.
    pub asks: Asks,
    /// Words that passed the rules.
    pub spoken: Vec<Spoken>,
    /// What others are told.
    pub happened: Vec<Happened>,
    /// Answers to commands.
    pub answers: Vec<Answer>,
    /// What the tick brought, for the actor.
    pub out: Outcome,
}

impl Round {
    /// The first one, of a room whose events are numbered after `last`.
    pub fn new(now: Millis, last: Seq) -> Self {
        Self {
            now,
            last,
            due: None,
            lines_changed: true,
            grace: None,
            inbox: Inbox::default(),
            asks: Asks::default(),
            spoken: Vec::new(),
            happened: Vec::new(),
            answers: Vec::new(),
            out: Outcome::default(),
        }
    }
}

/// What came in.
#[derive(Default)]
pub struct Inbox {
    pub doors: Vec<Input>,
    pub commands: Vec<(PersonId, ClientMessage)>,
    /// What is done in the session; passed the checks of Ingest.
    pub deeds: Vec<Deed>,
    /// What the voice engine tells.
    pub news: Vec<Heard>,
}

/// Commands, by the system that looks at them.
#[derive(Default)]
pub struct Asks {
    pub walks: Vec<Ask<WalkTo>>,
    pub words: Vec<Ask<Speak>>,
    pub appearances: Vec<Ask<Appear>>,
    pub manners: Vec<Ask<Manner>>,
    pub voicings: Vec<Ask<Voicing>>,
}

/// Something done in the session.
#[derive(Debug)]
pub struct Deed {
    pub entity: Entity,
    pub who: PersonId,
    pub n: Nonce,
    pub what: Doing,
}

/// What somebody does in the session.
#[derive(Debug)]
pub enum Doing {
    Take(Take),
    Host(Act),
    Plea(Plea),
}
