//! A book of rules that are ready to judge.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::needs::Expression;
use super::words::Automaton;
use crate::hook::Hook;
use crate::roles::Role;
use crate::views::ViewKind;
use ibasho_protocol::rules::{Effect, Flood, Level, Link, Mode, Occasion, Personal, Reason, Repeats, Scope};

/// Rules that are ready to judge.
pub struct RuleBook {
    /// In the order of the file, which never matters.
    pub(super) rules: Vec<Ready>,
    pub(super) words: [Option<Automaton>; 3],
    pub(super) patterns: Vec<ReadyPattern>,
}

pub(super) struct ReadyPattern {
    pub(super) is: Expression,
    pub(super) unless: Vec<Expression>,
    pub(super) view: ViewKind,
}

pub(super) struct Ready {
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) scope: Scope,
    pub(super) on: Vec<Occasion>,
    pub(super) test: Test,
    pub(super) level: Level,
    pub(super) effects: BTreeSet<Effect>,
    pub(super) reason: Reason,
    pub(super) exempt: Vec<Role>,
    pub(super) mode: Mode,
}

/// A trigger with its words and patterns in the tables of the book.
pub(super) enum Test {
    Words { list: usize, view: ViewKind },
    Pattern(usize),
    Personal(Vec<Personal>),
    Repeats(Repeats),
    Flood(Flood),
    Link(Link),
    Newcomer { within_ms: u64, and: Box<Test> },
    Hook(Arc<dyn Hook>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

impl RuleBook {
    /// The number of rules.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl std::fmt::Debug for RuleBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.rules.iter().map(|rule| &rule.id)).finish()
    }
}
