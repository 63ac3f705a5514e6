//! What a message says under its disguises: the same words in a form in which rules can look for them, each letter
//! with the place in the original that it stands for.
//!
//! | view | what is done to the text | what it is for |
//! |---|---|---|
//! | raw | nothing | marks, letters as they are |
//! | folded | NFKC, case, invisible characters and stray marks out, look-alike letters to Latin, katakana to hiragana, ー and repeats shortened | words and sentences |
//! | joined | folded, and what stands between letters taken out (spaces, dots, pictures, ー) | words with gaps in them |
//! | digits | only numbers, however they are written (〇, ゼロ, ①, いち); `-` for a gap, [`BREAK`] for other words | phone numbers |
//!
//! A view can be of one message or of a *window*: a person's last few messages as if they were one, because contacts
//! are sent in pieces.

mod digits;
mod joined;
mod letters;
mod lookalikes;

use std::ops::Range;

use ibasho_protocol::limits::TEXT_BYTES;

use letters::Letter;

pub use digits::BREAK;
pub use ibasho_protocol::rules::ViewKind;

/// Bytes of a text that are looked at. What a person sends is checked against the same bound before.
pub const VIEW_IN_BYTES: usize = TEXT_BYTES;
/// Bytes a view may have. Compatibility forms make up to eleven bytes of one (`ﷺ`); ordinary text gets shorter, so
/// what reaches this bound was made to.
pub const VIEW_OUT_BYTES: usize = 2 * TEXT_BYTES;
/// How often a letter may stand in a row in the folded view; people write 「ねえねえ」 and 「ああ」, and mean the same
/// with ten.
const FOLDED_RUN: usize = 2;

/// A place in an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which message: an index into the texts that were judged.
    pub message: usize,
    /// The first byte, at a boundary of a character.
    pub from: usize,
    /// Behind the last byte, at a boundary of a character.
    pub to: usize,
}

impl Span {
    /// Whether the two have a byte in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.message == other.message && self.from < other.to && other.from < self.to
    }
}

/// The letters of a text in their one form: what all its views but the raw one are made of.
#[derive(Debug, Clone)]
pub(crate) struct Letters {
    all: Vec<Letter>,
    cut: bool,
}

impl Letters {
    pub(crate) fn of(text: &str) -> Self {
        let short = &text[..text.floor_char_boundary(VIEW_IN_BYTES)];
        Self { all: letters::letters(short), cut: short.len() < text.len() }
    }

    /// A view of the text, which is message `message` among those judged. Not the raw one: its letters are the text.
    pub(crate) fn view(&self, kind: ViewKind, message: usize) -> View {
        let mut view = match kind {
            ViewKind::Raw | ViewKind::Folded => folded(&self.all, message),
            ViewKind::Joined => joined::joined(&self.all, message),
            ViewKind::Digits => digits::digits(&self.all, message),
        };
        view.cut |= self.cut;
        view
    }
}

/// One form of a text that knows where each of its letters comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    text: String,
    /// For each character of `text`; none if the view is the text itself.
    pieces: Vec<Piece>,
    /// Of the one text, if the view is the text itself.
    message: usize,
    cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: u32,
    message: u32,
    from: u32,
    to: u32,
}

impl View {
    /// The view of one text, which is message `message` among those judged.
    pub fn of(kind: ViewKind, text: &str, message: usize) -> Self {
        let short = &text[..text.floor_char_boundary(VIEW_IN_BYTES)];
        if kind == ViewKind::Raw {
            return Self { text: short.to_owned(), pieces: Vec::new(), message, cut: short.len() < text.len() };
        }
        Letters::of(text).view(kind, message)
    }

