//! The letters alone, without what was put between them.

use super::View;
use super::letters::{Letter, is_letter};

/// What stood before a letter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// Spaces, dots, pictures.
    Weak,
    /// The end of a sentence.
    Strong,
}

/// A stretch of letters with nothing between them.
#[derive(Clone, Copy)]
struct Stretch {
    gap: Gap,
    /// Where the gap and the letters begin among the letters.
    first: usize,
    letters: usize,
}

/// Takes out what stands between letters, and every letter that only repeats the one before.
///
/// The end of a sentence stays (as `。`) where words of two letters or more stand on both sides: 「話しに。たいへん」 is
/// not 「しにたい」, 「し。に。た。い」 is.
pub(super) fn joined(letters: &[Letter], message: usize) -> View {
    let mut all: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut stretches = vec![Stretch { gap: Gap::None, first: 0, letters: 0 }];
    let mut gap = Gap::None;
    let mut strong = (0, 0);
    // Where each sentence that ended did so.
    let mut ends: Vec<(u32, u32)> = vec![strong];
    for &letter in letters {
        match separates(letter.c) {
            Some(wider) => {
                if wider == Gap::Strong && gap < Gap::Strong {
                    strong = (letter.from, letter.to);
                }
                gap = gap.max(wider);
                continue;
            }
            None if letter.c == 'ー' => continue,
            None => {}
        }
        if gap > Gap::None {
            stretches.push(Stretch { gap, first: all.len(), letters: 0 });
            ends.push(strong);
            gap = Gap::None;
        }
        let stretch = stretches.last_mut().expect("begins with one");
        let before = (stretch.letters > 0).then(|| all[all.len() - 1].c);
        let drawn_out = letter.small && before.is_some_and(|before| vowel(before) == Some(letter.c));
        if !drawn_out && (before != Some(letter.c) || letter.c.is_ascii_digit()) {
            all.push(letter);
            stretch.letters += 1;
        }
    }
    let mut view = View::with_room(message, all.len() + ends.len());
    let mut last = None;
    for (index, stretch) in stretches.iter().enumerate() {
        let words = stretch.letters > 1 && index.checked_sub(1).is_some_and(|before| stretches[before].letters > 1);
        if stretch.gap == Gap::Strong && words {
            view.push('。', message, ends[index]);
            last = None;
        }
        for letter in &all[stretch.first..stretch.first + stretch.letters] {
            if last != Some(letter.c) || letter.c.is_ascii_digit() {
                view.push(letter.c, message, (letter.from, letter.to));
            }
            last = Some(letter.c);
        }
    }
    view
}

/// Whether a character is no letter, and how much it separates. `@` is a letter of addresses.
fn separates(c: char) -> Option<Gap> {
    match c {
        '。' | '.' | '!' | '?' | '、' | ',' | '\n' | '」' | '「' | '…' => Some(Gap::Strong),
        '@' => None,
        c if is_letter(c) => None,
        _ => Some(Gap::Weak),
    }
}

/// The vowel that a kana ends with.
fn vowel(c: char) -> Option<char> {
    let vowel = match c {
        'あ' | 'か' | 'が' | 'さ' | 'ざ' | 'た' | 'だ' | 'な' | 'は' | 'ば' | 'ぱ' | 'ま' | 'ゃ' | 'や' | 'ら'
        | 'わ' => 'あ',
        'い' | 'き' | 'ぎ' | 'し' | 'じ' | 'ち' | 'ぢ' | 'に' | 'ひ' | 'び' | 'ぴ' | 'み' | 'り' => 'い',
        'う' | 'く' | 'ぐ' | 'す' | 'ず' | 'つ' | 'づ' | 'ぬ' | 'ふ' | 'ぶ' | 'ぷ' | 'む' | 'ゅ' | 'ゆ' | 'る' => {
            'う'
        }
        'え' | 'け' | 'げ' | 'せ' | 'ぜ' | 'て' | 'で' | 'ね' | 'へ' | 'べ' | 'ぺ' | 'め' | 'れ' => 'え',
        'お' | 'こ' | 'ご' | 'そ' | 'ぞ' | 'と' | 'ど' | 'の' | 'ほ' | 'ぼ' | 'ぽ' | 'も' | 'ょ' | 'よ' | 'ろ'
        | 'を' => 'お',
        _ => return None,
    };
    Some(vowel)
}
