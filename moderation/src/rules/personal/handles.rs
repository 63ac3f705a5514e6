//! Names on other networks: an app, a sign that its name there follows, and the name.

use std::ops::Range;

use super::{Lazy, Sight, all, expression};

/// LINE as it is called, also by those who avoid the word. `l1ne` and `liue` (И for N) look like it.
const LINE: &str =
    r"(?:(?-u:\b)l[i1l!][nu]e|らいん|らいーん|らいそ|(?:緑|みどり)(?:いろ|色)?の?(?:あぷり|やつ|あいこん))";
const DISCORD: &str = r"(?:(?-u:\b)d[i1l!]sc[o0]rd|(?-u:\b)disco(?-u:\b)|で[いぃ]す(?:こーど|こ|子))";
/// Other networks and games.
const ELSEWHERE: &str = r"(?:(?-u:\b)(?:x|twitter|insta(?:gram)?|tiktok|kakao(?:talk)?|telegram|signal|skype|snapchat|bereal|threads|bluesky|mixi2?|psn|steam|switch|epic|riot|viber|wechat|qq|whatsapp|facebook|fb|youtube|note|pixiv|roblox|apex|fortnite|valorant|minecraft)(?-u:\b)|ついったー?|ついった|えっくす|いんすた(?:ぐらむ)?|ていっくとっく|かかお(?:とーく)?|てれぐらむ|しぐなる|すかいぷ|すなちゃ|すれっず|ぶるすか|ぶるーすかい|みくしい|すいっち|すてぃーむ|すちーむ|ろぶろっくす|ふぇいすぶっく|うぃーちゃっと|ぷれすて|ぴくしぶ|ゆーちゅーぶ|ふぉーとないと|えーぺっくす|ばろらんと|まいくら|裏垢|本垢|垢|あかうんと)";
/// A word that says: here comes a name.
const SAYS_ID: &str = r"(?:id|あいでい?ー?|あいでぃー?|ゆーざー?(?:ねーむ|名|めい)|ゆーざーid|あかうんと(?:名)?|垢|たぐ|なまえ|名前?|ねーむ|げーまーたぐ)";
/// What stands between such a word and the name.
const LEADS: &str = r"[\s:：=→⇒>＞\-ー、,「『【\[(はわが⇨➡▶👉]{0,6}";
const LEADS_ONE: &str = r"[\s:：=→⇒>＞\-、,「『【\[(はわが⇨➡▶👉]{1,6}";
const NAME: &str = r"(@?[a-z0-9][a-z0-9._\-]{2,31})";

/// A name that can be nothing else: letters, then numbers or a sign. It may stand a few words away: 「LINEやってる？わたしは…」.
const SURE_NAME: &str = r"((?:live:|@)?[a-z]{3,20}[._\-]?[a-z0-9]*[0-9]{2,8})";
/// The words between an app and such a name.
const BETWEEN: &str = r"[^a-z0-9\n。]{0,14}?";

/// Words that follow an app's name in ordinary sentences, and are no name of anybody.
const WORDS: [&str; 34] = [
    "discord",
    "line",
    "twitter",
    "instagram",
    "insta",
    "tiktok",
    "youtube",
    "skype",
    "steam",
    "switch",
    "google",
    "apple",
    "iphone",
    "android",
    "windows",
    "mac",
    "app",
    "game",
    "games",
    "music",
    "pay",
    "works",
    "bot",
    "pc",
    "web",
    "id",
    "and",
    "the",
    "or",
    "vs",
    "zoom",
    "nintendo",
    "netflix",
    "amazon",
];

static LINE_ID: Lazy = Lazy::new(|| expression(&format!(r"{LINE}[^a-z0-9。！!?]{{0,8}}?{SAYS_ID}{LEADS}{NAME}")));
static LINE_NAME: Lazy = Lazy::new(|| expression(&format!(r"{LINE}(?:{LEADS_ONE}){NAME}")));
static LINE_ADD: Lazy = Lazy::new(|| {
    expression(&format!(
        r"{NAME}[\s　]*(?:で|を|って|に)?[\s　]*(?:らいん|line|友だち|友達|ともだち)?(?:追加|ついか|id検索|友だち検索|友達検索)"
    ))
});
static LINE_JOINED: Lazy =
    Lazy::new(|| expression(&format!(r"(?:^|[^a-z])(?:line|らいん)(?:\p{{Hiragana}}{{0,8}}?|の?id)は?@?{SURE_NAME}")));
/// Such a name a few words behind the app or before it.
fn away(app: &str) -> String {
    format!("{app}{BETWEEN}{SURE_NAME}|{SURE_NAME}[^a-z0-9\\n。]{{0,6}}?{app}")
}

static LINE_AWAY: Lazy = Lazy::new(|| expression(&away(LINE)));
static DISCORD_AWAY: Lazy = Lazy::new(|| expression(&away(DISCORD)));
static SOCIAL_AWAY: Lazy = Lazy::new(|| expression(&away(ELSEWHERE)));
static DISCORD_TAG: Lazy = Lazy::new(|| expression(r"[a-z0-9._\p{Hiragana}\p{Han}]{2,32}\s?#\s?[0-9]{4}(?:[^0-9]|$)"));
static DISCORD_ID: Lazy = Lazy::new(|| expression(&format!(r"{DISCORD}[^a-z0-9。！!?]{{0,8}}?{SAYS_ID}{LEADS}{NAME}")));
static DISCORD_NAME: Lazy = Lazy::new(|| expression(&format!(r"{DISCORD}(?:{LEADS_ONE}){NAME}")));
static DISCORD_INVITE: Lazy =
    Lazy::new(|| expression(r"(?:discord|でいすこーど)\s?(?:\.|。|どっと|・)\s?(?:g\s?g|じーじー|com\s?/\s?invite)"));
