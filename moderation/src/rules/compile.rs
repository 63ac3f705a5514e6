//! From rules as data to rules that judge quickly; every fault named with its rule and place.

use std::collections::BTreeSet;
use std::sync::Arc;

use ibasho_protocol::rules::{self as format, FORMAT, Level, Occasion, Personal, Reason, Rule, RuleSet, Trigger};
use regex::{Regex, RegexBuilder};

use super::book::{Ready, ReadyPattern, RuleBook, Test};
use super::case::WINDOW_MESSAGES;
use super::faults::{Faults, RuleFault};
use super::needs::Expression;
use super::personal;
use super::words::Collected;
use crate::hook::Hook;
use crate::views::{View, ViewKind};

/// Rules of one book. Staff read them all; ours are a few dozen.
pub const RULES: usize = 500;
/// Words of all rules together. 5,000 are a thorough list for one language.
pub const WORDS: usize = 20_000;
/// Characters of a word or phrase. Longer ones are sentences that nobody writes twice.
pub const WORD_CHARS: usize = 64;
/// Regular expressions of all rules together, `unless` included: each costs time with every message.
pub const PATTERNS: usize = 300;
/// Bytes of a regular expression as it is written.
pub const PATTERN_BYTES: usize = 1_000;
/// Bytes of a regular expression when compiled: `(.{1000}){1000}` is short as well.
pub const PATTERN_SIZE: usize = 1 << 20;
/// How deep triggers may be nested.
pub const TRIGGER_DEPTH: usize = 8;
/// Triggers within one `all` or `any`, and domains, roles and events of a list.
const LIST: usize = 100;
/// Characters of an id.
const ID_CHARS: usize = 64;
/// Characters of a note.
const NOTE_CHARS: usize = 1_000;
/// The longest time anything looks back or a newcomer is new: 30 days.
const MOST_MINUTES: u32 = 30 * 24 * 60;

impl RuleBook {
    /// Makes a book of a file of rules. `hooks` are those that rules may ask by name.
    ///
    /// # Errors
    /// All faults, at most [`FAULTS`](super::FAULTS).
    pub fn compile(set: &RuleSet, hooks: Vec<Arc<dyn Hook>>) -> Result<Self, Vec<RuleFault>> {
        let mut bench = Bench { hooks, ..Bench::default() };
        if set.format != FORMAT {
            bench.faults.add("format", format!("must be {FORMAT}"));
        }
        if set.rules.len() > RULES {
            bench.faults.add("rules", format!("more than {RULES}"));
        }
        let mut seen = BTreeSet::new();
        let mut rules: Vec<Ready> = Vec::new();
        for (index, rule) in set.rules.iter().take(RULES).enumerate() {
            let named = is_id(&rule.id);
            bench.faults.of(if named { &rule.id } else { "" });
            if !named {
                bench.faults.of(&format!("#{index}"));
                bench.faults.add("id", "lower-case letters, digits, . _ and - only, 1 to 64 of them");
            } else if !seen.insert(rule.id.as_str()) {
                bench.faults.add("id", "is there twice");
            }
            rules.extend(bench.rule(rule));
        }
        bench.faults.of("");
        personal::warm();
        bench.finish(rules)
    }
}

fn is_id(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    !id.is_empty() && id.len() <= ID_CHARS && id.chars().all(fits)
}

/// Whether it asks a hook.
fn names_hook(trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Hook(_) => true,
        Trigger::Newcomer(newcomer) => names_hook(&newcomer.and),
        Trigger::All(all) | Trigger::Any(all) => all.iter().any(names_hook),
        Trigger::Not(not) => names_hook(not),
        _ => false,
    }
}

/// Where rules are put together.
#[derive(Default)]
struct Bench {
    hooks: Vec<Arc<dyn Hook>>,
    faults: Faults,
    collected: Collected,
    lists: usize,
    words: usize,
    patterns: Vec<ReadyPattern>,
    expressions: usize,
}

