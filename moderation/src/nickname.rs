//! Nicknames: one form for the same name, one skeleton for names that look alike, and a friendly suggestion.

use ibasho_protocol::limits::{NICKNAME_BYTES, NICKNAME_GRAPHEMES};
use ibasho_protocol::refusal::RefusalCode;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

use crate::characters::{invisible, pictureless, reorders};

/// Marks upon one letter: more than any script needs climb into the lines above.
const MARKS_IN_A_ROW: usize = 4;

/// Brings a nickname into the form in which it is shown: NFC, no space around it, single spaces within.
///
/// # Errors
/// [`RefusalCode::NicknameEmpty`], [`RefusalCode::NicknameTooLong`] past [`NICKNAME_GRAPHEMES`] or
/// [`NICKNAME_BYTES`], [`RefusalCode::NicknameUnusable`] for what cannot be shown or shows nothing.
pub fn tidy_nickname(raw: &str) -> Result<String, RefusalCode> {
    // NFC at most triples a text and seldom shortens it much; what is far over needs no closer look.
    if raw.len() > NICKNAME_BYTES * 4 {
        return Err(RefusalCode::NicknameTooLong);
    }
    let mut nick = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        if !nick.is_empty() {
            nick.push(' ');
        }
        nick.push_str(word);
    }
    let nick: String = nick.nfc().collect();
    check_nickname(&nick)?;
    Ok(nick)
}

/// Checks a nickname's bounds and characters without changing it.
pub(crate) fn check_nickname(nick: &str) -> Result<(), RefusalCode> {
    if nick.chars().all(char::is_whitespace) {
        return Err(RefusalCode::NicknameEmpty);
    }
    if nick.len() > NICKNAME_BYTES || nick.graphemes(true).nth(NICKNAME_GRAPHEMES).is_some() {
        return Err(RefusalCode::NicknameTooLong);
    }
    let mut marks = 0;
    for c in nick.chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS_IN_A_ROW || c.is_control() || reorders(c) || pictureless(c) {
            return Err(RefusalCode::NicknameUnusable);
        }
    }
    if nick.chars().all(|c| c.is_whitespace() || invisible(c) || is_combining_mark(c)) {
        return Err(RefusalCode::NicknameUnusable);
    }
    Ok(())
}

/// What names that look alike have in common: compare skeletons, never show them.
///
/// The skeleton of UTS 39 over NFKC, with letter case, spaces and the two kana scripts taken out. Hiragana goes
/// through katakana because UTS 39 knows katakana's look-alikes (カ and 力) and か shall be equal to both.
pub fn nickname_skeleton(nick: &str) -> String {
    let mut skeleton = nick.to_owned();
    // Each step can open the way for another (M → m → rn); a few rounds settle every text.
    for _ in 0..8 {
        let next = simplify(&skeleton);
        if next == skeleton {
            break;
        }
        skeleton = next;
    }
    skeleton.chars().map(to_hiragana).collect()
}

fn simplify(text: &str) -> String {
    let katakana: String = text.nfkc().filter(|c| !c.is_whitespace()).map(to_katakana).collect();
    unicode_security::skeleton(&katakana)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        // I looks like l and is an i: so all three are one.
        .map(|c| if c == 'i' { 'l' } else { c })
        .collect()
}

fn to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

fn to_hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Words for people who would rather not think of a name: weather, water, plants, small animals.
const WORDS: [&str; 60] = [
    "なぎ",
    "そよかぜ",
    "こもれび",
    "ひだまり",
    "あさつゆ",
    "ゆうなぎ",
    "ほしぞら",
    "みかづき",
    "はるかぜ",
    "こはる",
    "あめあがり",
    "にじ",
    "うみべ",
    "さざなみ",
    "しずく",
    "せせらぎ",
    "みなも",
    "いずみ",
    "かわべ",
    "すなはま",
    "わかば",
    "こけ",
    "すみれ",
    "たんぽぽ",
    "つくし",
    "なずな",
    "れんげ",
    "しろつめ",
    "すずらん",
    "りんどう",
    "あじさい",
    "ききょう",
    "こすもす",
    "さざんか",
    "つばき",
    "どんぐり",
    "まつぼっくり",
    "くるみ",
    "ゆず",
    "びわ",
    "ことり",
    "すずめ",
    "つばめ",
    "めじろ",
    "ひばり",
    "こねこ",
    "うさぎ",
    "りす",
    "めだか",
    "かめ",
    "かたつむり",
    "ほたる",
    "とんぼ",
    "てんとう",
    "わたぐも",
    "ゆきうさぎ",
    "まりも",
    "こんぺいとう",
    "らむね",
    "おちゃ",
];

/// A gentle nickname that is free. First what was wanted with a small number behind it, then words of our own.
///
/// `taken` answers whether a nickname, or one that looks like it, is in use; `pick` is the chance passed in. What
/// comes back is always well formed, and free unless `taken` refuses thousands of names.
pub fn suggest_nickname(taken: &dyn Fn(&str) -> bool, wanted: &str, pick: u64) -> String {
    let with_number = |base: &str, number: u32| {
        let number = number.to_string();
        let room = NICKNAME_GRAPHEMES - number.len();
        let stem: String = base.graphemes(true).take(room).collect();
        tidy_nickname(&format!("{}{number}", stem.trim_end())).ok()
    };
    let own = tidy_nickname(wanted).ok();
    let near = own.iter().flat_map(|base| (2..=9).filter_map(|number| with_number(base, number)));
    let start = (pick % WORDS.len() as u64) as usize;
    let words = || WORDS[start..].iter().chain(&WORDS[..start]);
    let plain = words().map(|word| (*word).to_owned());
    let numbered = (2..=99).flat_map(|number| words().filter_map(move |word| with_number(word, number)));
    near.chain(plain).chain(numbered).find(|nick| !taken(nick)).unwrap_or_else(|| WORDS[start].to_owned())
}
