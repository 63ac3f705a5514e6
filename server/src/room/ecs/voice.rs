//! Voice: whose microphone is on, and who has a connection. The rule by which somebody may speak stands here once; it
//! lets a microphone on, and takes it away as soon as it no longer holds. Nothing turns one on but its owner.

pub mod asks;
pub mod hearing;

use bevy_ecs::prelude::*;
use ibasho_moderation::roles::{Action, permits};
use ibasho_moderation::way::way_permits;
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;

use super::hosting::Hosting;
use super::parts::{Part, Place, Presence, Ties, Whereabouts, Who};
use super::round::Round;
use crate::line::LineId;
use crate::room::tick::Call;
use crate::voice::media::Hearing;

/// A person's voice. Never kept: after a lost line and after a restart it begins silent and without a connection.
#[derive(Component, Default)]
pub struct Voice {
    /// The microphone is on.
    pub mic: bool,
    /// The line they offered a connection on, until it ends. Whether it is up is known to the engine alone.
    pub line: Option<LineId>,
    /// They may not speak: something is in force for them.
    pub hushed: bool,
    /// The engine hears them speak.
    speaks: bool,
    /// Who speaks, as they were last told; sorted.
    told: Vec<PersonId>,
}

/// What is kept at hand of all voices, so that a room in which nobody uses theirs does nothing for them.
#[derive(Resource, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, not a state of one thing")]
pub struct Voices {
    /// There is voice on this server.
    pub on: bool,
    /// Somebody has blocked somebody.
    pub blocks: bool,
    /// A microphone is on, or somebody has a connection.
    in_use: bool,
    /// Somebody was told that somebody speaks.
    shown: bool,
    /// Who hears whom, as the engine was last told.
    told: Hearing,
}

impl Voice {
    /// Whether they are heard speaking.
    pub fn is_speaking(&self) -> bool {
        self.speaks
    }
}

impl Voices {
    /// Whether there is anything to follow.
    pub fn are_used(&self) -> bool {
        self.in_use || self.shown || self.anybody_talks()
    }

    /// Whether somebody's voice goes out.
    pub fn anybody_talks(&self) -> bool {
        !self.told.talkers.is_empty()
    }
}

/// Whether somebody may speak with their voice now. On the way into a place where nothing is said one is silent already.
///
/// # Errors
/// Why not.
fn may_speak(
    who: PersonId,
    (part, ties, at, hushed): (&Part, &Ties, Option<&Whereabouts>, bool),
    place: &Place,
    hosting: &Hosting,
) -> Result<(), RefusalCode> {
    let speaks = |zone| place.plan.zones[usize::from(zone)].kind.speaks();
    match () {
        () if !may(part, Action::Speak) => Err(RefusalCode::NotAllowed),
        () if hushed => Err(RefusalCode::Silenced),
        () if ties.muted => Err(RefusalCode::Muted),
        () if !at.is_some_and(|at| speaks(at.zone) && speaks(at.walk.zone)) => Err(RefusalCode::QuietPlace),
        () if !hosting.lets_speak(who, part.role) => Err(RefusalCode::NotNow),
        () => Ok(()),
    }
}

/// Whether role and way include it.
fn may(part: &Part, action: Action) -> bool {
    permits(part.role, action) && way_permits(part.way, action)
}

type People<'w, 's> = Query<
    'w,
    's,
    (&'static Who, &'static Part, &'static Ties, &'static Presence, Option<&'static Whereabouts>, &'static mut Voice),
>;

/// Turns off the microphones of those who may no longer speak, and ends the connections of those who may no longer
/// listen. Both end with the line.
pub fn hold(
    mut round: ResMut<Round>,
    place: Res<Place>,
    hosting: Res<Hosting>,
    mut voices: ResMut<Voices>,
    mut people: People,
) {
    let out = &mut round.out;
    voices.in_use = false;
    for (&Who(who), part, ties, presence, at, mut voice) in &mut people {
        let on = presence.line();
        if voice.mic && (on.is_none() || may_speak(who, (part, ties, at, voice.hushed), &place, &hosting).is_err()) {
            voice.mic = false;
            out.personal = true;
        }
        if let Some(line) = voice.line.take_if(|line| on != Some(*line) || !may(part, Action::Listen)) {
            out.calls.push(Call::HangUp { who, line });
        }
        // Who stops being heard has stopped speaking, and the engine says when they begin again.
        voice.speaks &= voice.mic && voice.line.is_some();
        voices.in_use |= voice.mic || voice.line.is_some();
    }
}
