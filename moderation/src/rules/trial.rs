//! Trying rules out: what would be said of a message, with everything that led to it. For operators, tests and the
//! try-it box of the console.

use ibasho_protocol::rules::Occasion;
use ibasho_protocol::rules::trial::{Found, Tried, Views};
use serde::Deserialize;

use super::book::RuleBook;
use super::case::{Case, Said};
use super::finding::Finding;
use crate::roles::Role;
use crate::views::{View, ViewKind};

/// The time between two messages of a trial: as people write in a chat.
pub const TRIAL_GAP_MS: u64 = 5_000;

/// One line of a file of messages. Other fields are passed over, so that a corpus can be tried as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Trial {
    /// How the line is called in the result.
    pub id: String,
    /// Consecutive messages of one newcomer; the last is judged, with those before it as its window.
    pub texts: Vec<String>,
    /// What it is.
    #[serde(default = "message")]
    pub on: Occasion,
}

const fn message() -> Occasion {
    Occasion::Message
}

impl RuleBook {
    /// Judges a trial.
    pub fn try_out(&self, trial: &Trial) -> Tried {
        let texts: Vec<Said<'_>> =
            trial.texts.iter().zip(0_u64..).map(|(text, at)| Said { text, at: at * TRIAL_GAP_MS }).collect();
        let now = texts.last().map_or(0, |said| said.at);
        let case = Case {
            on: trial.on,
            texts: &texts,
            role: Role::Participant,
            room: "",
            session: None,
            arrived: Some(now),
            now,
        };
        let judged = self.judge(&case);
        let last = texts.last().map_or("", |said| said.text);
        let view = |kind| View::of(kind, last, 0).text().to_owned();
        Tried {
            id: trial.id.clone(),
            verdict: judged.verdict,
            rule: judged.decisive().map(|finding| finding.rule.clone()),
            findings: judged.findings.iter().map(|finding| found(finding, &texts)).collect(),
            effects: judged.effects.into_iter().collect(),
            views: Views {
                folded: view(ViewKind::Folded),
                joined: view(ViewKind::Joined),
                digits: view(ViewKind::Digits),
            },
        }
    }
}

fn found(finding: &Finding, texts: &[Said<'_>]) -> Found {
    let last = finding.spans.last();
    let words = finding.spans.iter().filter_map(|span| texts.get(span.message)?.text.get(span.from..span.to));
    let pieces = finding.spans.iter().map(|span| [span.message, span.from, span.to]);
    Found {
        rule: finding.rule.clone(),
        version: finding.version,
        reason: finding.reason,
        verdict: finding.level,
        mode: finding.mode,
        why: finding.why.clone(),
        excused: finding.excused,
        view: finding.view,
        message: last.map(|span| span.message),
        span: last.map(|span| [span.from, span.to]),
        pieces: if finding.spans.len() > 1 { pieces.collect() } else { Vec::new() },
        matched: words.collect::<Vec<_>>().join("\n"),
    }
}
