//! How good rules are, by a corpus of messages of which one knows what should be said of them.

use serde::{Deserialize, Serialize};

use super::book::RuleBook;
use super::trial::Trial;
use ibasho_protocol::rules::{Level, Occasion};

/// Kinds of cases in which somebody could be found, as the corpus calls them.
const PERSONAL: [&str; 10] =
    ["phone", "email", "url", "line_id", "discord", "social_id", "postcode", "address", "school", "real_name"];
/// The kind of cases that only look like something.
const INNOCENT: &str = "innocent";

/// One line of a corpus. Other fields are for its authors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Known {
    /// Its name.
    pub id: String,
    /// Consecutive messages of one person; the last is judged.
    pub texts: Vec<String>,
    /// What should be said of it.
    pub expect: Level,
    /// What it is: a kind of personal data, `innocent`, `help` …
    pub kind: String,
}

/// How good rules are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// The share of personal data that is held: of those that should be.
    pub recall_personal_data: f64,
    /// The share of innocent messages that are held.
    pub false_hold_rate: f64,
    /// Cases with personal data that should be held.
    pub personal_data: usize,
    /// Innocent cases.
    pub innocent: usize,
}

impl RuleBook {
    /// Judges a corpus.
    pub fn figures(&self, corpus: &[Known]) -> Figures {
        let held = |known: &Known| {
            let trial = Trial { id: known.id.clone(), texts: known.texts.clone(), on: Occasion::Message };
            self.try_out(&trial).verdict >= Level::Hold
        };
        let personal = |known: &&Known| PERSONAL.contains(&known.kind.as_str()) && known.expect >= Level::Hold;
        let innocent = |known: &&Known| known.kind == INNOCENT;
        let count = |what: &dyn Fn(&&Known) -> bool| {
            let all: Vec<&Known> = corpus.iter().filter(what).collect();
            (all.iter().filter(|known| held(known)).count(), all.len())
        };
        let (found, personal_data) = count(&personal);
        let (wrong, innocent) = count(&innocent);
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        Figures {
            recall_personal_data: share(found, personal_data),
            false_hold_rate: share(wrong, innocent),
            personal_data,
            innocent,
        }
    }
}
