//! Letters that look like Latin ones, and pictures of letters.

use unicode_security::skeleton;

/// The Latin letters or the number that a character shows, if it is a picture of one that NFKC leaves alone.
pub(super) fn pictured(c: char) -> Option<&'static str> {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    const NUMBERS: [&str; 21] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
        "20",
    ];
    let letter = |first: char| {
        let at = (u32::from(c) - u32::from(first)) as usize;
        LETTERS.get(at..=at)
    };
    let number = |first: char, value: usize| NUMBERS.get((u32::from(c) - u32::from(first)) as usize + value).copied();
    match c {
        '🅐'..='🅩' => letter('🅐'),
        // 🆎 and what follows are words, not letters.
        '🅰'..='🆉' => letter('🅰'),
        '🇦'..='🇿' => letter('🇦'),
        '🆎' => Some("ab"),
        '🆔' => Some("id"),
        '❶'..='❿' => number('❶', 1),
        '➀'..='➉' => number('➀', 1),
        '➊'..='➓' => number('➊', 1),
        '⓫'..='⓴' => number('⓫', 11),
        '⓵'..='⓾' => number('⓵', 1),
        '⓿' | '🄋' | '🄌' => Some("0"),
        '🔟' => Some("10"),
        '٠'..='٩' => number('٠', 0),
        '۰'..='۹' => number('۰', 0),
        '०'..='९' => number('०', 0),
        '๐'..='๙' => number('๐', 0),
        _ => None,
    }
}

/// The Latin letter that a letter of another script looks like.
pub(super) fn latin(c: char) -> Option<char> {
    // Small letters shaped like capitals: UTS 39 keeps them apart from Latin small letters.
    let small = match c {
        'ᴀ' => 'a',
        'ʙ' | 'в' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' | 'ε' | 'є' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' | 'н' => 'h',
        'ɪ' | 'ι' | 'і' | 'І' | 'Ι' | 'ı' | 'Ӏ' => 'i',
        'ᴊ' => 'j',
        'ᴋ' | 'к' | 'κ' => 'k',
        'ʟ' => 'l',
        'ᴍ' | 'м' => 'm',
        'ɴ' | 'η' | 'п' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ʀ' | 'г' | 'я' | 'Я' => 'r',
        'ꜱ' => 's',
        'ᴛ' | 'т' | 'τ' => 't',
        'ᴜ' | 'υ' | 'и' | 'μ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' | 'ω' => 'w',
        'χ' => 'x',
        'ʏ' | 'у' => 'y',
        'ᴢ' => 'z',
        // Only scripts that have letters like Latin ones and that nobody needs for a sentence in Japanese.
        '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{58F}' | '\u{13A0}'..='\u{13FF}' => return by_skeleton(c),
        _ => return None,
    };
    Some(small)
}

fn by_skeleton(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut shapes = skeleton(c.encode_utf8(&mut buffer));
    let shape = shapes.next().filter(char::is_ascii_alphabetic)?;
    shapes.next().is_none().then(|| shape.to_ascii_lowercase())
}
