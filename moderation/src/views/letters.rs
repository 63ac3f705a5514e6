//! One form for every letter: the work that all views but the raw one begin with.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::lookalikes::{latin, pictured};
use crate::characters::invisible;

/// A letter and what it stands for in the original.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) c: char,
    /// A small ぁ ぃ ぅ ぇ ぉ: often only the sound before drawn out.
    pub(super) small: bool,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// The letters of a text in their one form.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    // Most letters of Japanese have three bytes.
    let mut all = Vec::with_capacity(text.len() / 2);
    each_letter(text, |letter| all.push(letter));
    all
}

fn each_letter(text: &str, mut each: impl FnMut(Letter)) {
    let mut chars = text.char_indices().peekable();
    // A letter with its marks; empty and unused for most of Japanese.
    let mut chunk = String::new();
    let mut before = '\0';
    while let Some((from, first)) = chars.next() {
        if !ordinary(first) && invisible(first) {
            continue;
        }
        let mut to = from + first.len_utf8();
        chunk.clear();
        while let Some((at, c)) = chars.next_if(|&(_, c)| !ordinary(c) && (invisible(c) || continues(c))) {
            if !invisible(c) {
                if chunk.is_empty() {
                    chunk.push(voiced(first));
                }
                chunk.push(voiced(c));
                to = at + c.len_utf8();
            }
        }
        let mut out = |c: char| {
            let c = if dash(c) && (is_kana(before) || before == 'ー') { 'ー' } else { c };
            let (c, small) = grown(c);
            before = c;
            each(Letter { c, small, from: from as u32, to: to as u32 });
        };
        match first {
            _ if !chunk.is_empty() => chunk.nfkc().for_each(|c| simple(c, &mut out)),
            'a'..='z' | '0'..='9' | ' ' | '\n' | 'ぁ'..='ゖ' | '一'..='鿿' | '、' | '。' | 'ー' => out(first),
            'A'..='Z' => out(first.to_ascii_lowercase()),
            'ァ'..='ヶ' => out(hiragana(first)),
            _ => std::iter::once(first).nfkc().for_each(|c| simple(c, &mut out)),
        }
    }
}

/// Most of what people write, known at a glance: it is visible and begins a letter of its own.
fn ordinary(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '、'..='〃' | '一'..='鿿')
}

/// Whether a character is a letter or a digit, in whatever script.
pub(super) fn is_letter(c: char) -> bool {
    // The tables of Unicode are slow for what is outside of ASCII; nearly all of it is this.
    matches!(c, 'ぁ'..='ゖ' | '一'..='鿿') || c.is_alphanumeric()
}

/// Whether a character belongs to the one before: marks, half-width voicing marks, the parts of a Korean syllable.
fn continues(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿' => false,
        '゛' | '゜' | 'ﾞ' | 'ﾟ' | '\u{1160}'..='\u{11FF}' | 'ㄱ'..='\u{318E}' | '\u{FFA0}'..='\u{FFDC}' => true,
        c => is_combining_mark(c),
    }
}

/// 「か゛」 is written by people who mean 「が」.
fn voiced(c: char) -> char {
    match c {
        '゛' => '\u{3099}',
        '゜' => '\u{309A}',
        c => c,
    }
}

/// The one form of a character that NFKC is done with.
fn simple(c: char, out: &mut impl FnMut(char)) {
    // Half a syllable would join the one that comes before it when what stands between is taken out.
    let half_a_syllable = matches!(c, '\u{1160}'..='\u{11FF}');
    if invisible(c) || is_combining_mark(c) || half_a_syllable {
        return;
    }
    match c {
        '\0'..='\u{7F}' => out(if c == '~' { 'ー' } else { c.to_ascii_lowercase() }),
        'ァ'..='ヶ' => out(hiragana(c)),
        '〜' => out('ー'),
        // é is an e; but が is no か, and Korean syllables are no heaps of parts.
        '\u{80}'..='\u{1FFF}' => decompose_canonical(c, |part| plain(part, 0, out)),
        c => plain(c, 0, out),
    }
}

/// Look-alikes, then case; once more for letters whose small form looks like another.
fn plain(c: char, depth: u8, out: &mut impl FnMut(char)) {
    /// `ŉ` and its like need two rounds; nothing needs more.
    const ROUNDS: u8 = 3;
    if is_combining_mark(c) || invisible(c) {
    } else if let Some(letters) = pictured(c) {
        letters.chars().for_each(out);
    } else if let Some(letter) = latin(c) {
        out(letter);
    } else {
        let mut small = c.to_uppercase().flat_map(char::to_lowercase);
        match (small.next(), small.next()) {
            (Some(one), None) if one == c || depth == ROUNDS => out(one),
            _ => c.to_uppercase().flat_map(char::to_lowercase).for_each(|c| plain(c, depth + 1, out)),
        }
    }
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        c => c,
    }
}

/// Small vowels and old letters as the ones they stand for.
fn grown(c: char) -> (char, bool) {
    match c {
        'ぁ' => ('あ', true),
        'ぃ' => ('い', true),
        'ぅ' => ('う', true),
        'ぇ' => ('え', true),
        'ぉ' => ('お', true),
        'ゎ' => ('わ', false),
        'ゕ' => ('か', false),
        'ゖ' => ('け', false),
        'ゐ' => ('い', false),
        'ゑ' => ('え', false),
        c => (c, false),
    }
}

/// Lines that people draw instead of ー.
fn dash(c: char) -> bool {
    matches!(c, '‐' | '–' | '—' | '―' | '−' | '─' | '━')
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_at_a_glance_is_so() {
        for c in ('\0'..=char::MAX).filter(|&c| ordinary(c)) {
            assert!(!invisible(c) && !continues(c) && !is_combining_mark(c), "{c:?}");
        }
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
