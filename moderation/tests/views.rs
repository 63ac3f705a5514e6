//! Views: they see through disguises, and every letter knows where it comes from.

use ibasho_moderation::views::{Span, VIEW_IN_BYTES, VIEW_OUT_BYTES, View, ViewKind};
use proptest::prelude::*;

const ALL: [ViewKind; 4] = [ViewKind::Raw, ViewKind::Folded, ViewKind::Joined, ViewKind::Digits];

fn view(kind: ViewKind, text: &str) -> String {
    View::of(kind, text, 0).text().to_owned()
}

#[test]
fn the_same_words_fold_into_one_form() {
    for (disguised, plain) in [
        ("ＬＩＮＥ", "line"),
        ("ⓁⒾⓃⒺ", "line"),
        ("🅻🅸🅽🅴", "line"),
        ("🅛🅘🅝🅔", "line"),
        ("🇱🇮🇳🇪", "line"),
        ("ＬІΝЕ", "line"),
        ("𝕃𝕚𝕟𝕖", "line"),
        ("ʟɪɴᴇ", "line"),
        ("Lı́né", "line"),
        ("L\u{200B}I\u{2060}N\u{AD}E\u{FE0F}", "line"),
        ("シニタイ", "しにたい"),
        ("ｼﾆﾀｲ", "しにたい"),
        ("しにたぃ", "しにたい"),
        ("か゛き゜", "がき"),
        ("ｶﾞｷﾞ", "がぎ"),
        ("か\u{200B}\u{3099}", "が"),
        ("ばーーーか", "ばーか"),
        ("バ〜〜カ", "ばーか"),
        ("ば――か", "ばーか"),
        ("ねええええ", "ねええ"),
        ("死\u{E0100}ね", "死ね"),
        ("〇①❷③", "〇123"),
        ("Straße", "strasse"),
    ] {
        assert_eq!(view(ViewKind::Folded, disguised), plain, "{disguised}");
    }
}

#[test]
fn what_stands_between_letters_joins() {
    for (gaps, plain) in [
        ("し ね", "しね"),
        ("し・ね", "しね"),
        ("し🌸ね", "しね"),
        ("し.に.た.い", "しにたい"),
        ("し。に。た。い", "しにたい"),
        ("L I N E", "line"),
        ("しにたーい", "しにたい"),
        ("しにたぁい", "しにたい"),
        ("しししねねね", "しね"),
        ("0 9 0 - 1 1", "09011"),
    ] {
        assert_eq!(view(ViewKind::Joined, gaps), plain, "{gaps}");
    }
    assert_eq!(view(ViewKind::Joined, "はなしに。たいへん"), "はなしに。たいへん", "two sentences are no word");
}

#[test]
fn numbers_are_read_however_they_are_written() {
    for (written, digits) in [
        ("090-1234-5678", "090-1234-5678"),
        ("０９０ー１２３４ー５６７８", "090-1234-5678"),
        ("〇九〇の一二三四の五六七八", "090-1234-5678"),
        ("ゼロキュウゼロ、いちにさんよん、ごーろくななはち", "090-1234-5-678"),
        ("①②③", "123"),
        ("1️⃣2️⃣3️⃣", "123"),
        ("O9O", "090"),
        ("まるきゅうまる", "090"),
        ("090です。1234だよ", "090¶1234"),
        ("にしのにわ", ""),
        ("10にして", "10"),
        ("zero nine zero", "0-9-0"),
        ("❶➁➌", "123"),
        ("12:30", "12¶30"),
    ] {
        assert_eq!(view(ViewKind::Digits, written), digits, "{written}");
    }
}

#[test]
fn a_place_in_a_view_is_a_place_in_the_original() {
    let text = "ねえ、ＬＩ ＮＥしよ";
    let joined = View::of(ViewKind::Joined, text, 3);
    let at = joined.text().find("line").expect("it is there");
    let spans = joined.origin(at..at + 4);
    assert_eq!(spans, [Span { message: 3, from: 9, to: 22 }]);
    assert_eq!(&text[9..22], "ＬＩ ＮＥ");
}

#[test]
fn a_window_knows_which_message_each_part_is_from() {
    let texts = ["でんわ 090", "うん", "1234", "5678 です"];
    let views: Vec<View> = texts.iter().enumerate().map(|(at, text)| View::of(ViewKind::Digits, text, at)).collect();
    let window = View::window(&views, "-");
    assert_eq!(window.text(), "090-1234-5678");
    let spans = window.origin(0..window.text().len());
    let parts: Vec<&str> = spans.iter().map(|span| &texts[span.message][span.from..span.to]).collect();
    assert_eq!(parts, ["090", "1234", "5678"]);
}

