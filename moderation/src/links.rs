//! Web and mail addresses in a text.

use linkify::LinkFinder;
use unicode_normalization::UnicodeNormalization;

/// Whether there is something in the text that a person could follow: a web address, with or without `https://`, or a
/// mail address. Wide letters (ｗｗｗ．…) count like narrow ones. It would rather see one too many: who asks is then
/// asked whether it is meant to be there.
pub fn holds_address(text: &str) -> bool {
    let narrow: String = text.nfkc().collect();
    LinkFinder::new().url_must_have_scheme(false).links(&narrow).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for text in [
            "https://example.jp/あ",
            "見て：example.comを",
            "www.example.or.jpです",
            "ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ",
            "HTTP://EXAMPLE.JP",
            "discord.gg/abc",
            "メールは a@b.jp へ",
        ] {
            assert!(holds_address(text), "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_hold_none() {
        for text in [
            "こんにちは。はい。",
            "15:30から。3.5点でした。",
            "今日は...うん",
            "お茶.お菓子",
            "A/Bどちらでも",
            "です。はい",
        ] {
            assert!(!holds_address(text), "{text}");
        }
    }
}
