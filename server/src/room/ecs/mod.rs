//! What happens in a tick. The table of contents:
//!
//! | set | does |
//! |---|---|
//! | Ingest | lets people in and out and ends grace times; ends walks; checks nonce, role, way and rate of each command |
//! | Judge | asks the rules about words and nicknames; carries out what needs no floor, and what is done in the session |
//! | Walk | finds paths |
//! | Hear | decides who hears what was said, whose microphone may be on, and whose voice is heard by whom |
//! | Emit | tells what is new in the session; numbers and encodes what happened, once |
//! | Clean | forgets what is over and finds out when something is due next |
//!
//! Nothing in here awaits, locks or knows a socket; time comes in as [`parts::Now`].

// The ECS hands a system its parameters by value, one for each kind of data it touches.
#![allow(clippy::needless_pass_by_value, clippy::too_many_arguments)]

mod clean;
mod deeds;
mod doors;
mod emit;
mod hear;
pub mod hosting;
mod ingest;
mod judge;
mod lobby;
mod manner;
pub mod names;
pub mod parts;
pub mod safety;
pub mod said;
pub mod voice;
mod walk;

use bevy_ecs::message::Messages;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{IntoScheduleConfigs, SingleThreadedExecutor};
use bevy_ecs::system::ScheduleSystem;

/// The schedules of a tick, in the order of the table. A phase that nobody asked for is not run: in a living room a
/// tick brings one thing, and to look into each system's cold memory would cost more than that thing. What needs the
/// whole world is a function of it and needs no schedule.
pub struct Tick {
    ingest: Schedule,
    words: Schedule,
    appearances: Schedule,
    manners: Schedule,
    walk: Schedule,
    voicings: Schedule,
    hear: Schedule,
    voices: Schedule,
    emit_and_clean: Schedule,
}

impl Tick {
    /// The tick of a room.
    pub fn new() -> Self {
        Self {
            ingest: schedule((ingest::settle, ingest::commands).chain()),
            words: schedule(judge::words),
            appearances: schedule(judge::appearances),
            manners: schedule(manner::manners),
            walk: schedule(walk::walks),
            voicings: schedule(voice::asks::obey),
            hear: schedule(hear::audiences),
            voices: schedule(
                (voice::hold, voice::hearing::hearing, voice::hearing::speaking, safety::ring::listen).chain(),
            ),
            emit_and_clean: schedule((emit::emit, clean::forget, clean::next_due, clean::messages).chain()),
        }
    }

    /// Runs once.
    pub fn run(&mut self, world: &mut World) {
        doors::let_in_and_out(world);
        self.ingest.run(world);
        run_if_any::<said::Ask<said::Speak>>(&mut self.words, world);
        run_if_any::<said::Ask<said::Appear>>(&mut self.appearances, world);
        run_if_any::<said::Ask<said::Manner>>(&mut self.manners, world);
        deeds::carry_out(world);
        run_if_any::<said::Ask<said::WalkTo>>(&mut self.walk, world);
        if voice::asks::any(world) {
            self.voicings.run(world);
        }
        run_if_any::<said::Spoken>(&mut self.hear, world);
        if world.resource::<voice::Voices>().are_used() {
            self.voices.run(world);
        }
        hosting::tell_news(world);
        self.emit_and_clean.run(world);
    }
}

fn run_if_any<T: Message>(schedule: &mut Schedule, world: &mut World) {
    if !world.resource::<Messages<T>>().is_empty() {
        schedule.run(world);
    }
}

/// Single-threaded: a room of 25 takes about a microsecond, and rooms run beside each other.
fn schedule<M>(systems: impl IntoScheduleConfigs<ScheduleSystem, M>) -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.add_systems(systems);
    schedule
}

/// Makes the world know the messages that pass between the systems.
pub fn register(world: &mut World) {
    world.init_resource::<Messages<said::Ask<said::WalkTo>>>();
    world.init_resource::<Messages<said::Ask<said::Speak>>>();
    world.init_resource::<Messages<said::Ask<said::Appear>>>();
    world.init_resource::<Messages<said::Ask<said::Manner>>>();
    world.init_resource::<Messages<said::Ask<said::Voicing>>>();
    world.init_resource::<Messages<said::Spoken>>();
    world.init_resource::<Messages<said::Happened>>();
    world.init_resource::<Messages<said::Answer>>();
}
