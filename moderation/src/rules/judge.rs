//! Judging a case by a rule book.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ibasho_protocol::rules::{Effect, Level, Mode, Reason, Scope};

use super::book::{Ready, ReadyPattern, RuleBook, Test};
use super::case::Case;
use super::finding::{Finding, Judged, decisive, settle};
use super::hooked::objects;
use super::look::{Look, Mark};
use super::needs::Expression;
use super::personal;
use super::signs::Sight;
use super::words::within;
use crate::links::addresses_beside;
use crate::views::{Span, ViewKind};

/// Findings of one rule that are reported: the first places say what it is.
const MARKS: usize = 8;
/// Characters from which on a text can be a repetition: people say うん three times in a minute.
const REPEAT_CHARS: usize = 4;
/// The rule that holds what is too long to be looked at.
const TOO_LONG: &str = "engine.too_long";

impl RuleBook {
    /// Judges. The strictest finding decides; rules that are only tried are told but do not count; a rule that fails
    /// holds. Where somebody cries for help, nothing about those words is held against them, and nothing is blocked.
    pub fn judge(&self, case: &Case<'_>) -> Judged {
        let look = Look::new(self, case);
        let mut findings = Vec::new();
        let mut effects = BTreeSet::new();
        let asked = self.rules.iter().filter(|rule| rule.asked(case));
        // Rules find first; whether what they found counts is known only when all were asked.
        let found: Vec<(&Ready, Vec<Finding>)> =
            asked.map(|rule| (rule, rule.find(&look))).filter(|(_, found)| !found.is_empty()).collect();
        let cries: Vec<Span> = found
            .iter()
            .filter(|(rule, _)| rule.reason == Reason::Help && rule.mode == Mode::Enforce)
            .flat_map(|(_, found)| found.iter().flat_map(|finding| finding.spans.iter().copied()))
            .collect();
        let cry = found.iter().any(|(_, all)| all.iter().any(|one| one.reason == Reason::Help && one.counts()));
        for (rule, mut found) in found {
            for finding in &mut found {
                finding.excused = cry && is_excused(finding, &cries);
            }
            if found.iter().any(Finding::counts) {
                effects.extend(rule.effects.iter().filter(|effect| !(cry && effect.restricts())));
            }
            found.sort_by_key(|finding| !finding.counts());
            found.truncate(MARKS);
            findings.append(&mut found);
        }
        if look.is_cut() {
            findings.push(too_long());
        }
        let verdict = decisive(&findings).map_or(Level::Allow, |finding| finding.level);
        let verdict = if cry { verdict.min(Level::Hold) } else { verdict };
        settle(&mut findings);
        if verdict < Level::Hold {
            // There is nothing to change before sending what is sent.
            effects.remove(&Effect::EditFirst);
        }
        Judged { verdict, findings, effects }
    }
}

/// Whether a finding is about the words of a cry for help. Personal data stays what it is, whatever is said with it.
fn is_excused(finding: &Finding, cries: &[Span]) -> bool {
    let about_words = |span: &Span| cries.iter().any(|cry| cry.overlaps(span));
    match finding.reason {
        Reason::Help | Reason::PersonalData => false,
        Reason::Flood | Reason::Repetition => true,
        _ => finding.spans.iter().any(about_words),
    }
}

fn too_long() -> Finding {
    Finding {
        mode: Mode::Enforce,
        level: Level::Hold,
        rule: TOO_LONG.into(),
        version: 1,
        reason: Reason::Other,
        why: "too long to be looked at".into(),
        view: ViewKind::Raw,
        spans: Vec::new(),
        excused: false,
    }
}

impl Ready {
    fn asked(&self, case: &Case<'_>) -> bool {
        let here = match &self.scope {
            Scope::Site => true,
            Scope::Room(room) => room == case.room,
            Scope::Session(session) => Some(session.as_str()) == case.session,
        };
        here && self.on.contains(&case.on) && !self.exempt.contains(&case.role)
    }

