//! How good the shipped rules are, and how long one message takes with 5,000 words: prints one line of JSON.
//!
//! `cargo run --release -p ibasho-moderation --example measure [-- FOLDER_OF_THE_CORPUS]`

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{
    Case, DEFAULT_RULES, Effect, Figures, Known, Level, Mode, Occasion, Reason, Rule, RuleBook, RuleSet, Said, Scope,
    Then, Trigger, Words,
};
use ibasho_moderation::views::ViewKind;

/// The number of words of the goal.
const WORDS: usize = 5_000;
/// How often the corpus is judged for the time of one message; the best round counts, others are disturbed.
const ROUNDS: usize = 10;

fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    let corpus = corpus(&folder);
    let mut rules = RuleSet::from_json(DEFAULT_RULES).expect("the default rules can be read");
    let figures = book(&rules).figures(&corpus);
    let listed: usize = rules.rules.iter().map(|rule| words_of(&rule.when)).sum();
    rules.rules.push(word_list(WORDS.saturating_sub(listed)));
    let (alone, in_talk) = time(&book(&rules), &corpus);
    let Figures { recall_personal_data, false_hold_rate, personal_data, innocent } = figures;
    println!(
        "{}",
        serde_json::json!({
            "us_per_message": alone,
            "us_per_message_in_talk": in_talk,
            "recall_personal_data": recall_personal_data,
            "false_hold_rate": false_hold_rate,
            "words": WORDS.max(listed),
            "personal_data": personal_data,
            "innocent": innocent,
        })
    );
}

fn book(rules: &RuleSet) -> RuleBook {
    RuleBook::compile(rules, Vec::new()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn corpus(folder: &Path) -> Vec<Known> {
    let mut corpus = Vec::new();
    for file in std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()) {
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            let text = std::fs::read_to_string(&file).expect("UTF-8");
            corpus.extend(text.lines().map(|line| serde_json::from_str::<Known>(line).expect("a line of a corpus")));
        }
    }
    corpus
}

fn words_of(trigger: &Trigger) -> usize {
    match trigger {
        Trigger::Words(words) => words.any.len() + words.unless.len(),
        Trigger::All(list) | Trigger::Any(list) => list.iter().map(words_of).sum(),
        Trigger::Newcomer(newcomer) => words_of(&newcomer.and),
        Trigger::Not(not) => words_of(not),
        _ => 0,
    }
}

/// Words of five kana that nobody says, all different.
fn word_list(words: usize) -> Rule {
    let kana: Vec<char> = ('か'..='ん').filter(|c| !"っゃゅょゎゐゑ".contains(*c)).collect();
    let word = |n: usize| {
        let place = |scale: usize, shift: usize| kana[(n / scale + shift) % kana.len()];
        ['ぬ', place(1, 0), place(kana.len(), 3), 'ぺ', place(kana.len() * kana.len(), 7)].iter().collect()
    };
    Rule {
        id: "measure.words".into(),
        version: 1,
        scope: Scope::Site,
        on: vec![Occasion::Message],
        when: Trigger::Words(Words { any: (0..words).map(word).collect(), unless: Vec::new(), view: ViewKind::Joined }),
        then: Then { verdict: Level::Flag, effects: vec![Effect::Warn] },
        reason: Reason::Other,
        exempt: Vec::new(),
        mode: Mode::Enforce,
        note: String::new(),
    }
}

/// Microseconds a message: one alone, and one after five others of the same person.
fn time(book: &RuleBook, corpus: &[Known]) -> (f64, f64) {
    let innocent = corpus.iter().filter(|known| known.kind == "innocent").filter_map(|known| known.texts.last());
    let texts: Vec<Said<'_>> = innocent.zip(0_u64..).map(|(text, at)| Said { text, at: at * 20_000 }).collect();
    let round = |window: usize| {
        let begun = Instant::now();
        for end in 1..=texts.len() {
            let texts = &texts[end.saturating_sub(window)..end];
            black_box(book.judge(&Case {
                on: Occasion::Message,
                texts,
                role: Role::Participant,
                room: "hall",
                session: None,
                arrived: Some(0),
                now: texts[texts.len() - 1].at,
            }));
        }
        begun.elapsed().as_secs_f64() * 1e6 / texts.len() as f64
    };
    let best = |window| (0..ROUNDS).map(|_| round(window)).fold(f64::INFINITY, f64::min);
    (best(1), best(6))
}