impl Bench {
    fn rule(&mut self, rule: &Rule) -> Option<Ready> {
        if rule.version == 0 {
            self.faults.add("version", "counts from 1");
        }
        if rule.on.is_empty() || rule.on.len() > LIST {
            self.faults.add("on", "names no event");
        }
        if rule.on.contains(&Occasion::VoiceStart) && !names_hook(&rule.when) {
            self.faults.add("on", "a voice has no words: only a hook can object when somebody begins to speak");
        }
        if rule.note.chars().count() > NOTE_CHARS {
            self.faults.add("note", format!("longer than {NOTE_CHARS} characters"));
        }
        if rule.exempt.len() > LIST {
            self.faults.add("exempt", format!("more than {LIST}"));
        }
        if rule.then.verdict == Level::Allow {
            self.faults.add("then.verdict", "must be flag, hold or block");
        }
        if rule.reason == Reason::Help {
            if rule.then.verdict > Level::Flag {
                self.faults.add("then.verdict", "a cry for help is never held or blocked: use flag");
            }
            if rule.then.effects.iter().any(|effect| effect.restricts()) {
                self.faults.add("then.effects", "a cry for help never restricts anybody");
            }
        }
        let test = self.test(&rule.when, "when", 0, false)?;
        Some(Ready {
            id: rule.id.clone(),
            version: rule.version,
            scope: rule.scope.clone(),
            on: rule.on.clone(),
            test,
            level: rule.then.verdict,
            effects: rule.then.effects.iter().copied().collect(),
            reason: rule.reason,
            exempt: rule.exempt.clone(),
            mode: rule.mode,
        })
    }

    fn test(&mut self, trigger: &Trigger, place: &str, depth: usize, within_all: bool) -> Option<Test> {
        if depth >= TRIGGER_DEPTH {
            self.faults.add(place, format!("nested deeper than {TRIGGER_DEPTH}"));
            return None;
        }
        let test = match trigger {
            Trigger::Words(words) => self.words(words, place),
            Trigger::Pattern(pattern) => return self.pattern(pattern, place),
            Trigger::Personal(kinds) => {
                if kinds.is_empty() {
                    self.faults.add(place, "names no kind of data");
                }
                let kinds: BTreeSet<Personal> = kinds.iter().copied().collect();
                Test::Personal(kinds.into_iter().collect())
            }
            Trigger::Repeats(repeats) => {
                self.times(repeats.times, repeats.within_s, &format!("{place}.repeats"));
                Test::Repeats(*repeats)
            }
            Trigger::Flood(flood) => {
                self.times(flood.messages, flood.within_s, &format!("{place}.flood"));
                Test::Flood(*flood)
            }
            Trigger::Link(link) => {
                for (at, domain) in link.except.iter().enumerate() {
                    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
                    if at >= LIST || !domain.contains('.') || !domain.chars().all(fits) {
                        self.faults.add(&format!("{place}.link.except[{at}]"), "is no domain in lower case");
                    }
                }
                Test::Link(link.clone())
            }
            Trigger::Newcomer(newcomer) => {
                if !(1..=MOST_MINUTES).contains(&newcomer.minutes) {
                    self.faults.add(&format!("{place}.newcomer.minutes"), format!("must be 1 to {MOST_MINUTES}"));
                }
                let and = self.test(&newcomer.and, &format!("{place}.newcomer.and"), depth + 1, false)?;
                Test::Newcomer { within_ms: u64::from(newcomer.minutes) * 60_000, and: Box::new(and) }
            }
            Trigger::Hook(name) => {
                let Some(hook) = self.hooks.iter().find(|hook| hook.name() == name) else {
                    self.faults.add(&format!("{place}.hook"), "there is no hook of this name");
                    return None;
                };
                Test::Hook(Arc::clone(hook))
            }
            Trigger::All(all) => {
                if !all.iter().any(|trigger| !matches!(trigger, Trigger::Not(_))) {
                    self.faults.add(&format!("{place}.all"), "needs something that is looked for");
                }
                Test::All(self.list(all, &format!("{place}.all"), depth, true))
            }
            Trigger::Any(any) => {
                if any.is_empty() {
                    self.faults.add(&format!("{place}.any"), "is empty");
                }
                Test::Any(self.list(any, &format!("{place}.any"), depth, false))
            }
            Trigger::Not(not) => {
                if !within_all {
                    self.faults.add(place, "stands only within all");
                }
                Test::Not(Box::new(self.test(not, &format!("{place}.not"), depth + 1, false)?))
            }
        };
        Some(test)
    }

    fn list(&mut self, triggers: &[Trigger], place: &str, depth: usize, all: bool) -> Vec<Test> {
        if triggers.len() > LIST {
            self.faults.add(place, format!("more than {LIST}"));
        }
        let each = triggers.iter().take(LIST).enumerate();
        each.filter_map(|(at, trigger)| self.test(trigger, &format!("{place}[{at}]"), depth + 1, all)).collect()
    }

