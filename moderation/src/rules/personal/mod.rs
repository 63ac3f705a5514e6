//! Data by which a person could be found outside: one detector a kind. They look at the views of a message, and at the
//! window of the last few, because contacts are sent in pieces.
//!
//! They would rather see one too many than one too few: what they find is held, and its writer may change it. Still,
//! dates, times, scores, prices and 「LINE」 as a word must pass, or nobody would trust them.

mod handles;
mod mail;
mod names;
mod phone;
mod places;
mod schools;

use std::ops::Range;
use std::sync::LazyLock;

use regex::RegexBuilder;

use super::look::{Look, Mark};
use super::needs::Expression;
use super::signs::Sight;
use crate::views::{View, ViewKind};
use ibasho_protocol::rules::Personal;

/// Looks for one kind of data in a view.
type Finder = fn(&Sight) -> Vec<Range<usize>>;

/// An expression that is compiled once.
type Lazy = LazyLock<Expression>;

/// Whether a view can hold something at all: most messages hold no number and no Latin letter.
type Gate = fn(&Sight) -> bool;

fn any(_: &Sight) -> bool {
    true
}

/// Names elsewhere are in Latin letters or numbers; addresses are spoken with どっと.
fn latin(sight: &Sight) -> bool {
    static LATIN: Lazy = Lazy::new(|| expression("[A-Za-z0-9]|どっと"));
    fits(&LATIN, sight)
}

/// Numbers, and words that say that one comes, or where somebody lives without one.
fn place(sight: &Sight) -> bool {
    static PLACE: Lazy = Lazy::new(|| {
        expression("[0-9〒便住居寄駅町村丁通条実家宅一二三四五六七八九十〇]|もより|じゅうしょ|ゆうびん|すんで")
    });
    fits(&PLACE, sight)
}

/// Where each kind is looked for, and how staff are told.
fn finders(kind: Personal) -> (&'static str, &'static [(ViewKind, Gate, Finder)]) {
    use ViewKind::{Digits, Folded, Joined};
    match kind {
        Personal::Phone => ("a phone number", &[(Digits, any, phone::find)]),
        Personal::Email => ("a mail address", &[(Folded, any, mail::find_mail), (Joined, any, mail::find_mail_joined)]),
        Personal::Url => ("a web address", &[(Folded, latin, mail::find_url)]),
        Personal::LineId => {
            ("a name on LINE", &[(Folded, latin, handles::find_line), (Joined, latin, handles::find_line_joined)])
        }
        Personal::Discord => (
            "a name on Discord",
            &[(Folded, latin, handles::find_discord), (Joined, latin, handles::find_discord_joined)],
        ),
        Personal::SocialId => {
            ("a name elsewhere", &[(Folded, latin, handles::find_social), (Joined, latin, handles::find_social_joined)])
        }
        Personal::Postcode => ("a postcode", &[(Folded, place, places::find_postcode)]),
        Personal::Address => ("where somebody lives", &[(Folded, place, places::find_address)]),
        Personal::School => ("a school", &[(Folded, any, schools::find), (Joined, any, schools::find)]),
        Personal::RealName => ("a real name", &[(Folded, any, names::find), (Joined, any, names::find)]),
    }
}

/// Where data of this kind stands in what is judged, or in it and the messages before.
pub(super) fn find(kind: Personal, look: &Look<'_>) -> Vec<Mark> {
    let (what, finders) = finders(kind);
    let mut marks = Vec::new();
    for &(kind, gate, finder) in finders {
        let view = look.view(kind);
        if gate(view) {
            marks.extend(finder(view).into_iter().filter_map(|range| look.mark(kind, view, range, what)));
        }
        if marks.is_empty()
            && let Some(window) = look.window(kind)
            && gate(window)
        {
            let across = finder(window).into_iter();
            marks.extend(across.filter_map(|range| look.mark_across(kind, window, range, what)));
        }
    }
    marks
}

/// Compiles all expressions, so that the first message of the day need not wait for it.
pub(super) fn warm() {
    // Holds a little of everything, so that no detector looks away at once.
    const ANYTHING: &str = "あ a1 @ # ☆ あっと at mail どっと 校 がっこう 名 〒 2丁目 http://a";
    let anything = Sight::new(View::of(ViewKind::Raw, ANYTHING, 0));
    for kind in Personal::ALL {
        for (_, gate, finder) in finders(kind).1 {
            gate(&anything);
            finder(&anything);
        }
    }
}

/// Compiles an expression of ours. `{…}` parts are put together by the callers.
fn expression(source: &str) -> Expression {
    // Written by us and compiled in a test; a mistake is found there and not by people.
    RegexBuilder::new(source).size_limit(1 << 23).build().expect("an expression of ours is well formed").into()
}

/// Whether an expression fits somewhere.
fn fits(expression: &Expression, sight: &Sight) -> bool {
    expression.in_sight(sight).is_some_and(|regex| regex.is_match(sight.text()))
}

/// All places where an expression fits and what it caught is meant.
fn all(expression: &Expression, sight: &Sight, meant: impl Fn(&regex::Captures<'_>) -> bool) -> Vec<Range<usize>> {
    let text = sight.text();
    // Most texts fit nowhere, and that is found out without captures.
    let Some(regex) = expression.in_sight(sight).filter(|regex| regex.is_match(text)) else { return Vec::new() };
    let fitting = regex.captures_iter(text).filter(meant);
    fitting.filter_map(|captures| captures.get(0).map(|whole| whole.range())).collect()
}
