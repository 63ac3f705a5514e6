//! The school that somebody goes to: a name together with going there. To talk about schools is fine.

use std::ops::Range;

use super::{Lazy, Sight, all, expression, fits};

const KINDS: &str = r"(?:小学校|中学校|高等学校|高等専門学校|高専|高校|中学|大学|短大|専門学校|学園|学院)";
const GOES: &str = r"(?:[^。！!?\n]{0,6}?)(?:に(?:通|かよ|在学|在籍|入学|行って|いって|います|いる|進学)|の(?:生徒|学生|[0-9一二三四五六]年)|[0-9一二三四五六]年|在学|在籍|卒業|卒です|出身|を(?:卒業|中退|退学|やめ|辞め)|(?:の)?\p{Han}{1,6}部|です$|だよ$)";
/// What stands before the kind of a school without naming it.
const GENERIC: [&str; 81] = [
    "通信制",
    "定時制",
    "全日制",
    "通信",
    "定時",
    "夜間",
    "公立",
    "私立",
    "県立",
    "市立",
    "国立",
    "都立",
    "府立",
    "道立",
    "町立",
    "地元",
    "近所",
    "母校",
    "某",
    "普通",
    "普通科",
    "進学",
    "工業",
    "商業",
    "農業",
    "女子",
    "男子",
    "共学",
    "別",
    "同",
    "同じ",
    "前",
    "今",
    "昔",
    "元",
    "一貫",
    "中高",
    "特別支援",
    "支援",
    "放送",
    "小",
    "中",
    "高",
    "私",
    "僕",
    "俺",
    "自分",
    "友達",
    "兄",
    "姉",
    "妹",
    "弟",
    "息子",
    "娘",
    "子供",
    "親",
    "去年",
    "今年",
    "来年",
    "春",
    "最近",
    "現在",
    "四年制",
    "短期",
    "美術",
    "音楽",
    "看護",
    "医療",
    "調理",
    "志望",
    "有名",
    "難関",
    "地方",
    "全国",
    "不登校",
    "転校先",
    "第一志望",
    "不登校特例",
    "it",
    "web",
    "cg",
];
/// The same in kana: adjectives and the like.
const GENERIC_KANA: [&str; 14] = ["の", "う", "い", "な", "は", "が", "も", "に", "て", "で", "と", "る", "た", "から"];

/// Nothing of a school is without one of these.
static SAYS_SCHOOL: Lazy = Lazy::new(|| expression("[校学専年通卒生身]|がっこう"));
static NAMED: Lazy = Lazy::new(|| expression(&format!(r"([\p{{Han}}々a-z]{{1,10}}?){KINDS}{GOES}")));
static ESTABLISHED: Lazy = Lazy::new(|| {
    expression(
        r"[\p{Han}]{0,4}[県市区町村都府道]立([\p{Han}\p{Hiragana}ー]{1,8}?)(?:(?:小学校|中学校|高等学校|高校|中学|大学)|[小中高](?:に|の|で|を|出身|です|だ))",
    )
});
static KANA: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:^|[はがも、。\s:：])([\p{{Hiragana}}ー]{{2,8}}?)(?:小学校|中学校|高等学校|高校|大学|学園|学院){GOES}"
    ))
});
static TOLD: Lazy = Lazy::new(|| {
    expression(&format!(
        r"(?:学校名?|がっこう|母校|出身校|通って(?:る|いる)(?:の|学校)|(?:私|わたし|僕|ぼく|俺|おれ)の(?:学校|高校|大学|中学))(?:は|:|、)\s?([\p{{Han}}々け]{{1,10}}?)(?:{KINDS}|[小中高](?:[、。\s]|です|だよ|$))"
    ))
});
/// 「わたしは…高校」, and nothing behind it.
static SELF: Lazy = Lazy::new(|| {
    expression(&format!(r"(?:私|わたし|僕|ぼく|俺|おれ|うち)は([\p{{Han}}々け]{{1,10}}?){KINDS}(?:です|だよ|[。!]|$)"))
});
/// 「桜台中に通って」: the short form with going there.
static SHORT_GOES: Lazy = Lazy::new(|| {
    expression(r"([\p{Han}々け]{1,5}?)[高中小大](?:に(?:通って|通う|通い|在学|入学|進学)|の(?:学生|生徒)|出身|卒です)")
});
static SHORT: Lazy = Lazy::new(|| {
    expression(
        r"([\p{Han}々]{1,4})[高中小]の?[1-6一二三四五六](?:年(?:生|[0-9一二三四五六七八九]?組|です|だよ|$)|[\-の][0-9])",
    )
});

/// Whether a name is left when everything that names no school is taken away.
fn is_name(stem: &str) -> bool {
    let mut rest = stem;
    while let Some(shorter) = GENERIC.iter().filter_map(|word| rest.strip_suffix(word)).min_by_key(|rest| rest.len()) {
        rest = shorter;
    }
    !rest.is_empty()
}

pub(super) fn find(sight: &Sight) -> Vec<Range<usize>> {
    if !fits(&SAYS_SCHOOL, sight) {
        return Vec::new();
    }
    let mut found = all(&NAMED, sight, |captures| is_name(&captures[1]));
    found.extend(all(&ESTABLISHED, sight, |captures| is_name(&captures[1])));
    found.extend(all(&KANA, sight, |captures| !GENERIC_KANA.iter().any(|end| captures[1].ends_with(end))));
    found.extend(all(&TOLD, sight, |captures| is_name(&captures[1])));
    found.extend(all(&SELF, sight, |captures| is_name(&captures[1])));
    // 「最高の1年」, 「途中の2年」 …
    let ordinary = [
        '町', '街', '国', '道', '校', '医', '芸', '音', '美', '理', '最', '途', '年', '日', '本', '界', '夜', '夢',
        '集', '心', '空', '暇', '円', '大', '残',
    ];
    for regex in [&SHORT, &SHORT_GOES] {
        found.extend(all(regex, sight, |captures| !captures[1].ends_with(ordinary) && is_name(&captures[1])));
    }
    found
}