    fn times(&mut self, times: u32, within_s: u32, place: &str) {
        if !(2..=WINDOW_MESSAGES as u32).contains(&times) {
            self.faults.add(place, format!("2 to {WINDOW_MESSAGES} messages are looked at"));
        }
        if within_s == 0 || u64::from(within_s) * 1_000 > super::WINDOW_MS {
            self.faults.add(place, format!("must be within 1 to {} seconds", super::WINDOW_MS / 1_000));
        }
    }

    fn words(&mut self, words: &format::Words, place: &str) -> Test {
        let place = format!("{place}.words");
        if words.any.is_empty() {
            self.faults.add(&format!("{place}.any"), "is empty");
        }
        if words.view == ViewKind::Digits {
            self.faults.add(&format!("{place}.view"), "there are no words in the digits view");
        }
        let list = self.lists;
        self.lists += 1;
        for (innocent, kind, all) in [(false, "any", &words.any), (true, "unless", &words.unless)] {
            for (at, word) in all.iter().enumerate() {
                self.words += 1;
                if self.words > WORDS {
                    // Once, and not for each of the rest.
                    if self.words == WORDS + 1 {
                        self.faults.add(&format!("{place}.{kind}[{at}]"), format!("more than {WORDS} words in all"));
                    }
                    continue;
                }
                let view = View::of(words.view, word, 0);
                let (long, short) = (word.chars().count(), view.text().chars().count());
                if long > WORD_CHARS {
                    self.faults.add(&format!("{place}.{kind}[{at}]"), format!("longer than {WORD_CHARS} characters"));
                } else if short == 0 || (short == 1 && long > 1 && !innocent) {
                    self.faults.add(
                        &format!("{place}.{kind}[{at}]"),
                        format!("too little of it is left in this view: {:?}", view.text()),
                    );
                } else {
                    self.collected.add(words.view, view.text().to_owned(), list, innocent);
                }
            }
        }
        Test::Words { list, view: words.view }
    }

    fn pattern(&mut self, pattern: &format::Pattern, place: &str) -> Option<Test> {
        let place = format!("{place}.pattern");
        let is = self.expression(&pattern.is, &format!("{place}.is"));
        let unless: Vec<Option<Regex>> = pattern
            .unless
            .iter()
            .enumerate()
            .map(|(at, unless)| self.expression(unless, &format!("{place}.unless[{at}]")))
            .collect();
        let (is, unless) = (is?, unless.into_iter().collect::<Option<Vec<_>>>()?);
        let unless = unless.into_iter().map(Expression::from).collect();
        self.patterns.push(ReadyPattern { is: is.into(), unless, view: pattern.view });
        Some(Test::Pattern(self.patterns.len() - 1))
    }

    fn expression(&mut self, source: &str, place: &str) -> Option<Regex> {
        self.expressions += 1;
        let fault = if self.expressions > PATTERNS {
            format!("more than {PATTERNS} expressions in all")
        } else if source.len() > PATTERN_BYTES {
            format!("longer than {PATTERN_BYTES} bytes")
        } else {
            match RegexBuilder::new(&ascii_borders(source)).size_limit(PATTERN_SIZE).build() {
                Ok(regex) if regex.is_match("") => "fits the empty text, and so every text".to_owned(),
                Ok(regex) => return Some(regex),
                Err(error) => error.to_string(),
            }
        };
        self.faults.add(place, fault);
        None
    }

    fn finish(mut self, rules: Vec<Ready>) -> Result<RuleBook, Vec<RuleFault>> {
        let words = [ViewKind::Raw, ViewKind::Folded, ViewKind::Joined].map(|view| {
            self.collected.build(view).unwrap_or_else(|error| {
                self.faults.add("rules", error);
                None
            })
        });
        self.faults.into_result(RuleBook { rules, words, patterns: self.patterns })
    }
}

/// `\b` as the border of ASCII words: that is what one means beside Japanese, which has no spaces (`LINEで`), and the
/// other one is slow on anything but ASCII.
fn ascii_borders(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            (_, true) => match chars.next() {
                Some(border @ ('b' | 'B')) => {
                    out.push_str("(?-u:\\");
                    out.push(border);
                    out.push(')');
                }
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
        }
    }
    out
}
