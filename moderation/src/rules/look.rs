//! The views of one case, each made when the first rule asks for it.

use std::cell::OnceCell;
use std::ops::Range;

use super::book::RuleBook;
use super::case::{Case, Said};
use super::signs::Sight;
use super::words::Hits;
use crate::views::{Letters, Span, VIEW_IN_BYTES, View, ViewKind};

/// Letters of a message that is taken for a part of a word that is sent in pieces: 「し」「に」「たい」. Whole sentences
/// next to each other say nothing together.
const PIECE_CHARS: usize = 4;

/// Where something was found.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) view: ViewKind,
    pub(super) spans: Vec<Span>,
    pub(super) why: String,
}

/// Bytes before a message that are looked at together with it in the folded view. What is found across the border between
/// two messages begins close to it: nothing that detectors look for is longer, and words between the pieces are few.
const REACH_BYTES: usize = 80;

/// A case with its views.
pub(super) struct Look<'a> {
    pub(super) book: &'a RuleBook,
    pub(super) case: &'a Case<'a>,
    /// The first text of the window.
    begins: usize,
    /// Of what is judged.
    letters: OnceCell<Letters>,
    views: [OnceCell<Sight>; 4],
    windows: [OnceCell<Option<Sight>>; 4],
    hits: [OnceCell<Hits>; 4],
    window_hits: OnceCell<Hits>,
}

impl<'a> Look<'a> {
    pub(super) fn new(book: &'a RuleBook, case: &'a Case<'a>) -> Self {
        Self {
            book,
            case,
            begins: case.window_begins(),
            letters: OnceCell::new(),
            views: Default::default(),
            windows: Default::default(),
            hits: Default::default(),
            window_hits: OnceCell::new(),
        }
    }

    /// What is judged.
    pub(super) fn text(&self) -> &'a str {
        self.case.texts.last().map_or("", |said| said.text)
    }

    /// The texts that are looked at together.
    pub(super) fn window_texts(&self) -> &'a [Said<'a>] {
        &self.case.texts[self.begins..]
    }

    /// A view of what is judged.
    pub(super) fn view(&self, kind: ViewKind) -> &Sight {
        self.views[kind as usize].get_or_init(|| {
            Sight::new(match kind {
                ViewKind::Raw => View::of(kind, self.text(), self.last()),
                _ => self.letters.get_or_init(|| Letters::of(self.text())).view(kind, self.last()),
            })
        })
    }

    /// A view of the last few messages together, if they could say together what none says alone.
    pub(super) fn window(&self, kind: ViewKind) -> Option<&Sight> {
        self.windows[kind as usize].get_or_init(|| self.make_window(kind)).as_ref()
    }

    fn make_window(&self, kind: ViewKind) -> Option<Sight> {
        let own = self.view(kind);
        let long = |view: &View| kind == ViewKind::Joined && view.text().chars().nth(PIECE_CHARS).is_some();
        if kind == ViewKind::Raw || own.text().is_empty() || long(own) {
            return None;
        }
        let mut earlier: Vec<View> = Vec::new();
        let mut bytes = self.text().len();
        let mut seen = 0;
        // The newest are the ones that belong together.
        for (at, said) in self.case.texts.iter().enumerate().take(self.last()).skip(self.begins).rev() {
            bytes += said.text.len();
            if bytes > VIEW_IN_BYTES || (kind == ViewKind::Folded && seen > REACH_BYTES) {
                break;
            }
            let view = View::of(kind, said.text, at);
            if long(&view) {
                break;
            }
            seen += view.text().len();
            earlier.push(view);
        }
        let between = match kind {
            ViewKind::Folded => "\n",
            ViewKind::Digits => "-",
            ViewKind::Raw | ViewKind::Joined => "",
        };
        (!earlier.is_empty()).then(|| Sight::new(View::window(earlier.iter().rev().chain([&**own]), between)))
    }

    /// The words of a list in what is judged, or in the pieces of a word.
    pub(super) fn words(&self, list: usize, kind: ViewKind) -> Vec<Mark> {
        let Some(automaton) = self.book.words.get(kind as usize).and_then(Option::as_ref) else { return Vec::new() };
        let view = self.view(kind);
        let hits = self.hits[kind as usize].get_or_init(|| automaton.find(view));
        let mut marks: Vec<Mark> = hits.of(list).filter_map(|range| self.mark(kind, view, range, "a word")).collect();
        if kind == ViewKind::Joined
            && let Some(window) = self.window(kind)
        {
            let hits = self.window_hits.get_or_init(|| automaton.find(window));
            marks.extend(hits.of(list).filter_map(|range| self.mark_across(kind, window, range, "a word in pieces")));
        }
        marks
    }

    /// Where a pattern fits.
    pub(super) fn pattern(&self, at: usize) -> Vec<Mark> {
        let pattern = &self.book.patterns[at];
        let kind = pattern.view;
        let view = self.view(kind);
        let found = pattern.find(view).into_iter();
        let mut marks: Vec<Mark> = found.filter_map(|range| self.mark(kind, view, range, "a pattern")).collect();
        if matches!(kind, ViewKind::Joined | ViewKind::Digits)
            && let Some(window) = self.window(kind)
        {
            let found = pattern.find(window).into_iter();
            marks.extend(found.filter_map(|range| self.mark_across(kind, window, range, "a pattern in pieces")));
        }
        marks
    }

    /// A place in a view of what is judged.
    #[expect(clippy::unused_self, reason = "the pair of mark_across")]
    pub(super) fn mark(&self, kind: ViewKind, view: &View, range: Range<usize>, why: &str) -> Option<Mark> {
        let spans = view.origin(range);
        (!spans.is_empty()).then(|| Mark { view: kind, spans, why: why.to_owned() })
    }

    /// A place in a window: only if it is partly in what is judged and partly before. The rest was judged already.
    pub(super) fn mark_across(&self, kind: ViewKind, view: &View, range: Range<usize>, why: &str) -> Option<Mark> {
        let mark = self.mark(kind, view, range, why)?;
        let across = mark.spans.len() > 1 && mark.spans.last().is_some_and(|span| span.message == self.last());
        across.then_some(mark)
    }

    /// All of what is judged.
    pub(super) fn whole(&self, why: &str) -> Mark {
        let whole = Span { message: self.last(), from: 0, to: self.text().len() };
        let spans = if self.text().is_empty() { Vec::new() } else { vec![whole] };
        Mark { view: ViewKind::Raw, spans, why: why.to_owned() }
    }

    /// Whether some view is not of all that was written.
    pub(super) fn is_cut(&self) -> bool {
        let views = self.views.iter().filter_map(OnceCell::get);
        let windows = self.windows.iter().filter_map(OnceCell::get).flatten();
        views.chain(windows).any(|view| view.is_cut())
    }

    fn last(&self) -> usize {
        self.case.texts.len().saturating_sub(1)
    }
}
