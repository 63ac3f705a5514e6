//! What a text must hold for an expression to fit, read off the expression itself.
//!
//! 「本名は山本…」 is looked for only where 本, 名 and は stand somewhere. Most messages hold nothing of what most
//! expressions need, and are done with after a few comparisons, without a search and whatever is before them in a window.

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

use super::signs::{Sight, Signs};

/// Letters of a class from which on it says nothing: any kana, any kanji, anything but a digit. Latin letters with
/// digits and marks are fewer.
const CLASS_LETTERS: usize = 64;

/// Branches of an expression that are each looked into. Of more, as of a hundred family names, one letter each must do.
const BRANCHES: usize = 64;

/// What must be in a text. It may be met where an expression does not fit, never the other way round.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Each of these letters.
    Each(Signs),
    /// One of these letters.
    One(Signs),
    /// All of these, those first that are least likely to be met.
    All(Vec<Needs>),
    /// One of these; the letters are one of each, so that mostly none needs to be looked into.
    Any(Signs, Vec<Needs>),
}

impl Needs {
    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::Nothing,
            // Bytes that are no letters are in no text; then the expression never fits, and nobody need know.
            HirKind::Literal(literal) => {
                str::from_utf8(&literal.0).map_or(Self::Nothing, |text| Self::Each(Signs::of(text)))
            }
            HirKind::Class(class) => Self::of_class(class),
            HirKind::Repetition(repetition) if repetition.min == 0 => Self::Nothing,
            HirKind::Repetition(repetition) => Self::of(&repetition.sub),
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Concat(parts) => Self::all(parts.iter().map(Self::of)),
            HirKind::Alternation(parts) => Self::any(parts.iter().map(Self::of)),
        }
    }

    fn of_class(class: &Class) -> Self {
        let mut signs = Signs::default();
        let Class::Unicode(class) = class else { return Self::Nothing };
        if class.iter().map(ClassUnicodeRange::len).sum::<usize>() > CLASS_LETTERS {
            return Self::Nothing;
        }
        class.iter().flat_map(|range| range.start()..=range.end()).for_each(|c| signs.add(c));
        Self::One(signs)
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        let (mut each, mut all) = (Signs::default(), Vec::new());
        for part in parts {
            match part {
                Self::Nothing => {}
                Self::Each(signs) => each.add_all(&signs),
                Self::All(parts) => all.extend(parts),
                part => all.push(part),
            }
        }
        if each.len() > 0 {
            all.push(Self::Each(each));
        }
        all.sort_by_key(Self::chance);
        all.dedup();
        match all.len() {
            0 => Self::Nothing,
            1 => all.remove(0),
            _ => Self::All(all),
        }
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        let (mut one, mut any) = (Signs::default(), Vec::new());
        for part in parts {
            match part {
                Self::Nothing => return Self::Nothing,
                Self::One(signs) => one.add_all(&signs),
                Self::Each(signs) if signs.len() == 1 => one.add_all(&signs),
                Self::Any(_, parts) => any.extend(parts),
                part => any.push(part),
            }
        }
        let mut quick = one;
        for part in &any {
            quick.add_all(&part.one_letter());
        }
        if any.is_empty() || any.len() > BRANCHES {
            return Self::One(quick);
        }
        if one.len() > 0 {
            any.push(Self::One(one));
        }
        if any.len() == 1 { any.remove(0) } else { Self::Any(quick, any) }
    }

    /// Letters of which one is there wherever this is met; as few and as seldom ones as possible.
    fn one_letter(&self) -> Signs {
        match self {
            Self::Nothing => Signs::all(),
            Self::Each(signs) => signs.rarest(),
            Self::One(signs) | Self::Any(signs, _) => *signs,
            Self::All(parts) => parts.iter().map(Self::one_letter).min_by_key(Signs::len).unwrap_or_else(Signs::all),
        }
    }

    /// How likely it is met, for an order: many letters of which one is enough are, many that must all be are not.
    fn chance(&self) -> u32 {
        match self {
            Self::Nothing => u32::MAX,
            Self::Each(signs) => 1_u32.saturating_sub(signs.len()),
            Self::One(signs) => signs.len(),
            Self::All(parts) => parts.iter().map(Self::chance).min().unwrap_or(0),
            Self::Any(signs, parts) => signs.len() + parts.len() as u32,
        }
    }

    fn met(&self, signs: &Signs) -> bool {
        match self {
            Self::Nothing => true,
            Self::Each(each) => signs.hold(each),
            Self::One(one) => signs.meet(one),
            Self::All(parts) => parts.iter().all(|part| part.met(signs)),
            Self::Any(quick, parts) => signs.meet(quick) && parts.iter().any(|part| part.met(signs)),
        }
    }
}