    /// Several views as one with `between` in between; those in which nothing is left are passed over.
    ///
    /// A raw view has no place in a window: pieces of a contact are found in what they mean, not in how they look.
    pub fn window<'a>(views: impl IntoIterator<Item = &'a Self, IntoIter: Clone>, between: &str) -> Self {
        let views = views.into_iter().filter(|view| !view.text.is_empty() && !view.pieces.is_empty());
        let mut all = Self::with_room(0, views.clone().map(|view| view.pieces.len() + between.len()).sum());
        for view in views {
            if let (Some(last), false) = (all.pieces.last().copied(), between.is_empty()) {
                for c in between.chars() {
                    all.push(c, last.message as usize, (last.to, last.to));
                }
            }
            if all.text.len() + view.text.len() > VIEW_OUT_BYTES {
                all.cut = true;
                break;
            }
            let shift = all.text.len() as u32;
            all.text.push_str(&view.text);
            all.pieces.extend(view.pieces.iter().map(|piece| Piece { at: piece.at + shift, ..*piece }));
            all.cut |= view.cut;
        }
        all
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether something was left out because a text or its view was too long.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Where a part of the view stands in the originals: one span for each message it touches, in their order.
    pub fn origin(&self, range: Range<usize>) -> Vec<Span> {
        if self.pieces.is_empty() {
            return vec![Span { message: self.message, from: range.start, to: range.end }];
        }
        let first = self.pieces.partition_point(|piece| piece.at as usize <= range.start).saturating_sub(1);
        let mut spans: Vec<Span> = Vec::new();
        for piece in self.pieces[first..].iter().take_while(|piece| (piece.at as usize) < range.end.max(1)) {
            let span = Span { message: piece.message as usize, from: piece.from as usize, to: piece.to as usize };
            match spans.last_mut() {
                Some(last) if last.message == span.message => last.to = last.to.max(span.to),
                // What was put between two messages stands for nothing in either.
                _ if span.from == span.to => {}
                _ => spans.push(span),
            }
        }
        spans
    }

    /// Whether what stands there is a word of its own as far as Latin letters and digits go: `line`, but not in
    /// `online`. Scripts without spaces have no such border.
    pub fn stands_alone(&self, range: &Range<usize>) -> bool {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let (inside, before, after) = (&self.text[range.clone()], &self.text[..range.start], &self.text[range.end..]);
        let left = latin(inside.chars().next()) && latin(before.chars().next_back()) && self.touches(range.start);
        let right = latin(inside.chars().next_back()) && latin(after.chars().next()) && self.touches(range.end);
        !left && !right
    }

    /// Whether the letters on both sides of a place touch in the original too.
    fn touches(&self, at: usize) -> bool {
        let Ok(right) = self.pieces.binary_search_by_key(&(at as u32), |piece| piece.at) else { return true };
        let Some(left) = right.checked_sub(1).map(|left| self.pieces[left]) else { return false };
        let right = self.pieces[right];
        left.message == right.message && left.to >= right.from
    }

    const fn empty(message: usize) -> Self {
        Self { text: String::new(), pieces: Vec::new(), message, cut: false }
    }

    /// Room for a view of so many letters.
    fn with_room(message: usize, letters: usize) -> Self {
        // Most letters of Japanese have three bytes.
        Self { text: String::with_capacity(letters * 3), pieces: Vec::with_capacity(letters), message, cut: false }
    }

    fn push(&mut self, c: char, message: usize, (from, to): (u32, u32)) {
        if self.text.len() + c.len_utf8() > VIEW_OUT_BYTES {
            self.cut = true;
            return;
        }
        self.pieces.push(Piece { at: self.text.len() as u32, message: message as u32, from, to });
        self.text.push(c);
    }
}

fn folded(letters: &[Letter], message: usize) -> View {
    let mut view = View::with_room(message, letters.len());
    let (mut last, mut run) = (None, 0);
    for letter in letters {
        run = if last == Some(letter.c) { run + 1 } else { 1 };
        last = Some(letter.c);
        let most = match letter.c {
            'ー' => 1,
            // Names, addresses and numbers have doubled letters.
            c if c.is_ascii() => usize::MAX,
            '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' => usize::MAX,
            _ => FOLDED_RUN,
        };
        if run <= most {
            view.push(letter.c, message, (letter.from, letter.to));
        }
    }
    view
}
