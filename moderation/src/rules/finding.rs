//! What judging comes to.

use std::collections::BTreeSet;

use ibasho_protocol::rules::{Effect, Level, Mode, Reason};

use crate::views::{Span, ViewKind};

/// Findings that are reported of one case. A text that a list of words matches in a hundred places is held like one with
/// one, and nobody reads further than this.
pub const FINDINGS: usize = 32;

/// What a rule found, and where. Holds nothing of what the person wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Whether the rule is enforced or only tried.
    pub mode: Mode,
    /// Its verdict.
    pub level: Level,
    /// The rule.
    pub rule: String,
    /// Its version.
    pub version: u32,
    /// What it is about.
    pub reason: Reason,
    /// What in the message: a word list, a pattern, a phone number.
    pub why: String,
    /// In which form of the text.
    pub view: ViewKind,
    /// Where in the originals, one span a message; none if it is about the moment and not about words.
    pub spans: Vec<Span>,
    /// Whether it stands in the words of a cry for help, and therefore does not count.
    pub excused: bool,
}

impl Finding {
    /// Whether it has a part in the verdict.
    pub fn counts(&self) -> bool {
        self.mode == Mode::Enforce && !self.excused
    }
}

/// What a rule book says of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The strictest verdict of the findings that count.
    pub verdict: Level,
    /// What was found, at most [`FINDINGS`]: cries for help first, then what counts, the strictest first.
    pub findings: Vec<Finding>,
    /// What shall be done besides: each once.
    pub effects: BTreeSet<Effect>,
}

impl Judged {
    /// Nothing to object to.
    pub const fn nothing() -> Self {
        Self { verdict: Level::Allow, findings: Vec::new(), effects: BTreeSet::new() }
    }

    /// The finding that decided.
    pub fn decisive(&self) -> Option<&Finding> {
        decisive(&self.findings)
    }

    /// Whether somebody cries for help.
    pub fn is_cry_for_help(&self) -> bool {
        self.findings.iter().any(|finding| finding.counts() && finding.reason == Reason::Help)
    }
}

/// The strictest of the findings that count.
pub(crate) fn decisive(findings: &[Finding]) -> Option<&Finding> {
    // The first of equals: findings have an order of their own.
    findings.iter().filter(|finding| finding.counts()).rev().max_by_key(|finding| finding.level)
}

/// Brings findings into their order, each once, and keeps [`FINDINGS`] of them. The same whatever order they came in.
pub(crate) fn settle(findings: &mut Vec<Finding>) {
    // A cry for help is told even if a hundred stricter findings come with it.
    let help = |finding: &Finding| finding.counts() && finding.reason == Reason::Help;
    let rank = |finding: &Finding| (help(finding), finding.counts(), finding.level);
    findings.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.cmp(b)));
    findings.dedup();
    findings.truncate(FINDINGS);
}
