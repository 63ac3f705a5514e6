//! All words of all rules in one automaton a view: the time depends on the text, not on the number of words.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::views::{View, ViewKind};

/// Words as they are collected from rules: which lists each is in.
#[derive(Default)]
pub(super) struct Collected(BTreeMap<(ViewKind, String), Vec<Entry>>);

/// A word of a list.
#[derive(Debug, Clone, Copy)]
struct Entry {
    list: u32,
    innocent: bool,
}

impl Collected {
    /// Adds a word, already in the form of its view, to a list.
    pub(super) fn add(&mut self, view: ViewKind, word: String, list: usize, innocent: bool) {
        self.0.entry((view, word)).or_default().push(Entry { list: list as u32, innocent });
    }

    /// The automaton of one view.
    ///
    /// # Errors
    /// Why it cannot be built: more words than its tables have room for.
    pub(super) fn build(&self, view: ViewKind) -> Result<Option<Automaton>, String> {
        let words: Vec<(&str, &Vec<Entry>)> =
            self.0.iter().filter(|((of, _), _)| *of == view).map(|((_, word), lists)| (word.as_str(), lists)).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let numbered = words.iter().zip(0_u32..).map(|((word, _), number)| (*word, number));
        let finder = CharwiseDoubleArrayAhoCorasick::with_values(numbered).map_err(|error| error.to_string())?;
        Ok(Some(Automaton { finder, lists: words.into_iter().map(|(_, lists)| lists.clone()).collect() }))
    }
}

/// Finds the words of one view.
pub(super) struct Automaton {
    finder: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For each word the lists it is in.
    lists: Vec<Vec<Entry>>,
}

/// What was found, for each list.
#[derive(Debug, Default)]
pub(super) struct Hits(BTreeMap<u32, ListHits>);

#[derive(Debug, Default)]
struct ListHits {
    words: Vec<Range<usize>>,
    innocent: Vec<Range<usize>>,
}

impl Automaton {
    /// Everything in a view. Bounded by the length of the view times that of the longest word.
    pub(super) fn find(&self, view: &View) -> Hits {
        let mut hits = Hits::default();
        for found in self.finder.find_overlapping_iter(view.text()) {
            let range = found.start()..found.end();
            let mut alone = None;
            for entry in &self.lists[found.value() as usize] {
                if entry.innocent {
                    hits.0.entry(entry.list).or_default().innocent.push(range.clone());
                } else if *alone.get_or_insert_with(|| view.stands_alone(&range)) {
                    hits.0.entry(entry.list).or_default().words.push(range.clone());
                }
            }
        }
        hits
    }
}

impl Hits {
    /// The words of a list that stand in no innocent phrase of it.
    pub(super) fn of(&self, list: usize) -> impl Iterator<Item = Range<usize>> {
        let hits = self.0.get(&(list as u32));
        hits.into_iter().flat_map(|hits| hits.words.iter().filter(|word| !within(word, &hits.innocent)).cloned())
    }
}

/// Whether a range lies within one of these.
pub(super) fn within(range: &Range<usize>, innocent: &[Range<usize>]) -> bool {
    innocent.iter().any(|phrase| phrase.start <= range.start && range.end <= phrase.end)
}
