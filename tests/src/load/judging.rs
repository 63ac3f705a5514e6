//! How well, and how quickly, the shipped rules judge the corpus.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{Case, DEFAULT_RULES, Level, Occasion, RuleBook, RuleSet, Said};
use serde::Deserialize;
use serde_json::{Value, json};

/// Kinds by which a person could be found.
const PERSONAL: [&str; 10] =
    ["phone", "email", "url", "line_id", "discord", "social_id", "postcode", "address", "school", "real_name"];
/// How many words the rules know besides the shipped ones while the time is taken: the goal names this number.
const WORDS: usize = 5_000;
/// Milliseconds between the pieces of one case: as fast as one types a piece.
const BETWEEN_MS: u64 = 4_000;
/// When the last piece is sent, by a person who came a month before.
const NOW: u64 = 1_800_000_000_000;
const ARRIVED: u64 = NOW - 30 * 24 * 3_600_000;

/// What was measured.
pub struct Judging {
    /// Of messages with personal data, the share that is held.
    pub recall_personal_data: f64,
    /// Of innocent messages, the share that is held.
    pub false_hold_rate: f64,
    /// Time to judge a message, in microseconds, with [`WORDS`] words besides.
    pub us_per_message: f64,
}

#[derive(Deserialize)]
struct Line {
    texts: Vec<String>,
    kind: String,
}

/// Judges the corpus of the `moderation` crate.
///
/// # Errors
/// The corpus or the rules cannot be read.
pub fn judging(rounds: usize) -> Result<Judging> {
    let lines = corpus()?;
    let book = compile(&serde_json::from_str(DEFAULT_RULES)?)?;
    let held = |kinds: &[&str]| {
        let of_kind: Vec<&Line> = lines.iter().filter(|line| kinds.contains(&line.kind.as_str())).collect();
        let held = of_kind.iter().filter(|line| judge(&book, &line.texts) >= Level::Hold).count();
        held as f64 / of_kind.len().max(1) as f64
    };
    let (recall_personal_data, false_hold_rate) = (held(&PERSONAL), held(&["innocent"]));
    let heavy = compile(&with_words()?)?;
    let mut best = f64::MAX;
    for _ in 0..rounds {
        let began = Instant::now();
        for line in &lines {
            black_box(judge(&heavy, &line.texts));
        }
        best = best.min(began.elapsed().as_secs_f64() * 1e6 / lines.len() as f64);
    }
    Ok(Judging { recall_personal_data, false_hold_rate, us_per_message: best })
}

fn corpus() -> Result<Vec<Line>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../moderation/corpus");
    let mut lines = Vec::new();
    for file in std::fs::read_dir(folder).context("the corpus")? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            for line in std::fs::read_to_string(&file)?.lines() {
                lines.push(serde_json::from_str(line)?);
            }
        }
    }
    Ok(lines)
}

fn compile(rules: &Value) -> Result<RuleBook> {
    let set = RuleSet::from_json(&rules.to_string())?;
    RuleBook::compile(&set, Vec::new()).map_err(|faults| anyhow!("{faults:?}"))
}

/// The shipped rules, and one with many words that nobody writes.
fn with_words() -> Result<Value> {
    let kana: Vec<char> = "あいうえおかきくけこさしすせそたちつてとなにぬねの".chars().collect();
    let letter = |number: usize, place: u32| kana[number / kana.len().pow(place) % kana.len()];
    let word = |number| (0..3).map(|place| letter(number, place)).chain("ゑゐ".chars()).collect::<String>();
    let words: Vec<String> = (0..WORDS).map(word).collect();
    let mut rules: Value = serde_json::from_str(DEFAULT_RULES)?;
    rules["rules"].as_array_mut().context("rules")?.push(json!({
        "id": "bench.words", "version": 1, "scope": "site", "on": ["message"],
        "when": { "words": { "any": words, "view": "joined" } },
        "then": { "verdict": "flag" }, "reason": "other", "mode": "enforce", "note": "as many as a place may have"
    }));
    Ok(rules)
}

fn judge(book: &RuleBook, texts: &[String]) -> Level {
    let ago = |index: usize| (texts.len() - 1 - index) as u64 * BETWEEN_MS;
    let said: Vec<Said<'_>> = texts.iter().enumerate().map(|(at, text)| Said { text, at: NOW - ago(at) }).collect();
    let (on, role, arrived) = (Occasion::Message, Role::Participant, Some(ARRIVED));
    book.judge(&Case { on, texts: &said, role, room: "hall", session: None, arrived, now: NOW }).verdict
}
