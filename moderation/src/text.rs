//! The text of a message: one form for the same words, nothing that disturbs other lines.

use ibasho_protocol::limits::{MAX_MESSAGE_BYTES, TEXT_BYTES, TEXT_GRAPHEMES};
use ibasho_protocol::refusal::RefusalCode;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use crate::characters::{invisible, reorders};

/// How many line breaks a message keeps; the ones after become spaces. Enough for a poem, too few for a wall.
pub const TEXT_LINE_BREAKS: usize = 20;

/// Brings a message into the form in which it is judged and sent: NFC, line breaks as `\n`, no other control
/// characters, nothing that reorders other people's lines, no space around it.
///
/// # Errors
/// [`RefusalCode::TextEmpty`] when nothing visible is left, [`RefusalCode::TextTooLong`] past
/// [`TEXT_GRAPHEMES`] or [`TEXT_BYTES`].
pub fn tidy_text(raw: &str) -> Result<String, RefusalCode> {
    if raw.len() > MAX_MESSAGE_BYTES {
        return Err(RefusalCode::TextTooLong);
    }
    let clean = clean(raw);
    let trimmed = clean.trim();
    let text = if is_nfc(trimmed) { trimmed.to_owned() } else { trimmed.nfc().collect() };
    check_text(&text)?;
    Ok(text)
}

/// The same for a text of at most `most` graphemes.
///
/// # Errors
/// As [`tidy_text`], with `most` instead of [`TEXT_GRAPHEMES`].
pub fn tidy_short(raw: &str, most: usize) -> Result<String, RefusalCode> {
    let text = tidy_text(raw)?;
    if text.graphemes(true).nth(most).is_some() {
        return Err(RefusalCode::TextTooLong);
    }
    Ok(text)
}

/// The same for a text of one line: line breaks become spaces.
///
/// # Errors
/// As [`tidy_short`].
pub fn tidy_line(raw: &str, most: usize) -> Result<String, RefusalCode> {
    tidy_short(raw, most).map(|text| text.replace('\n', " "))
}

/// Checks a text's bounds without changing it.
pub(crate) fn check_text(text: &str) -> Result<(), RefusalCode> {
    if text.chars().all(|c| c.is_whitespace() || invisible(c)) {
        return Err(RefusalCode::TextEmpty);
    }
    if text.len() > TEXT_BYTES {
        return Err(RefusalCode::TextTooLong);
    }
    // A grapheme is at least one byte: most messages need no segmentation.
    if text.len() > TEXT_GRAPHEMES && text.graphemes(true).nth(TEXT_GRAPHEMES).is_some() {
        return Err(RefusalCode::TextTooLong);
    }
    Ok(())
}

fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut breaks_left = TEXT_LINE_BREAKS;
    let mut after_return = false;
    // Breaks before the first word are trimmed later and do not count.
    for c in raw.trim_start().chars() {
        let line_break = match c {
            '\n' if after_return => {
                after_return = false;
                continue;
            }
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
            '\t' => {
                out.push(' ');
                after_return = false;
                continue;
            }
            c if c.is_control() || reorders(c) => continue,
            _ => false,
        };
        after_return = c == '\r';
        match (line_break, breaks_left) {
            (false, _) => out.push(c),
            (true, 0) => out.push(' '),
            (true, _) => {
                breaks_left -= 1;
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_one_form() {
        assert_eq!(
            tidy_text("  こんにちは\r\n\u{0}はじめまして\t \u{202E}").as_deref(),
            Ok("こんにちは\nはじめまして")
        );
        assert_eq!(tidy_text("か\u{3099}").as_deref(), Ok("が"));
        assert_eq!(tidy_text("a\rb\u{2028}c\r\n\nd").as_deref(), Ok("a\nb\nc\n\nd"));
        assert_eq!(tidy_text("👩‍👩‍👧‍👦").as_deref(), Ok("👩‍👩‍👧‍👦"));
    }

    #[test]
    fn nothing_visible_is_empty() {
        for raw in ["", " ", "\u{3000}\n", "\u{200B}\u{200D}", "\u{3164}", "\u{0}\u{7}"] {
            assert_eq!(tidy_text(raw), Err(RefusalCode::TextEmpty), "{raw:?}");
        }
    }

    #[test]
    fn five_hundred_graphemes_and_no_more() {
        for grapheme in ["a", "あ", "か\u{3099}", "👩‍👩‍👧‍👦"] {
            assert!(tidy_text(&grapheme.repeat(TEXT_GRAPHEMES)).is_ok(), "{grapheme}");
            assert_eq!(tidy_text(&grapheme.repeat(TEXT_GRAPHEMES + 1)), Err(RefusalCode::TextTooLong), "{grapheme}");
        }
        let one_grapheme = format!("a{}", "\u{301}".repeat(TEXT_BYTES));
        assert_eq!(tidy_text(&one_grapheme), Err(RefusalCode::TextTooLong));
    }

    #[test]
    fn a_short_text_and_a_line_have_their_own_bound() {
        assert_eq!(tidy_short(" あ\nい ", 3).as_deref(), Ok("あ\nい"));
        assert_eq!(tidy_short("あ\nいう", 3), Err(RefusalCode::TextTooLong));
        assert_eq!(tidy_line("あ\nい", 3).as_deref(), Ok("あ い"));
        assert_eq!(tidy_line(" \n ", 3), Err(RefusalCode::TextEmpty));
    }

    #[test]
    fn a_wall_of_line_breaks_becomes_a_line() {
        let text = tidy_text(&format!("a{}b", "\n".repeat(100))).expect("short enough");
        assert_eq!(text.matches('\n').count(), TEXT_LINE_BREAKS);
        assert!(text.ends_with(" b"));
    }
}
