//! Return phrases: five easy words, read generously.
//!
//! The words are written in hiragana, two to four kana each, and differ from one another even when small and large
//! kana, ぢ and じ, and voiced and plain kana are taken for the same. So whoever remembers `ほたん` for `ぼたん`, or types
//! on a keyboard without ゛, is still recognised, and no two phrases become alike through that.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::dice::Dice;

/// Words in a phrase. Five of 2048 words have 55 random bits.
const WORDS: usize = 5;
/// Longest phrase that is looked at, in bytes: the longest one in half-width kana, with generous spaces, takes half of it.
const BYTES: usize = 512;
/// Kana in a phrase: five words of two to four.
const KANA: std::ops::RangeInclusive<usize> = 2 * WORDS..=4 * WORDS;

/// The words. Changing the list voids no phrase: what is kept is made from the text.
static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("words.txt").split_whitespace().collect());

/// A new phrase, the words with spaces between them.
pub fn draw(dice: &Dice) -> String {
    // 2048 divides the range of a random number: each word is as likely as the others.
    let words: Vec<&str> = (0..WORDS).map(|_| LIST[dice.number() as usize % LIST.len()]).collect();
    words.join(" ")
}

/// What is compared of a phrase, whatever kana, width, spaces and punctuation it was typed with. `None` if no phrase
/// can look like this.
pub fn core(typed: &str) -> Option<String> {
    if typed.len() > BYTES {
        return None;
    }
    // Composed at first, so that ぢ is told from ち; then decomposed, so that the mark which makes か to が stands alone
    // and is left out with all else that is no kana.
    let core: String = typed.nfkc().filter_map(hiragana).nfd().filter_map(plain).collect();
    KANA.contains(&core.chars().count()).then_some(core)
}

/// The hiragana that sounds like a kana.
fn hiragana(c: char) -> Option<char> {
    match c {
        'ヂ' | 'ぢ' => Some('じ'),
        'ヅ' | 'づ' => Some('ず'),
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60),
        'ぁ'..='ゖ' => Some(c),
        _ => None,
    }
}

/// The large hiragana that stands for one without its mark.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' | 'を' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        'ゕ' => 'か',
        'ゖ' => 'け',
        'あ'..='ん' => c,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_2048_words_that_nobody_takes_for_one_another() {
        assert_eq!(LIST.len(), 2048);
        let mut cores = BTreeSet::new();
        for word in LIST.iter() {
            assert!((2..=4).contains(&word.chars().count()), "{word}");
            assert!(word.chars().all(|c| ('ぁ'..='ん').contains(&c)), "{word}");
            let core: String = word.nfkc().filter_map(hiragana).nfd().filter_map(plain).collect();
            assert!(cores.insert(core), "{word} is like another");
        }
    }

    #[test]
    fn however_a_phrase_is_typed_it_is_the_same() {
        let own = core("ぶらんこ かなづち つばめ にっき がくふ").expect("a phrase");
        let same = [
            "ぶらんこかなづちつばめにっきがくふ",
            "ブランコ　カナヅチ　ツバメ　ニッキ　ガクフ",
            "ﾌﾞﾗﾝｺ ｶﾅﾂﾞﾁ ﾂﾊﾞﾒ ﾆｯｷ ｶﾞｸﾌ",
            "ぶらんこ、かなづち、つばめ、にっき、がくふ。",
            " ふらんこ・かなずち・つばめ・にツき\nかくふ\t",
            "ふ\u{3099}らんこ かなつ\u{3099}ち つは\u{3099}め にっき か\u{3099}くふ",
            "「ぶらんこ」「かなづち」「つばめー」「にっき」「がくふ」",
        ];
        for typed in same {
            assert_eq!(core(typed).as_deref(), Some(own.as_str()), "{typed}");
        }
        assert_ne!(core("ぶらんこ かなづち つばめ にっき がくぶち"), Some(own));
    }

    #[test]
    fn what_cannot_be_a_phrase_is_not_looked_up() {
        for typed in
            ["", "さくら", "ぶらんこ つばめ", "five easy words", "漢字漢字漢字漢字", &"あ".repeat(21), &" ".repeat(600)]
        {
            assert_eq!(core(typed), None, "{typed}");
        }
        // One character that becomes eighteen.
        assert_eq!(core(&"\u{fdfa}".repeat(170)), None);
    }

    #[test]
    fn a_drawn_phrase_is_read_back() {
        let dice = Dice::seeded(1);
        let drawn: BTreeSet<String> = (0..500).map(|_| draw(&dice)).collect();
        assert_eq!(drawn.len(), 500);
        for phrase in drawn {
            assert_eq!(phrase.split(' ').count(), WORDS);
            assert!(core(&phrase).is_some(), "{phrase}");
        }
    }
}
