//! Real names, told as such. A nickname is what everybody here has; only what is called a real name, or is introduced
//! like one with a family name of many families, is held.

use std::ops::Range;

use super::{Lazy, Sight, all, expression};

/// The most frequent family names of Japan (a hundred of them are about a third of all people), longest first where one
/// begins another.
const FAMILIES: &str = r"(?:佐々木|長谷川|五十嵐|大久保|久保田|佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|渡部|山本|中村|小林|加藤|吉田|山田|山口|松本|井上|木村|清水|山崎|池田|阿部|橋本|山下|石川|中島|前田|藤田|後藤|小川|岡田|村上|近藤|石井|斎藤|斉藤|齋藤|坂本|遠藤|藤井|青木|福田|三浦|西村|藤原|太田|松田|原田|岡本|中野|中川|小野|田村|竹内|金子|和田|中山|石田|上田|森田|柴田|酒井|工藤|横山|宮崎|宮本|内田|高木|安藤|谷口|大野|丸山|今井|高田|藤本|武田|村田|上野|杉山|増田|菅原|平野|大塚|千葉|松井|岩崎|野口|松尾|木下|菊地|野村|佐野|渡会|新井|桜井|野田|小島|水野|田口|古川|市川|服部|本田|川口|高野|秋山|小山|吉川|北村|松浦|星野|山内|関口|大西|山中|平田|岩田|石原|樋口|土屋|浜田|小松|西田|馬場|川崎|飯田|熊谷|矢野|望月|本間)";
/// Those that are words as well.
const FAMILIES_SHORT: &str = r"(?:東|森|林|原|辻|岡|南|堀|関)";
/// Those who are called so often enough in kana.
const FAMILIES_KANA: &str = r"(?:さとう|すずき|たかはし|たなか|いとう|わたなべ|やまもと|なかむら|こばやし|かとう|よしだ|やまだ|ささき|やまぐち|まつもと|いのうえ|きむら|しみず|はやし|さいとう|やまざき|いけだ|はしもと|あべ|いしかわ|やました|なかじま|まえだ|ふじた|おがわ|ごとう|おかだ|むらかみ|はせがわ|こんどう)";
const TELLS: &str = r"(?:です|だよ|だよー|だ|っていう|と(?:申|もう)します|と(?:言|い)います|って(?:言|い)います|といい|でーす|$|[。、!\s])";

static TOLD: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:本名|ほんみょう|実名|じつめい|ふるねーむ|氏名|姓名|名字|苗字|みょうじ|りある?ねーむ)(?:は|:|：|→|=|、|って|が|\s)+[「『]?([\p{{Han}}々\p{{Hiragana}}ーa-z]{{2,8}}(?:[\s　・][\p{{Han}}\p{{Hiragana}}a-z]{{1,8}})?)[」』]?{TELLS}"
    ))
});
static INTRODUCED: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:(?:私|わたし|僕|ぼく|俺|おれ|自分|うち)(?:の(?:名前|なまえ))?(?:は|、|って|の名前は)|(?:名前|なまえ)(?:は|:|：)|^)\s?(?:{FAMILIES}\s?[\p{{Han}}々\p{{Hiragana}}]{{1,5}}?|{FAMILIES_KANA}\s?[\p{{Hiragana}}]{{2,5}}?)(?:です|だよ|と(?:申|もう)します|と(?:言|い)います|って(?:言|い)います|っていう|でーす|[、。!]|$)"
    ))
});
/// 「本名言っちゃうと、山本…」: what it is called, and a few words later a name of many families with something behind it.
static TOLD_LATER: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:本名|ほんみょう|実名|ふるねーむ|氏名|(?:本当|ほんと|ほんとう|戸籍|りある)の(?:名前|なまえ))[^?\n]{{0,12}}?(?:{FAMILIES}|{FAMILIES_KANA})\s?[\p{{Han}}々\p{{Hiragana}}]{{2,5}}"
    ))
});
/// A short family name counts only where it is told as one.
static INTRODUCED_SHORT: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:名前|なまえ)(?:は|:)\s?{FAMILIES_SHORT}\s?\p{{Han}}{{1,3}}(?:です|だよ|と(?:申|もう)します|と(?:言|い)います)"
    ))
});
static FAMILY_ONLY: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:名前|なまえ)(?:は|:|：)\s?(?:{FAMILIES}|{FAMILIES_KANA})(?:です|だよ|と(?:申|もう)し|と(?:言|い)い|って)"
    ))
});

/// What people say about real names without telling one.
const TELLS_NOTHING: [&str; 40] = [
    "言",
    "いえ",
    "いわ",
    "いい",
    "いう",
    "内緒",
    "ないしょ",
    "秘密",
    "ひみつ",
    "なん",
    "何",
    "教",
    "おしえ",
    "聞",
    "きか",
    "出",
    "だした",
    "だす",
    "使",
    "つか",
    "書",
    "かか",
    "かき",
    "わか",
    "分か",
    "禁止",
    "だめ",
    "駄目",
    "なし",
    "無し",
    "ない",
    "不要",
    "必要",
    "いら",
    "嫌",
    "いや",
    "怖",
    "こわ",
    "伏",
    "公開",
];
/// Somebody else is spoken of.
const CALLED: [&str; 5] = ["さん", "くん", "ちゃん", "先生", "先輩"];
/// What follows a family name in ordinary sentences: 「林檎です」, 「私は森の中です」.
const NO_GIVEN: [&str; 12] = ["の", "さん", "くん", "ちゃん", "君", "様", "先生", "檎", "が", "は", "に", "も"];

pub(super) fn find(sight: &Sight) -> Vec<Range<usize>> {
    let mut found = all(&TOLD, sight, |captures| !TELLS_NOTHING.iter().any(|word| captures[1].contains(word)));
    found.extend(all(&INTRODUCED, sight, |captures| {
        let said = captures[0].trim_end_matches("です");
        !NO_GIVEN.iter().any(|word| said.ends_with(word))
            && !CALLED.iter().any(|word| said.contains(word))
            && !captures[0].contains("の中")
    }));
    found.extend(all(&TOLD_LATER, sight, |captures| !captures[0].contains("さん")));
    found.extend(all(&INTRODUCED_SHORT, sight, |_| true));
    found.extend(all(&FAMILY_ONLY, sight, |_| true));
    found
}