static DISCORD_JOINED: Lazy = Lazy::new(|| {
    expression(&format!(r"(?:^|[^a-z])(?:discord|でいすこど?)(?:\p{{Hiragana}}{{0,8}}?|の?id)は?@?{SURE_NAME}"))
});
static SOCIAL_ID: Lazy =
    Lazy::new(|| expression(&format!(r"{ELSEWHERE}[^a-z0-9。！!?]{{0,6}}?{SAYS_ID}{LEADS}{NAME}")));
static SOCIAL_NAME: Lazy = Lazy::new(|| expression(&format!(r"{ELSEWHERE}(?:{LEADS_ONE}){NAME}")));
/// An id of nobody knows what.
static BARE_ID: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:^|[^a-z])(?:id|あいでいー?|あいでぃー?|ゆーざー名|あかうんと名?|げーまーたぐ)\s?(?:は|だと|が|って|:|：|=|→|⇒|\s){{1,3}}\s?「?{NAME}"
    ))
});
static AT_NAME: Lazy = Lazy::new(|| expression(r"(?:^|[^a-z0-9._%+\-@])(@[a-z0-9_]{4,15})(?:[^a-z0-9_.@]|\.\s|$)"));
/// Between its letters somebody put spaces.
static AT_NAME_JOINED: Lazy = Lazy::new(|| expression(r"(?:^|[^a-z0-9@])(@[a-z_]{2,15}[0-9]{2,8})"));
/// Numbers by which games find people.
static PLAYER_NUMBER: Lazy = Lazy::new(|| expression(r"(?-u:\b)uid[^0-9。\n]{0,6}[0-9]{8,10}(?-u:\b)"));
static FRIEND_CODE: Lazy = Lazy::new(|| {
    expression(
        r"(?:ふれんど|ふれ)(?:id|こーど|こ)[^0-9\n。]{0,8}[0-9]{9,12}|(?:sw[\s\-]?|(?:ふれんど|ふれ)(?:こーど|こ)[^0-9]{0,8}|すいっち[^0-9]{0,8})[0-9]{4}[\s\-ー]?[0-9]{4}[\s\-ー]?[0-9]{4}",
    )
});

/// Whether what follows a word like *ID* is a name: not a word of the sentence, and not only a number.
fn named(name: &str) -> bool {
    !is_product(name) && name.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether it is a name even without such a word before it: it has an @, or a number or a sign within.
fn certainly_named(name: &str) -> bool {
    let inner = name.trim_end_matches(['.', '-']);
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    named(name) && inner.len() > 3 && (name.starts_with('@') || inner.contains(sign))
}

/// Whether it is one of those words, perhaps with a number behind: 「windows11」.
fn is_product(name: &str) -> bool {
    WORDS.contains(&name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-')))
}

fn is_persons(captures: &regex::Captures<'_>) -> bool {
    captures.iter().skip(1).flatten().all(|name| !is_product(name.as_str()))
}

pub(super) fn find_line(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = all(&LINE_ID, sight, |captures| named(&captures[1]));
    found.extend(all(&LINE_NAME, sight, |captures| certainly_named(&captures[1])));
    found.extend(all(&LINE_AWAY, sight, is_persons));
    found.extend(all(&LINE_ADD, sight, |captures| certainly_named(&captures[1])));
    found
}

pub(super) fn find_line_joined(sight: &Sight) -> Vec<Range<usize>> {
    all(&LINE_JOINED, sight, is_persons)
}

pub(super) fn find_discord(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = all(&DISCORD_INVITE, sight, |_| true);
    found.extend(all(&DISCORD_TAG, sight, |_| true));
    found.extend(all(&DISCORD_ID, sight, |captures| named(&captures[1])));
    found.extend(all(&DISCORD_NAME, sight, |captures| certainly_named(&captures[1])));
    found.extend(all(&DISCORD_AWAY, sight, is_persons));
    found
}

pub(super) fn find_discord_joined(sight: &Sight) -> Vec<Range<usize>> {
    all(&DISCORD_JOINED, sight, is_persons)
}

pub(super) fn find_social(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = all(&SOCIAL_ID, sight, |captures| named(&captures[1]));
    found.extend(all(&SOCIAL_NAME, sight, |captures| certainly_named(&captures[1])));
    found.extend(all(&SOCIAL_AWAY, sight, is_persons));
    found.extend(all(&PLAYER_NUMBER, sight, |_| true));
    found.extend(all(&BARE_ID, sight, |captures| certainly_named(&captures[1])));
    found.extend(all(&FRIEND_CODE, sight, |_| true));
    // People here are addressed with an @ too: only what has a number or an underscore is a name elsewhere.
    let sign = |name: &str| name.contains(|c: char| c.is_ascii_digit() || c == '_');
    found.extend(all(&AT_NAME, sight, |captures| sign(&captures[1])));
    found
}

pub(super) fn find_social_joined(sight: &Sight) -> Vec<Range<usize>> {
    all(&AT_NAME_JOINED, sight, |_| true)
}
