//! Codes that people keep: of a booking, an invitation, a referral. Short enough to be written on paper and typed on a
//! phone, without letters that look alike.

use unicode_normalization::UnicodeNormalization as _;

use crate::dice::Dice;
use crate::members::hash::Cost;

/// Crockford's base 32: no i, l, o, u; who types them means 1, 1, 0 (and a `u` is a mistake).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// So many letters of five bits each: 40 bits. At the rate at which an address may try (two a second) one of a
/// thousand live codes is hit once in seventeen years.
const LENGTH: usize = 8;
/// Longest input that is looked at, in characters: a code with spaces and hyphens wherever one likes.
const TYPED: usize = 40;
/// What a hash of a code costs: some milliseconds. All codes of a place share one salt (a secret in the store), since a
/// code is all there is to look them up by, and the hash is slow instead: a plain SHA-256 of 40 bits could be undone from
/// a stolen backup in minutes, while this takes years of computing, for codes that are good for weeks. A key kept beside
/// the store would be quicker, but would have to be backed up with it, and who loses it would void what people have
/// written down. As many may wait as a crowd that books at once.
pub const COST: Cost = Cost { memory_kib: 8 * 1024, passes: 1, waiting: 500 };

/// A fresh code, `k7f3-9xq2`.
pub fn draw(dice: &Dice) -> String {
    let mut bits = dice.number();
    let mut code = String::with_capacity(LENGTH + 1);
    for at in 0..LENGTH {
        if at == LENGTH / 2 {
            code.push('-');
        }
        code.push(char::from(LETTERS[(bits & 31) as usize]));
        bits >>= 5;
    }
    code
}

/// What somebody meant who typed this: any case, any width, with or without hyphens and spaces.
pub fn typed(raw: &str) -> Option<String> {
    if raw.chars().nth(TYPED).is_some() {
        return None;
    }
    let mut code = String::with_capacity(LENGTH);
    for letter in raw.nfkc().flat_map(char::to_lowercase) {
        let letter = match letter {
            'o' => '0',
            'i' | 'l' => '1',
            // Japanese keyboards offer many lines that look like a hyphen.
            '-' | 'ー' | '‐' | '−' | '–' | '—' | '・' => continue,
            space if space.is_whitespace() => continue,
            letter => letter,
        };
        if !letter.is_ascii() || !LETTERS.contains(&(letter as u8)) {
            return None;
        }
        code.push(letter);
    }
    (code.len() == LENGTH).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_typed_in_many_ways() {
        let code = draw(&Dice::seeded(1));
        let plain = typed(&code).expect("its own code");
        assert_eq!((code.len(), plain.len()), (9, 8));
        let wide: String =
            code.to_uppercase().chars().map(|c| char::from_u32(c as u32 + 0xfee0).expect("wide")).collect();
        for way in [code.to_uppercase(), code.replace('-', " "), code.replace('-', "ー"), format!(" {code}　"), wide]
        {
            assert_eq!(typed(&way).as_deref(), Some(plain.as_str()), "{way}");
        }
        assert_eq!(typed("OIL0-1234").as_deref(), Some("01101234"));
        for none in ["", "k7f3-9xq", "k7f3-9xq22", "k7f3-9xu2", "あいうえおかきく", &"-".repeat(41)] {
            assert_eq!(typed(none), None, "{none}");
        }
    }
}
