//! Web and mail addresses in a text.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use unicode_normalization::UnicodeNormalization;

/// Whether there is something in the text that a person could follow: a web address, with or without `https://`, or a
/// mail address. Wide letters (ｗｗｗ．…) count like narrow ones. It would rather see one too many: who asks is then
/// asked whether it is meant to be there.
pub fn holds_address(text: &str) -> bool {
    let narrow: String = text.nfkc().collect();
    LinkFinder::new().url_must_have_scheme(false).links(&narrow).next().is_some()
}

/// Where addresses stand in a text that is in its folded view, but for those of these domains and of what is under them.
pub(crate) fn addresses_beside(folded: &str, except: &[String]) -> Vec<Range<usize>> {
    let links = LinkFinder::new().url_must_have_scheme(false).links(folded).filter_map(|link| {
        let address = link.as_str();
        let host = match link.kind() {
            LinkKind::Email => address.rsplit('@').next(),
            // What stands before an @ is a name, not a host: https://example.jp@evil.test/
            _ => after_scheme(address).rsplit('@').next(),
        };
        let host = host.unwrap_or_default().trim_end_matches('.');
        let fine = except
            .iter()
            .any(|domain| host.strip_suffix(domain.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')));
        (!fine).then(|| link.start()..link.end())
    });
    links.collect()
}

/// The host of a web address, with a name before an `@` if there is one, and without its port.
fn after_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let (host, port) = rest.rsplit_once(':').unwrap_or((rest, ""));
    if port.chars().all(|c| c.is_ascii_digit()) { host } else { rest }
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
