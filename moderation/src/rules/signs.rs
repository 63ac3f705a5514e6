//! Which letters stand in a text, as a small set: what most expressions need is not there, and that is quickly seen.

use std::ops::Deref;

use crate::views::View;

/// Places for ASCII, each small letter, digit and mark its own: names, numbers and addresses are told apart exactly.
const ASCII: usize = 64;
/// Places for hiragana, each its own: most of a message is of it.
const HIRAGANA: usize = 96;
/// Everything else shares the rest.
const OTHERS: usize = WORDS * 64 - ASCII - HIRAGANA;
const WORDS: usize = 8;

/// What there is in nearly every message, and kanji that are in every third: the last letters to tell one from another by.
const FREQUENT: &str = "いのうんしたてなかとにるすでがはもこよれっさまりおだくきあそけじらせやめえどねつろみちわ\
    日今人何気行思見言出来時分自私話好本大小中上下前後間年少高手子学生会天家";

/// A set of letters. Two letters that are neither ASCII nor hiragana may share a place: a set tells for certain only that
/// a letter is *not* in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs([u64; WORDS]);

impl Signs {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut signs = Self::default();
        text.chars().for_each(|c| signs.add(c));
        signs
    }

    pub(super) fn add(&mut self, c: char) {
        let place = place(c);
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Adds all of another set.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }

    /// Whether the two may have a letter in common.
    pub(super) fn meet(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |all, (own, other)| all | (own & other)) != 0
    }

    /// Whether all of another set may be in this one.
    pub(super) fn hold(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |all, (own, other)| all | (other & !own)) == 0
    }

    /// Every letter.
    pub(super) const fn all() -> Self {
        Self([u64::MAX; WORDS])
    }

    /// The letters that are in this set and not in another.
    fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own &= !other);
        self
    }

    /// Of these letters one that is seldom written.
    pub(super) fn rarest(&self) -> Self {
        let seldom = self.without(&Self::of(FREQUENT));
        let mut last = if seldom.len() > 0 { seldom } else { *self };
        // Kanji stand last and tell the most.
        let word = last.0.iter().rposition(|&word| word != 0).unwrap_or_default();
        let keep = last.0[word].checked_ilog2().map_or(0, |bit| 1 << bit);
        last.0 = [0; WORDS];
        last.0[word] = keep;
        last
    }

    /// How many places are taken.
    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

fn place(c: char) -> usize {
    match c {
        // Views but the raw one have no capitals.
        '\u{60}'..='\u{7F}' => c as usize - 0x40,
        '\0'..='\u{5F}' => (c as usize).saturating_sub(0x20),
        '\u{3040}'..='\u{309F}' => ASCII + (c as usize - 0x3040),
        // Neighbours in Unicode are far apart here: a message has many of one block.
        _ => ASCII + HIRAGANA + ((u64::from((c as u32).wrapping_mul(0x9E37_79B1)) * OTHERS as u64) >> 32) as usize,
    }
}

/// A view with its letters.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    view: View,
    pub(super) signs: Signs,
}

impl Sight {
    pub(super) fn new(view: View) -> Self {
        let signs = Signs::of(view.text());
        Self { view, signs }
    }
}

impl Deref for Sight {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}
