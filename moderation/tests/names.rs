//! Nicknames and texts: examples and properties.

use std::collections::HashSet;

use ibasho_moderation::nickname::{nickname_skeleton, suggest_nickname, tidy_nickname};
use ibasho_moderation::text::{TEXT_LINE_BREAKS, tidy_text};
use ibasho_protocol::limits::{NICKNAME_BYTES, NICKNAME_GRAPHEMES, TEXT_BYTES, TEXT_GRAPHEMES};
use ibasho_protocol::refusal::RefusalCode;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn a_nickname_gets_one_form() {
    assert_eq!(tidy_nickname(" な\u{3000} ぎ ").as_deref(), Ok("な ぎ"));
    assert_eq!(tidy_nickname("か\u{3099}").as_deref(), Ok("が"));
    assert_eq!(tidy_nickname("👩‍👩‍👧‍👦").as_deref(), Ok("👩‍👩‍👧‍👦"));
    assert_eq!(tidy_nickname("さくら❤️").as_deref(), Ok("さくら❤️"));
}

#[test]
fn an_impossible_nickname_is_refused_with_its_reason() {
    for (raw, why) in [
        ("", RefusalCode::NicknameEmpty),
        (" \u{3000}\n", RefusalCode::NicknameEmpty),
        ("\u{200B}", RefusalCode::NicknameUnusable),
        ("\u{3164}\u{115F}", RefusalCode::NicknameUnusable),
        ("\u{2800}", RefusalCode::NicknameUnusable),
        ("\u{301}", RefusalCode::NicknameUnusable),
        ("な\u{0}ぎ", RefusalCode::NicknameUnusable),
        ("な\u{202E}ぎ", RefusalCode::NicknameUnusable),
        ("な\u{2067}ぎ", RefusalCode::NicknameUnusable),
        ("な\u{E000}", RefusalCode::NicknameUnusable),
        ("な\u{FFFF}", RefusalCode::NicknameUnusable),
        ("Z\u{335}\u{335}\u{335}\u{335}\u{335}", RefusalCode::NicknameUnusable),
    ] {
        assert_eq!(tidy_nickname(raw), Err(why), "{raw:?}");
    }
}

#[test]
fn sixteen_graphemes_and_no_more() {
    for grapheme in ["a", "あ", "か\u{3099}", "👩‍👩‍👧‍👦"] {
        assert!(tidy_nickname(&grapheme.repeat(NICKNAME_GRAPHEMES)).is_ok(), "{grapheme}");
        let longer = grapheme.repeat(NICKNAME_GRAPHEMES + 1);
        assert_eq!(tidy_nickname(&longer), Err(RefusalCode::NicknameTooLong), "{grapheme}");
    }
    let family = "👩‍".repeat(60);
    assert_eq!(tidy_nickname(&family), Err(RefusalCode::NicknameTooLong), "few graphemes, many bytes");
}

#[test]
fn look_alikes_share_a_skeleton() {
    for (one, other) in [
        ("なぎ", "ナギ"),
        ("なぎ", "ﾅｷﾞ"),
        ("なぎ", "な ぎ"),
        ("なぎ", "な\u{200B}ぎ"),
        ("ちから", "チ力ラ"),
        ("タロー", "夕ロ一"),
        ("たろう", "夕口ウ"),
        ("nagi", "NAGI"),
        ("nagi", "ｎａｇｉ"),
        ("nagi", "nаgі"), // Cyrillic а and і
        ("BOB", "ВОВ"),   // Cyrillic throughout
        ("Ill", "l1I"),
        ("O0", "o〇"),
        ("modern", "rnodem"),
        ("nagi", "𝓷𝓪𝓰𝓲"),
        ("スタッフ", "すたっふ"),
    ] {
        assert_eq!(nickname_skeleton(one), nickname_skeleton(other), "{one} {other}");
    }
    for (one, other) in [("なぎ", "なき"), ("はる", "はな"), ("さくら", "さくら2"), ("nagi", "nage")] {
        assert_ne!(nickname_skeleton(one), nickname_skeleton(other), "{one} {other}");
    }
}

