//! Talks put together from the corpus at random: what quick looks leave out must be what a search would not find.
//!
//! In a build with debug assertions each expression that is left out because the text lacks what it needs is searched
//! for all the same; a rule in which one fits then fails, and says so.

use std::path::Path;

use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{Case, DEFAULT_RULES, Known, Occasion, RuleBook, RuleSet, Said};

/// Talks that are judged. Each is of a few messages, of which the last is judged.
const TALKS: usize = 1_500;
/// Messages of one talk at most.
const MESSAGES: usize = 7;
/// Milliseconds between two messages.
const BETWEEN_MS: u64 = 4_000;

/// Chance that is the same every time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }
}

fn messages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let lines = files.iter().map(|file| std::fs::read_to_string(file).expect("UTF-8"));
    let known = lines.flat_map(|text| {
        text.lines().map(|line| serde_json::from_str::<Known>(line).expect("a line of the corpus")).collect::<Vec<_>>()
    });
    known.flat_map(|known| known.texts).collect()
}

/// A message as it is, in two pieces, or in pieces of a few letters.
fn say(message: &str, chance: &mut Chance, talk: &mut Vec<String>) {
    let letters: Vec<char> = message.chars().collect();
    let piece = match chance.below(3) {
        0 => letters.len(),
        1 => letters.len().div_ceil(2),
        _ => 1 + chance.below(6),
    };
    talk.extend(letters.chunks(piece.max(1)).map(|piece| piece.iter().collect::<String>()));
}

#[test]
fn what_is_left_out_would_not_be_found() {
    let rules = RuleSet::from_json(DEFAULT_RULES).expect("the shipped rules can be read");
    let book = RuleBook::compile(&rules, Vec::new()).expect("the shipped rules have no faults");
    let messages = messages();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut across = 0;
    for _ in 0..TALKS {
        let mut talk = Vec::new();
        while talk.len() < 2 + chance.below(MESSAGES - 1) {
            say(&messages[chance.below(messages.len())], &mut chance, &mut talk);
        }
        let texts: Vec<Said<'_>> =
            talk.iter().zip(0_u64..).map(|(text, at)| Said { text, at: at * BETWEEN_MS }).collect();
        let judged = book.judge(&Case {
            on: Occasion::Message,
            texts: &texts,
            role: Role::Participant,
            room: "hall",
            session: None,
            arrived: Some(0),
            now: texts.last().map_or(0, |said| said.at),
        });
        for finding in &judged.findings {
            assert_ne!(finding.why, "the rule failed", "{}: {talk:?}", finding.rule);
            across += usize::from(finding.spans.len() > 1);
        }
    }
    assert!(across > TALKS / 100, "too few were found across messages to say anything: {across}");
}