    fn find(&self, look: &Look<'_>) -> Vec<Finding> {
        let finding = |level, mark: Mark| Finding {
            mode: self.mode,
            level,
            rule: self.id.clone(),
            version: self.version,
            reason: self.reason,
            why: mark.why,
            view: mark.view,
            spans: mark.spans,
            excused: false,
        };
        // A rule has shared references only; what a panic leaves half done is a view that nobody has yet.
        if let Ok(marks) = catch_unwind(AssertUnwindSafe(|| self.test.ask(look))) {
            return marks.into_iter().flatten().map(|mark| finding(self.level, mark)).collect();
        }
        let mark = Mark { view: ViewKind::Raw, spans: Vec::new(), why: "the rule failed".into() };
        // That a rule for help failed says nothing about a cry, nor that one for floods did about a flood.
        vec![Finding { reason: Reason::Other, ..finding(Level::Hold, mark) }]
    }
}

impl Test {
    /// Where the trigger fits, or none if it does not.
    fn ask(&self, look: &Look<'_>) -> Option<Vec<Mark>> {
        let found = |marks: Vec<Mark>| (!marks.is_empty()).then_some(marks);
        match self {
            Self::Words { list, view } => found(look.words(*list, *view)),
            Self::Pattern(at) => found(look.pattern(*at)),
            Self::Personal(kinds) => found(kinds.iter().flat_map(|kind| personal::find(*kind, look)).collect()),
            Self::Repeats(repeats) => {
                let own = look.view(ViewKind::Joined).text();
                own.chars().nth(REPEAT_CHARS - 1)?;
                let since = look.case.now.saturating_sub(u64::from(repeats.within_s) * 1_000);
                let (_, earlier) = look.window_texts().split_last()?;
                let earlier = || earlier.iter().filter(|said| said.at >= since);
                // Too few messages repeat nothing, whatever they say.
                if earlier().count() + 1 < repeats.times as usize {
                    return None;
                }
                let same = |text: &str| crate::views::View::of(ViewKind::Joined, text, 0).text() == own;
                let times = 1 + earlier().filter(|said| same(said.text)).count();
                (times >= repeats.times as usize)
                    .then(|| vec![look.whole(&format!("{times} times within {} s", repeats.within_s))])
            }
            Self::Flood(flood) => {
                let since = look.case.now.saturating_sub(u64::from(flood.within_s) * 1_000);
                let messages = look.window_texts().iter().filter(|said| said.at >= since).count();
                let why = format!("{messages} messages within {} s", flood.within_s);
                let mark = Mark { view: ViewKind::Raw, spans: Vec::new(), why };
                (messages >= flood.messages as usize).then(|| vec![mark])
            }
            Self::Link(link) => {
                let view = look.view(ViewKind::Folded);
                let links = addresses_beside(view.text(), &link.except).into_iter();
                found(links.filter_map(|range| look.mark(ViewKind::Folded, view, range, "a link")).collect())
            }
            Self::Newcomer { within_ms, and } => (look.case.known_ms() < *within_ms).then(|| and.ask(look)).flatten(),
            Self::Hook(hook) => objects(hook.as_ref(), look.case).then(|| vec![look.whole("a hook objects")]),
            Self::All(all) => {
                let each: Option<Vec<Vec<Mark>>> = all.iter().map(|test| test.ask(look)).collect();
                each.map(|marks| marks.into_iter().flatten().collect())
            }
            Self::Any(any) => found(any.iter().filter_map(|test| test.ask(look)).flatten().collect()),
            // It fits where nothing is found, and so has no place.
            Self::Not(not) => not.ask(look).is_none().then(Vec::new),
        }
    }
}

impl ReadyPattern {
    /// Where it fits outside of the innocent phrases.
    pub(super) fn find(&self, sight: &Sight) -> Vec<Range<usize>> {
        let places = |expression: &Expression| -> Vec<Range<usize>> {
            let regex = expression.in_sight(sight).into_iter();
            regex.flat_map(|regex| regex.find_iter(sight.text()).map(|found| found.range())).collect()
        };
        let found = places(&self.is);
        if found.is_empty() {
            return found;
        }
        let innocent: Vec<Range<usize>> = self.unless.iter().flat_map(places).collect();
        found.into_iter().filter(|range| !range.is_empty() && !within(range, &innocent)).collect()
    }
}