#[test]
fn the_skeleton_of_a_skeleton_is_itself_for_every_character() {
    // Above the third plane stand only tags, selectors and private use.
    for c in '\0'..='\u{32FFF}' {
        let once = nickname_skeleton(c.encode_utf8(&mut [0; 4]));
        assert_eq!(nickname_skeleton(&once), once, "{c:?} U+{:04X}", u32::from(c));
    }
}

#[test]
fn a_suggestion_is_close_to_what_was_wanted() {
    let nagi = nickname_skeleton("なぎ");
    let taken = |nick: &str| nickname_skeleton(nick) == nagi;
    assert_eq!(suggest_nickname(&taken, "ナギ", 0), "ナギ2");
    assert_eq!(suggest_nickname(&taken, "", 1), "そよかぜ");
    let long = "あ".repeat(NICKNAME_GRAPHEMES);
    assert_eq!(suggest_nickname(&taken, &long, 0), format!("{}2", "あ".repeat(NICKNAME_GRAPHEMES - 1)));
}

#[test]
fn there_is_a_suggestion_for_everybody_in_a_full_place() {
    let mut present = HashSet::new();
    for pick in 0..400 {
        let nick = suggest_nickname(&|nick| present.contains(&nickname_skeleton(nick)), "なぎ", pick * 7);
        assert_eq!(tidy_nickname(&nick).as_deref(), Ok(nick.as_str()));
        assert!(present.insert(nickname_skeleton(&nick)), "{nick} is free");
    }
}

/// Text as it comes: letters, marks, joiners, controls, kana, emoji, everything.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            " ", "\u{3000}", "\n", "\r", "\r\n", "\t", "\0", "か", "カ", "ﾞ", "\u{3099}", "\u{301}", "e", "I",
            "\u{200D}", "\u{FE0F}", "👩", "👧", "\u{202E}", "\u{2028}", "\u{1100}", "\u{1161}", "\u{11A8}", "ß", "ς",
            "\u{2000}", "ﷺ",
        ])
        .prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tidying_twice_is_tidying_once(raw in any_text()) {
        if let Ok(nick) = tidy_nickname(&raw) {
            let again = tidy_nickname(&nick);
            prop_assert_eq!(again.as_deref(), Ok(nick.as_str()));
            prop_assert!(nick.len() <= NICKNAME_BYTES && nick.graphemes(true).count() <= NICKNAME_GRAPHEMES);
        }
        if let Ok(text) = tidy_text(&raw) {
            let again = tidy_text(&text);
            prop_assert_eq!(again.as_deref(), Ok(text.as_str()));
            prop_assert!(text.len() <= TEXT_BYTES && text.graphemes(true).count() <= TEXT_GRAPHEMES);
            prop_assert!(text.matches('\n').count() <= TEXT_LINE_BREAKS);
            prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }

    #[test]
    fn a_skeleton_is_settled_and_bounded(raw in any_text()) {
        let once = nickname_skeleton(&raw);
        prop_assert_eq!(nickname_skeleton(&once), once.clone());
        // NFKC expands 18-fold at worst, UTS 39 by a little more.
        prop_assert!(once.len() <= raw.len() * 40);
    }

    #[test]
    fn suggestions_are_well_formed_and_free(wanted in any_text(), pick in any::<u64>(), crowd in 0_u64..80) {
        let mut present: HashSet<String> = (0..crowd)
            .map(|n| nickname_skeleton(&suggest_nickname(&|_| false, "", n)))
            .collect();
        present.insert(nickname_skeleton(&wanted));
        let nick = suggest_nickname(&|nick| present.contains(&nickname_skeleton(nick)), &wanted, pick);
        prop_assert!(!present.contains(&nickname_skeleton(&nick)));
        prop_assert_eq!(tidy_nickname(&nick), Ok(nick.clone()));
    }
}
