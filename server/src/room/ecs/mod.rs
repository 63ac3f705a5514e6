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
//! Nothing in here awaits, locks or knows a socket; time comes in as [`round::Round::now`].

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
pub mod round;
pub mod safety;
pub mod said;
pub mod voice;
mod walk;

use bevy_ecs::prelude::*;
use bevy_ecs::system::BoxedSystem;

use round::Round;

/// The systems of a tick, in the order of the table. One that nobody asked for is not run: in a living room a tick
/// brings one thing, and to look into each system's cold memory would cost more than that thing. What needs the whole
/// world is a function of it. There is no schedule, which would look for what may run beside what: nothing may.
pub struct Tick {
    commands: BoxedSystem,
    words: BoxedSystem,
    appearances: BoxedSystem,
    manners: BoxedSystem,
    walks: BoxedSystem,
    voicings: BoxedSystem,
    audiences: BoxedSystem,
    voices: [BoxedSystem; 4],
    emit: BoxedSystem,
    clean: BoxedSystem,
}

impl Tick {
    /// The tick of this world, which has its resources already.
    pub fn new(world: &mut World) -> Self {
        Self {
            commands: system(world, ingest::commands),
            words: system(world, judge::words),
            appearances: system(world, judge::appearances),
            manners: system(world, manner::manners),
            walks: system(world, walk::walks),
            voicings: system(world, voice::asks::obey),
            audiences: system(world, hear::audiences),
            voices: [
                system(world, voice::hold),
                system(world, voice::hearing::hearing),
                system(world, voice::hearing::speaking),
                system(world, safety::ring::listen),
            ],
            emit: system(world, emit::emit),
            clean: system(world, clean::clean),
        }
    }

    /// Runs once.
    pub fn run(&mut self, world: &mut World) {
        doors::let_in_and_out(world);
        run(&mut self.commands, world);
        run_if(&mut self.words, world, |round| !round.asks.words.is_empty());
        run_if(&mut self.appearances, world, |round| !round.asks.appearances.is_empty());
        run_if(&mut self.manners, world, |round| !round.asks.manners.is_empty());
        deeds::carry_out(world);
        run_if(&mut self.walks, world, |round| !round.asks.walks.is_empty());
        run_if(&mut self.voicings, world, |round| !round.asks.voicings.is_empty() || !round.inbox.news.is_empty());
        run_if(&mut self.audiences, world, |round| !round.spoken.is_empty());
        if world.resource::<voice::Voices>().are_used() {
            for system in &mut self.voices {
                run(system, world);
            }
        }
        hosting::tell_news(world);
        run(&mut self.emit, world);
        run(&mut self.clean, world);
    }
}

fn run_if(system: &mut BoxedSystem, world: &mut World, asked: impl FnOnce(&Round) -> bool) {
    if asked(world.resource::<Round>()) {
        run(system, world);
    }
}

/// No system defers anything: what changes who is here is a function of the world.
fn run(system: &mut BoxedSystem, world: &mut World) {
    if let Err(error) = system.run_without_applying_deferred((), world) {
        panic!("{} cannot run: {error}", system.name());
    }
}

fn system<M>(world: &mut World, system: impl IntoSystem<(), (), M>) -> BoxedSystem {
    let mut system = IntoSystem::into_system(system);
    system.initialize(world);
    Box::new(system)
}