#[test]
fn latin_words_stand_alone_and_others_need_not() {
    let alone = |text: &str, word: &str| {
        let view = View::of(ViewKind::Joined, text, 0);
        let at = view.text().find(word).expect("it is there");
        view.stands_alone(&(at..at + word.len()))
    };
    assert!(!alone("オンラインonline", "line"));
    assert!(alone("lineで", "line"));
    assert!(alone("my line ok", "line"));
    assert!(alone("あしね", "しね"));
}

#[test]
fn a_text_that_grows_is_cut_and_says_so() {
    let text = "ﷺ".repeat(VIEW_IN_BYTES / 3);
    let folded = View::of(ViewKind::Folded, &text, 0);
    assert!(folded.is_cut() && folded.text().len() <= VIEW_OUT_BYTES);
    assert!(View::of(ViewKind::Raw, &"a".repeat(VIEW_IN_BYTES + 1), 0).is_cut());
    assert!(!View::of(ViewKind::Folded, &"あ".repeat(500), 0).is_cut());
}

#[test]
fn every_single_character_has_one_form() {
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        for kind in ALL {
            let once = view(kind, &text);
            assert_eq!(view(kind, &once), once, "{kind:?} of U+{:04X}", u32::from(c));
        }
    }
}

/// Texts made of what people disguise words with, and of anything at all.
fn texts() -> impl Strategy<Value = String> {
    let pieces: Vec<&'static str> = vec![
        "し",
        "ね",
        "ー",
        "〜",
        "ぁ",
        "あ",
        "。",
        " ",
        "　",
        "・",
        "🌸",
        "\u{200B}",
        "\u{3099}",
        "゛",
        "ﾞ",
        "ｶ",
        "Ⓐ",
        "🅰",
        "ﷺ",
        "가",
        "\u{1100}",
        "\u{1161}",
        "ﾡ",
        "ￂ",
        "е",
        "Ω",
        "İ",
        "ß",
        "0",
        "９",
        "〇",
        "十",
        "ゼロ",
        "いち",
        "に",
        "ご",
        "の",
        "o",
        "l",
        "x",
        "-",
        "―",
        "¶",
        ":",
        "@",
        "é",
        "e\u{301}\u{301}",
        "👩‍👩‍👧‍👦",
        "\n",
        "きゅう",
        "zero",
    ];
    let mixed = proptest::collection::vec(proptest::sample::select(pieces), 0..24).prop_map(|parts| parts.concat());
    prop_oneof![3 => mixed, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn offsets_point_at_the_original_and_go_forward(text in texts()) {
        for kind in ALL {
            let view = View::of(kind, &text, 5);
            let mut before = (0, 0);
            for (at, c) in view.text().char_indices() {
                let spans = view.origin(at..at + c.len_utf8());
                prop_assert_eq!(spans.len(), 1);
                let Span { message, from, to } = spans[0];
                prop_assert_eq!(message, 5);
                prop_assert!(from < to && text.get(from..to).is_some(), "{:?} {} {}", kind, from, to);
                prop_assert!((from, to) >= before, "{:?}: {:?} after {:?}", kind, (from, to), before);
                before = (from, to);
            }
        }
    }

    #[test]
    fn a_view_of_a_view_is_the_view(text in texts()) {
        for kind in ALL {
            let once = view(kind, &text);
            prop_assert_eq!(&view(kind, &once), &once, "{:?}", kind);
        }
    }

    #[test]
    fn growth_is_bounded(text in texts(), times in 1_usize..100) {
        let text = text.repeat(times);
        for kind in ALL {
            let view = View::of(kind, &text, 0);
            prop_assert!(view.text().len() <= VIEW_OUT_BYTES);
            prop_assert!(view.is_cut() || view.text().len() <= 11 * text.len());
        }
    }

    #[test]
    fn a_window_is_its_messages(all in proptest::collection::vec(texts(), 1..5)) {
        for kind in [ViewKind::Folded, ViewKind::Joined, ViewKind::Digits] {
            let views: Vec<View> = all.iter().enumerate().map(|(at, text)| View::of(kind, text, at)).collect();
            let window = View::window(&views, "\n");
            let parts: Vec<&str> = views.iter().map(View::text).filter(|text| !text.is_empty()).collect();
            prop_assert_eq!(window.text(), parts.join("\n"));
            for span in window.origin(0..window.text().len()) {
                prop_assert!(all[span.message].get(span.from..span.to).is_some());
            }
        }
    }
}
