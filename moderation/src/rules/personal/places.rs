//! Postcodes and addresses: not the town somebody likes, but the door somebody lives behind.

use std::ops::Range;

use super::{Lazy, Sight, all, expression, fits};
use crate::views::{View, ViewKind};

/// Prefectures as they are written, and as they are spoken.
const PREFECTURES: &str = r"(?:北海道|東京都|京都府|大阪府|[青岩宮秋山福茨栃群埼千神新富石長岐静愛三滋兵奈和鳥島岡広徳香高佐熊大鹿沖]\p{Han}{1,2}県|ほっかいどう|とうきょうと|きょうとふ|おおさかふ|\p{Hiragana}{2,5}けん)";
const NUMBER: &str = r"[0-9一二三四五六七八九十〇]";
const DASH: &str = r"\s?(?:[\-‐–—―−ー]|の|丁目の?|ちょうめの?|番地?の?|ばんち?の?)\s?";
/// Houses with many doors.
const BUILDINGS: &str = r"(?:まんしょん|あぱーと|はいつ|こーぽ|めぞん|れじでんす|はいむ|びら|しゃとー|ぱれす|団地|荘)";
/// How many characters after 〒 the number is looked for.
const POSTCODE_CHARS: usize = 30;
/// A message of little else than 123-4567 is a postcode; in a sentence it may be anything.
const BARE_CHARS: usize = 12;

static POSTCODE_SIGN: Lazy = Lazy::new(|| expression(r"〒|郵便番号|ゆ[うー]びん(?:番号|ばんご[うー]?)|郵便"));
static BARE_POSTCODE: Lazy = Lazy::new(|| {
    expression(r"(?:^|[^0-9\-])([0-9]{3}[\-‐–—―−ー][0-9]{4})(?:\s*[\p{Han}]{2,4}[都道府県市区]|[^0-9\-]|$)")
});
static NUMBERED: Lazy = Lazy::new(|| {
    expression(&format!(
        r"[\p{{Han}}\p{{Hiragana}}ー]{{1,8}}[市区郡町村][\p{{Han}}のがけつ\s]{{0,12}}?{NUMBER}{{1,4}}(?:丁目|ちょうめ|番地|ばんち|番{NUMBER}|{DASH}{NUMBER}{{1,4}})"
    ))
});
/// In Kyoto houses are counted from the crossing.
static KYOTO: Lazy =
    Lazy::new(|| expression(&format!(r"[市区]\p{{Han}}{{2,12}}(?:上|下|東入|西入)る{NUMBER}{{1,4}}番")));
/// Towns in kana are no particles if three numbers follow: 「青葉区あざみ野1の2の3」.
static THREE_NUMBERS: Lazy = Lazy::new(|| {
    expression(&format!(
        r"[市区郡町村][\p{{Han}}\p{{Hiragana}}ー\s]{{0,12}}?{NUMBER}{{1,4}}{DASH}{NUMBER}{{1,4}}{DASH}{NUMBER}{{1,4}}"
    ))
});
static SPOKEN: Lazy =
    Lazy::new(|| expression(&format!(r"{PREFECTURES}[^。！!?0-9]{{0,24}}?{NUMBER}{{1,4}}{DASH}{NUMBER}{{1,4}}")));
static CHOME: Lazy = Lazy::new(|| expression(&format!(r"{NUMBER}{{1,2}}(?:丁目|ちょうめ)の?\s?{NUMBER}{{1,3}}")));
static BUILDING: Lazy = Lazy::new(|| {
    expression(&format!(
        r"{BUILDINGS}[\p{{Han}}\p{{Hiragana}}ーa-z\s]{{0,10}}{NUMBER}{{2,4}}(?:号室?|ごうしつ|に住|です|$)|{NUMBER}{{2,4}}(?:号室|ごうしつ)(?:に住|にいる|にす|です|だよ)"
    ))
});
static TOLD: Lazy = Lazy::new(|| {
    expression(
        r"(?:住所|じゅうしょ)(?:は|:|→|\s|、)+[^。\n]{0,12}[\p{Han}\p{Hiragana}]{1,8}(?:[都道府県市区町村][\p{Han}\p{Hiragana}]{1,10}|(?:ちょうめ|ばんち))",
    )
});
static STATION: Lazy = Lazy::new(|| {
    expression(r"(?:最寄り?|もより)(?:の?駅|えき)?(?:は|:|が)\s?([\p{Han}\p{Hiragana}ー]{1,8}?)(?:駅|えき|です|だよ)")
});
static LIVES: Lazy = Lazy::new(|| {
    expression(
        r"[\p{Han}]{1,6}[市区][\p{Han}けヶ]{1,6}(?:町|丁目|村)(?:に|の|で)?(?:住んで|住み|すんで|一人暮|ひとり暮|実家|自宅|家が)",
    )
});

pub(super) fn find_postcode(sight: &Sight) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let text = sight.text();
    for sign in POSTCODE_SIGN.in_sight(sight).into_iter().flat_map(|sign| sign.find_iter(text)) {
        let rest = &text[sign.end()..];
        let rest = rest.char_indices().nth(POSTCODE_CHARS).map_or(rest, |(end, _)| &rest[..end]);
        let digits = View::of(ViewKind::Digits, rest, 0);
        let seven = digits.text().char_indices().filter(|(_, c)| c.is_ascii_digit()).nth(6);
        if let Some((end, _)) = seven
            && let Some(span) = digits.origin(0..end + 1).first()
        {
            found.push(sign.start()..sign.end() + span.to);
        }
    }
    if found.is_empty() {
        let little_else = text.chars().count() <= BARE_CHARS;
        found = all(&BARE_POSTCODE, sight, |captures| {
            little_else || fits(&POSTCODE_SIGN, sight) || captures[0].ends_with(['都', '道', '府', '県', '市', '区'])
        });
    }
    found
}

pub(super) fn find_address(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = all(&NUMBERED, sight, |_| true);
    for regex in [&THREE_NUMBERS, &SPOKEN, &KYOTO, &CHOME, &BUILDING, &TOLD, &LIVES] {
        found.extend(all(regex, sight, |_| true));
    }
    // 「最寄りはどこですか」 tells nothing.
    let asks = ["どこ", "なん", "何", "ひみつ", "秘密", "ないしょ", "内緒", "いえ", "言え", "遠", "近", "とお", "ちか"];
    found.extend(all(&STATION, sight, |captures| !asks.iter().any(|word| captures[1].contains(word))));
    found
}
