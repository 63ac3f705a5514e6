//! The numbers in a text, however they are written.

use std::sync::LazyLock;

use super::View;
use super::letters::{Letter, is_kana, is_letter};

/// Stands in the digits view where other words stood.
pub const BREAK: char = '¶';
/// How many characters may stand between two digits of one number: 「090 ・ 1234」. More is another number.
const GAP_LETTERS: usize = 6;

/// Numbers as words, and words that people say between numbers. The longest that fits is meant.
const WORDS: [(&str, Means); 56] = [
    ("はいふん", Means::Gap),
    ("すらっしゅ", Means::Gap),
    ("three", Means::Word("3")),
    ("seven", Means::Word("7")),
    ("eight", Means::Word("8")),
    ("zero", Means::Word("0")),
    ("four", Means::Word("4")),
    ("five", Means::Word("5")),
    ("nine", Means::Word("9")),
    ("one", Means::Word("1")),
    ("two", Means::Word("2")),
    ("six", Means::Word("6")),
    ("きゅう", Means::Word("9")),
    ("じゅう", Means::Word("10")),
    ("せぶん", Means::Word("7")),
    ("えいと", Means::Word("8")),
    ("ないん", Means::Word("9")),
    ("ふぁいぶ", Means::Word("5")),
    ("きゅー", Means::Word("9")),
    ("ぜろ", Means::Word("0")),
    ("まる", Means::Word("0")),
    ("れい", Means::Word("0")),
    ("いち", Means::Word("1")),
    ("わん", Means::Word("1")),
    ("さん", Means::Word("3")),
    ("よん", Means::Word("4")),
    ("ろく", Means::Word("6")),
    ("なな", Means::Word("7")),
    ("しち", Means::Word("7")),
    ("はち", Means::Word("8")),
    ("きゆう", Means::Word("9")),
    ("にい", Means::Syllable("2")),
    ("ごお", Means::Syllable("5")),
    ("に", Means::Syllable("2")),
    ("し", Means::Syllable("4")),
    ("ご", Means::Syllable("5")),
    ("く", Means::Syllable("9")),
    ("の", Means::Gap),
    ("壱", Means::Digit("1")),
    ("弐", Means::Digit("2")),
    ("参", Means::Digit("3")),
    ("肆", Means::Digit("4")),
    ("伍", Means::Digit("5")),
    ("陸", Means::Digit("6")),
    ("漆", Means::Digit("7")),
    ("柒", Means::Digit("7")),
    ("捌", Means::Digit("8")),
    ("玖", Means::Digit("9")),
    ("零", Means::Digit("0")),
    ("〇", Means::Digit("0")),
    ("○", Means::Digit("0")),
    ("◯", Means::Digit("0")),
    ("◎", Means::Digit("0")),
    ("⭕", Means::Digit("0")),
    ("●", Means::Digit("0")),
    ("⚪", Means::Digit("0")),
];

/// The words by their first letter: most letters of a text begin none.
static BY_FIRST: LazyLock<Vec<Vec<(&str, Means)>>> = LazyLock::new(|| {
    let mut by_first = vec![Vec::new(); PLACES];
    for (word, means) in WORDS {
        by_first[place(word.chars().next().unwrap_or_default())].push((word, means));
    }
    by_first
});
const PLACES: usize = 128 + 96 + 1;

