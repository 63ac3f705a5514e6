//! What happens in a tick. The schedule below is the table of contents:
//!
//! | set | does |
//! |---|---|
//! | Ingest | ends walks and grace times that are over; lets people in and out; checks nonce, role, way and rate of each command |
//! | Judge | asks the rules about words and nicknames; carries out what needs no floor, and what is done in the session |
//! | Walk | finds paths |
//! | Hear | decides who hears what was said |
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
pub mod parts;
pub mod said;
mod walk;

use bevy_ecs::message::Messages;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::SingleThreadedExecutor;

/// The phases of a tick, in order.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Phase {
    Ingest,
    Judge,
    Walk,
    Hear,
    Emit,
    Clean,
}

/// The schedule of a tick. Single-threaded: a room of 25 takes about a microsecond, and rooms run beside each other.
pub fn schedule() -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    let order = (Phase::Ingest, Phase::Judge, Phase::Walk, Phase::Hear, Phase::Emit, Phase::Clean);
    schedule.configure_sets(order.chain());
    schedule.add_systems((ingest::settle, doors::let_in_and_out, ingest::commands).chain().in_set(Phase::Ingest));
    let judge = (judge::words, judge::appearances, manner::manners, deeds::carry_out);
    schedule.add_systems(judge.chain().in_set(Phase::Judge));
    schedule.add_systems(walk::walks.in_set(Phase::Walk));
    schedule.add_systems(hear::audiences.in_set(Phase::Hear));
    schedule.add_systems((hosting::tell_news, emit::emit).chain().in_set(Phase::Emit));
    schedule.add_systems((clean::forget, clean::next_due, clean::messages).chain().in_set(Phase::Clean));
    schedule
}

/// Makes the world know the messages that pass between the systems.
pub fn register(world: &mut World) {
    world.init_resource::<Messages<said::Ask<said::WalkTo>>>();
    world.init_resource::<Messages<said::Ask<said::Speak>>>();
    world.init_resource::<Messages<said::Ask<said::Appear>>>();
    world.init_resource::<Messages<said::Ask<said::Manner>>>();
    world.init_resource::<Messages<said::Spoken>>();
    world.init_resource::<Messages<said::Happened>>();
    world.init_resource::<Messages<said::Answer>>();
}