/// An expression that knows what it needs.
#[derive(Debug)]
pub(super) struct Expression {
    regex: Regex,
    needs: Needs,
}

impl Expression {
    /// The expression, if the text holds what it needs.
    pub(super) fn in_sight(&self, sight: &Sight) -> Option<&Regex> {
        let met = self.needs.met(&sight.signs);
        // Every test of rules is one of this too.
        debug_assert!(met || !self.regex.is_match(sight.text()), "{} fits without what it needs", self.regex);
        met.then_some(&self.regex)
    }
}

impl From<Regex> for Expression {
    /// Of an expression without flags but those it is written with.
    fn from(regex: Regex) -> Self {
        let needs = regex_syntax::parse(regex.as_str()).map_or(Needs::Nothing, |hir| Needs::of(&hir));
        Self { regex, needs }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;
    use crate::rules::{DEFAULT_RULES, RuleSet, Trigger};
    use crate::views::{View, ViewKind};

    fn expression(source: &str) -> Expression {
        Regex::new(source).expect("well formed").into()
    }

    fn in_sight(source: &str, text: &str) -> bool {
        expression(source).in_sight(&Sight::new(View::of(ViewKind::Raw, text, 0))).is_some()
    }

    #[test]
    fn an_expression_is_looked_for_only_where_its_letters_stand() {
        assert!(in_sight("(?:本名|実名)(?:は|:)", "本名は山本"));
        assert!(!in_sight("(?:本名|実名)(?:は|:)", "名前は山田"));
        assert!(!in_sight("(?:本名|実名)(?:は|:)", "本名が山本"));
        assert!(!in_sight("[0-9]{3}号室?", "号室"));
        assert!(in_sight("[0-9]{3}号室?", "101号"));
        assert!(in_sight("(?:a|)b?[^c]*$", ""), "needs nothing");
    }

    fn patterns_of(trigger: &Trigger, out: &mut Vec<String>) {
        match trigger {
            Trigger::Pattern(pattern) => out.extend([&pattern.is].into_iter().chain(&pattern.unless).cloned()),
            Trigger::All(all) | Trigger::Any(all) => all.iter().for_each(|one| patterns_of(one, out)),
            Trigger::Newcomer(newcomer) => patterns_of(&newcomer.and, out),
            Trigger::Not(not) => patterns_of(not, out),
            _ => {}
        }
    }

    proptest! {
        /// Whatever an expression fits holds what it needs, whatever stands around it: the search that is left out would
        /// have found nothing.
        #[test]
        fn what_fits_is_always_in_sight(
            (source, text) in prop::sample::select({
                let rules = RuleSet::from_json(DEFAULT_RULES).expect("the shipped rules can be read");
                let mut sources = Vec::new();
                rules.rules.iter().for_each(|rule| patterns_of(&rule.when, &mut sources));
                // What has anchors cannot be made up from the expression.
                sources.retain(|source| string_regex(source).is_ok());
                assert!(sources.len() > 10, "{}", sources.len());
                sources
            }).prop_flat_map(|source| {
                let text = string_regex(&source).expect("tried above");
                (Just(source), text)
            }),
            around in "[あいう死本a1 。]{0,4}",
        ) {
            prop_assert!(in_sight(&source, &text), "{source} {text:?}");
            prop_assert!(in_sight(&source, &format!("{around}{text}{around}")), "{source} {text:?}");
        }
    }
}