/// The place of a first letter: ASCII and hiragana have one each, all others share the last.
const fn place(c: char) -> usize {
    match c {
        '\0'..='\u{7F}' => c as usize,
        '\u{3040}'..='\u{309F}' => 128 + (c as usize - 0x3040),
        _ => PLACES - 1,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    /// A digit, whoever stands beside it.
    Digit(&'static str),
    /// A digit as a word.
    Word(&'static str),
    /// A syllable that is a digit only among digits that are words: に is mostly just に.
    Syllable(&'static str),
    /// A Latin letter that is a digit only beside digits: the O of O9O.
    Shape(&'static str),
    /// Something between digits.
    Gap,
    /// Anything else.
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    means: Means,
    letters: usize,
    from: u32,
    to: u32,
}

pub(super) fn digits(all: &[Letter], message: usize) -> View {
    let mut tokens: Vec<Token> = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let (means, letters) = read(&all[at..]);
        tokens.push(Token { means, letters, from: all[at].from, to: all[at + letters - 1].to });
        at += letters;
    }
    // Shapes and syllables are digits only beside others: mostly there are none, and nothing is left.
    if !tokens.iter().any(|token| matches!(token.means, Means::Digit(_) | Means::Word(_))) {
        return View::empty(message);
    }
    settle_shapes(&mut tokens, all);
    settle_syllables(&mut tokens);
    write(&tokens, message)
}

fn read(rest: &[Letter]) -> (Means, usize) {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let c = rest[0].c;
    let digit = match c {
        '0'..='9' => DIGITS[c as usize - '0' as usize],
        '一' => "1",
        '二' => "2",
        '三' => "3",
        '四' => "4",
        '五' => "5",
        '六' => "6",
        '七' => "7",
        '八' => "8",
        '九' => "9",
        '十' => "10",
        _ => "",
    };
    if !digit.is_empty() {
        return (Means::Digit(digit), 1);
    }
    // Digits of banknotes and contracts, and those that are no word by themselves.
    let formal = matches!(c, '壱' | '弐' | '参' | '肆' | '伍' | '陸' | '漆' | '柒' | '捌' | '玖' | '零' | '〇');
    let fits = |word: &str| word.chars().enumerate().all(|(at, c)| rest.get(at).is_some_and(|letter| letter.c == c));
    if is_kana(c) || c.is_ascii_lowercase() || !is_letter(c) || formal {
        let words = BY_FIRST[place(c)].iter();
        if let Some(&(word, means)) = words.filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len()) {
            return (means, word.chars().count());
        }
    }
    match c {
        'o' => (Means::Shape("0"), 1),
        'l' | 'i' => (Means::Shape("1"), 1),
        // A time is no part of a phone number, and what we wrote ourselves stays.
        ':' | BREAK => (Means::Other, 1),
        'ー' => (Means::Gap, 1),
        c if is_letter(c) => (Means::Other, 1),
        _ => (Means::Gap, 1),
    }
}

/// Letters shaped like digits are digits if the word they are in holds a digit and no other letter.
fn settle_shapes(tokens: &mut [Token], all: &[Letter]) {
    let mut letter_at = 0;
    let latin: Vec<bool> = tokens
        .iter()
        .map(|token| {
            let latin = all[letter_at].c.is_ascii_lowercase();
            letter_at += token.letters;
            latin
        })
        .collect();
    let mut at = 0;
    while at < tokens.len() {
        let is_part = |at: usize| latin[at] || matches!(tokens[at].means, Means::Digit(_));
        let end = (at..tokens.len()).find(|&at| !is_part(at)).unwrap_or(tokens.len());
        let word = &tokens[at..end];
        let digit = word.iter().any(|token| matches!(token.means, Means::Digit(_)));
        let other = word.iter().any(|token| matches!(token.means, Means::Other));
        for token in &mut tokens[at..end] {
            if let Means::Shape(shape) = token.means {
                token.means = if digit && !other { Means::Digit(shape) } else { Means::Other };
            }
        }
        at = end.max(at + 1);
    }
}

/// A syllable is a digit if it follows a digit word (or another such syllable) and no other word follows it.
fn settle_syllables(tokens: &mut [Token]) {
    let mut among_words = false;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].means {
            Means::Word(_) => among_words = true,
            Means::Digit(_) | Means::Other => among_words = false,
            Means::Syllable(_) => {
                let next =
                    tokens[at..].iter().position(|token| !matches!(token.means, Means::Syllable(_) | Means::Gap));
                let end = next.map_or(tokens.len(), |next| at + next);
                let word_follows = next.is_some() && !matches!(tokens[end].means, Means::Other);
                let ends = next.is_none() || matches!(tokens[end - 1].means, Means::Gap);
                let counts = (among_words && (word_follows || ends))
                    || (next.is_some_and(|_| matches!(tokens[end].means, Means::Word(_))) && end - at <= 2);
                for token in &mut tokens[at..end] {
                    if let Means::Syllable(digit) = token.means {
                        token.means = if counts { Means::Word(digit) } else { Means::Other };
                    }
                }
                among_words &= counts;
                at = end;
                continue;
            }
            Means::Gap | Means::Shape(_) => {}
        }
        at += 1;
    }
}

fn write(tokens: &[Token], message: usize) -> View {
    let mut view = View::with_room(message, tokens.len());
    // What stands between the last digit and the next one.
    let (mut gap, mut other, mut between) = (0, false, (0, 0));
    for token in tokens {
        match token.means {
            Means::Digit(digits) | Means::Word(digits) | Means::Syllable(digits) | Means::Shape(digits) => {
                if (gap > 0 || other) && !view.text.is_empty() {
                    let sign = if other || gap > GAP_LETTERS { BREAK } else { '-' };
                    view.push(sign, message, between);
                }
                for digit in digits.chars() {
                    view.push(digit, message, (token.from, token.to));
                }
                (gap, other) = (0, false);
                continue;
            }
            Means::Gap => {
                if gap == 0 && !other {
                    between.0 = token.from;
                }
                gap += token.letters;
            }
            Means::Other => {
                if gap == 0 && !other {
                    between.0 = token.from;
                }
                other = true;
            }
        }
        between.1 = token.to;
    }
    view
}
