//! How simulated people live: when they walk, write and react. The same seed gives the same life.

use ibasho_protocol::client::{ClientMessage, Enter, Target};
use ibasho_protocol::codec::encode_client;
use ibasho_protocol::ids::Nonce;
use ibasho_protocol::person::{Look, Point, Reaction, Way};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A kind of room: a file of `tests/rooms/bench`.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The name of its file.
    pub file: &'static str,
    /// How many people fit.
    pub people: usize,
    /// Cells from left to right.
    pub width: i16,
    /// Cells from front to back.
    pub depth: i16,
    /// Where people come in.
    pub door: Point,
}

/// A living room of 25.
pub const LIVING: Shape = Shape { file: "living", people: 25, width: 20, depth: 14, door: Point(105, 135) };
/// An open floor of 200.
pub const OPEN: Shape = Shape { file: "open", people: 200, width: 40, depth: 24, door: Point(205, 235) };

/// A workload.
#[derive(Debug, Clone, Copy)]
pub struct Life {
    /// Its name in `bench.json`.
    pub name: &'static str,
    /// How many rooms, all full.
    pub rooms: usize,
    /// Their shape.
    pub shape: Shape,
    /// Milliseconds between two walks of a person, on average.
    pub walk_ms: u32,
    /// The same for messages; 0 for none.
    pub say_ms: u32,
    /// The same for reactions; 0 for none.
    pub react_ms: u32,
}

/// The workloads of the benchmark.
pub const LIVES: [Life; 4] = [
    living("living_20x25", 20, LIVING),
    living("living_80x25", 80, LIVING),
    living("living_1x200", 1, OPEN),
    // The worst case: everybody changes the target twice a second.
    Life { name: "restless_80x25", rooms: 80, shape: LIVING, walk_ms: 500, say_ms: 0, react_ms: 0 },
];

const fn living(name: &'static str, rooms: usize, shape: Shape) -> Life {
    Life { name, rooms, shape, walk_ms: 20_000, say_ms: 60_000, react_ms: 30_000 }
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Walks there.
    Walk(Point),
    /// Writes something.
    Say,
    /// Reacts.
    React,
}

/// What somebody does when.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// Milliseconds since the beginning.
    pub at: u32,
    /// Who: people of one room follow each other.
    pub who: usize,
    /// What.
    pub act: Act,
}

/// How far people walk at most in each direction, in tenths of a cell: about three seconds on average.
const FAR: i16 = 90;

impl Life {
    /// How many people.
    pub fn people(&self) -> usize {
        self.rooms * self.shape.people
    }

    /// The room of a person.
    pub fn room_of(&self, who: usize) -> usize {
        who / self.shape.people
    }

    /// What everybody does within `millis`, in order of time.
    pub fn plan(&self, millis: u32, seed: u64) -> Vec<Planned> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut plan = Vec::new();
        for who in 0..self.people() {
            let mut place = self.shape.door;
            each(&mut rng, self.walk_ms, millis, |rng, at| {
                place = self.shape.near(place, rng);
                plan.push(Planned { at, who, act: Act::Walk(place) });
            });
            each(&mut rng, self.say_ms, millis, |_, at| plan.push(Planned { at, who, act: Act::Say }));
            each(&mut rng, self.react_ms, millis, |_, at| plan.push(Planned { at, who, act: Act::React }));
        }
        plan.sort_by_key(|planned| (planned.at, planned.who));
        plan
    }
}

/// Times that lie `every` apart on average, from half to one and a half of it.
fn each(rng: &mut StdRng, every: u32, until: u32, mut act: impl FnMut(&mut StdRng, u32)) {
    if every == 0 {
        return;
    }
    let mut at = rng.random_range(0..every);
    while at < until {
        act(rng, at);
        at += rng.random_range(every / 2..=every + every / 2);
    }
}

impl Shape {
    fn near(&self, from: Point, rng: &mut StdRng) -> Point {
        let step =
            |rng: &mut StdRng, from: i16, cells: i16| (from + rng.random_range(-FAR..=FAR)).clamp(0, cells * 10 - 1);
        Point(step(rng, from.0, self.width), step(rng, from.1, self.depth))
    }
}

/// The `hello` of a person.
pub fn hello(room: &str, who: usize) -> Vec<u8> {
    let look = Look { figure: (who % 12) as u8, colour: (who % 8) as u8 };
    let enter =
        Enter::New { nick: format!("ひと{who}"), look, way: Way::Write, wish: None, pass: None, device: None };
    encode_client(&ClientMessage::Hello { v: ibasho_protocol::VERSION, room: room.into(), enter }).to_vec()
}

/// The message for what somebody does.
pub fn message(act: Act, n: Nonce) -> Vec<u8> {
    let text = "今日はいい天気ですね。あとで少し散歩に行こうと思います。";
    encode_client(&match act {
        Act::Walk(to) => ClientMessage::Walk { n, to: Target::Point(to) },
        // In the open rooms of the benchmark everybody is in the hall.
        Act::Say => ClientMessage::Say { n, to: 0, text: text.into() },
        Act::React => ClientMessage::React { n, kind: Reaction::Nod },
    })
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_life_at_the_promised_pace() {
        let life = LIVES[0];
        let plan = life.plan(600_000, 7);
        let again = life.plan(600_000, 7);
        assert!(plan.iter().zip(&again).all(|(one, other)| one.at == other.at && one.act == other.act));
        let walks = plan.iter().filter(|planned| matches!(planned.act, Act::Walk(_))).count();
        let expected = life.people() * 30;
        assert!(walks.abs_diff(expected) < expected / 20, "{walks} walks, {expected} expected");
    }
}
