//! What people do in a randomised test, drawn from a seed, saved and replayed as JSON.

use ibasho_protocol::client::Target;
use ibasho_protocol::person::Point;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

/// How many people a plan moves.
pub const PEOPLE: usize = 6;
/// Most milliseconds a line stays cut: the seat is still kept then.
const MOST_CUT_MS: u64 = 45_000;

/// A plan: rounds that follow each other; what stands in one round happens at the same time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// Where it comes from; also seeds the networks.
    pub seed: u64,
    /// The rounds.
    pub rounds: Vec<Round>,
}

/// What happens at the same time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Round {
    /// Who does what; nobody twice. What is not possible is left out, so that a plan can be shortened by hand.
    pub acts: Vec<(usize, Act)>,
    /// Milliseconds that pass after it.
    pub pass: u64,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Comes in as a newcomer.
    Join,
    /// Goes home.
    Leave,
    /// Walks.
    Walk(Target),
    /// Writes where they believe to be.
    Say,
    /// Writes, and the line is cut before it arrives.
    SayAndCut,
    /// Writes, and the line is cut after it arrived and before the answer is read.
    SayThenCut,
    /// Walks, and the line is cut before it arrives.
    WalkAndCut(Target),
    /// Walks, and the line is cut after it arrived and before the answer is read.
    WalkThenCut(Target),
    /// Takes back the last of their own words.
    TakeBack,
    /// The line is cut.
    Cut,
    /// Comes back.
    Resume,
    /// Comes back while the old line is still open, as from another tab.
    TakeOver,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    Here,
    Cut(u64),
}

impl Plan {
    /// Draws a plan of so many rounds.
    pub fn draw(seed: u64, rounds: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut people = [State::Absent; PEOPLE];
        let rounds = (0..rounds)
            .map(|_| {
                let pass = if rng.random_ratio(1, 4) { rng.random_range(1..9_000) } else { rng.random_range(1..900) };
                let acts = (0..PEOPLE).filter_map(|who| Some((who, act(&mut rng, &mut people[who])?))).collect();
                for state in &mut people {
                    if let State::Cut(millis) = state {
                        *millis += pass;
                    }
                }
                Round { acts, pass }
            })
            .collect();
        Self { seed, rounds }
    }
}

fn act(rng: &mut StdRng, state: &mut State) -> Option<Act> {
    let (act, then) = match *state {
        State::Absent if rng.random_ratio(1, 2) => (Act::Join, State::Here),
        State::Cut(millis) if millis > MOST_CUT_MS - 10_000 || rng.random_ratio(1, 3) => (Act::Resume, State::Here),
        State::Absent | State::Cut(_) => return None,
        State::Here => match rng.random_range(0..100) {
            0..25 => (Act::Walk(target(rng)), State::Here),
            25..55 => (Act::Say, State::Here),
            55..57 => (Act::SayAndCut, State::Cut(0)),
            57..62 => (Act::SayThenCut, State::Cut(0)),
            62..64 => (Act::WalkAndCut(target(rng)), State::Cut(0)),
            64..66 => (Act::WalkThenCut(target(rng)), State::Cut(0)),
            66..72 => (Act::TakeBack, State::Here),
            72..78 => (Act::Cut, State::Cut(0)),
            78..81 => (Act::TakeOver, State::Here),
            81..83 => (Act::Leave, State::Absent),
            _ => return None,
        },
    };
    *state = then;
    Some(act)
}

fn target(rng: &mut StdRng) -> Target {
    match rng.random_range(0..10) {
        0..4 => Target::Seat(rng.random_range(0..8)),
        4..8 => Target::Zone(rng.random_range(0..5)),
        _ => Target::Point(Point(rng.random_range(0..200), rng.random_range(0..120))),
    }
}
