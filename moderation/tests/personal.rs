//! Detectors of personal data: disguises are seen, look-alikes pass.

use ibasho_moderation::roles::Role;
use ibasho_moderation::rules::{Case, Level, Occasion, RuleBook, RuleSet, Said};

fn finds(kind: &str, texts: &[&str]) -> bool {
    let rules = format!(
        r#"{{"format": 1, "rules": [{{"id": "a", "version": 1, "scope": "site", "on": ["message"],
        "when": {{"personal": ["{kind}"]}}, "then": {{"verdict": "hold"}}, "reason": "personal_data", "mode": "enforce",
        "note": ""}}]}}"#
    );
    let book = RuleBook::compile(&RuleSet::from_json(&rules).expect("the format"), Vec::new()).expect("no faults");
    let texts: Vec<Said<'_>> = texts.iter().zip(0..).map(|(text, at)| Said { text, at }).collect();
    let now = texts.len() as u64;
    let (on, role, room) = (Occasion::Message, Role::Participant, "");
    let judged = book.judge(&Case { on, texts: &texts, role, room, session: None, arrived: None, now });
    assert!(judged.findings.iter().all(|finding| finding.why != "the rule failed"), "{kind} fails at {texts:?}");
    judged.verdict == Level::Hold
}

const KINDS: [&str; 10] =
    ["phone", "email", "url", "line_id", "discord", "social_id", "postcode", "address", "school", "real_name"];

/// What people write to be found outside.
const DISGUISED: [(&str, &[&str]); 10] = [
    (
        "phone",
        &[
            "090-1234-5678",
            "０９０１２３４５６７８",
            "〇九〇ー一二三四ー五六七八",
            "ゼロキュウゼロのいちにさんよんのごろくななはち",
            "でんわは0 9 0 1 2 3 4 5 6 7 8です",
            "O9O-1234-5678に電話して",
            "⓪⑨⓪①②③④⑤⑥⑦⑧",
            "+81 90 1234 5678",
            "03-1234-5678",
            "090🌸1234🌸5678",
            "090.1234.5678",
            "まるきゅうまる いちにさんし ごろくしちはち",
            "0\u{200B}90\u{200B}1234\u{200B}5678",
            "0️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
            "090-1234-5678に電話",
            "０１２０じゃなくて080-9999-0000",
        ],
    ),
    (
        "email",
        &[
            "taro@example.com",
            "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
            "taro あっと gmail どっと com",
            "taro[at]gmail[dot]com",
            "taro＠じーめーる",
            "t a r o @ g m a i l . c o m",
            "taro.99アットマークgmail.com",
            "taro @ docomo . ne . jp",
            "たろうアットGメールドットコム",
        ],
    ),
    (
        "url",
        &[
            "https://example.com/a",
            "ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ",
            "hxxps://example.com",
            "example。com",
            "example ドット com を見て",
            "discord.gg/abc",
            "h t t p s : / / example.com",
            "youtu.be/abc",
        ],
    ),
    (
        "line_id",
        &[
            "LINE ID: nagi_99",
            "LINEのIDはnagiumi だよ",
            "らいんあいでぃー→nagi99",
            "ＬＩＮＥ ＩＤ　ｎａｇｉ９９",
            "L I N E の I D は n a g i 9 9",
            "ライン: nagi.99",
            "緑のアプリのIDはnagi99",
            "🅻🅸🅽🅴 ID nagi99",
        ],
    ),
    (
        "discord",
        &[
            "nagi#1234",
            "ディスコのIDはnagi_umi",
            "discord: nagi.umi",
            "Discordの名前はnagi99だよ",
            "discord . gg / abcde",
        ],
    ),
    (
        "social_id",
        &[
            "@nagi_umi",
            "インスタはnagi_umiだよ",
            "Twitter → @nagiumi",
            "X: @nagi99",
            "カカオID nagi99",
            "フレコ 1234-5678-9012",
            "SW-1234-5678-9012",
            "垢名: nagi_umi",
        ],
    ),
    ("postcode", &["〒123-4567", "〒一二三の四五六七", "郵便番号は1234567", "123-4567 東京都", "１２３－４５６７"]),
    (
        "address",
        &[
            "東京都新宿区西新宿2-8-1",
            "大阪市北区梅田三丁目1番",
            "横浜市青葉区あざみ野1の2の3",
            "とうきょうとしんじゅくくにししんじゅく2の8の1",
            "さくらマンション203号室",
            "住所は福岡市中央区天神です",
            "最寄りは高円寺駅です",
        ],
    ),
    (
        "school",
        &[
            "青葉中学校に通ってる",
            "北高校の2年",
            "市立あおば小学校",
            "学校は西高校",
            "早稲田大学に在学中",
            "開成高校出身です",
        ],
    ),
    (
        "real_name",
        &[
            "本名は山田太郎です",
            "私は佐藤花子と申します",
            "ほんみょうは すずきいちろう",
            "フルネームは田中 一郎",
            "名前は鈴木です",
            "本名：高橋美咲",
        ],
    ),
];

#[test]
fn disguised_contacts_are_seen() {
    let mut missed = Vec::new();
    for (kind, texts) in DISGUISED {
        missed.extend(texts.iter().filter(|text| !finds(kind, &[text])).map(|text| format!("{kind}: {text}")));
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn contacts_in_pieces_are_seen() {
    let cases: [(&str, &[&str]); 6] = [
        ("phone", &["090", "1234", "5678"]),
        ("phone", &["ぜろ きゅう ぜろ", "いちにさんよん", "ごろくななはち"]),
        ("phone", &["090だよ", "つぎは1234", "さいごは5678"]),
        ("email", &["taro", "@gmail.com"]),
        ("line_id", &["LINEのID", "nagi_99"]),
        ("email", &["taro@", "gmail.com"]),
    ];
    for (kind, texts) in cases {
        assert!(finds(kind, texts), "{kind}: {texts:?}");
        assert!(!finds(kind, &texts[..1]), "{kind}: the first piece alone says nothing");
    }
}

#[test]
fn look_alikes_pass() {
    let innocent = [
        "2026-11-21に会おう",
        "2026/11/21 10:30",
        "15:30から16:45まで",
        "07/08 09/10 11/12",
        "0-3で負けた。100対99",
        "3,980円でした",
        "1234567890円ほしい",
        "ゲームのスコアは12345678点",
        "よりそいホットライン 0120-279-338",
        "LINEって既読が気になるよね",
        "LINEは苦手",
        "オンラインで話そう",
        "ディスコで踊りたい",
        "死ぬほど笑った",
        "@なぎ おはよう",
        "@nagi おはよう",
        "node.jsを勉強中",
        "お茶.お菓子",
        "今日は...うん",
        "東京都に住んでる",
        "大阪の3丁目",
        "札幌市に行きたい",
        "世の中の3年",
        "最高の1年でした",
        "通信制高校に通ってる",
        "高校に行ってない",
        "中学校の2年のとき",
        "大学生です",
        "本名は言いたくない",
        "本名は内緒です",
        "名前はなぎです",
        "私は森の中です",
        "林檎です",
        "東です",
        "あっという間だった",
        "第3回 2の5",
        "にしのにわにしごにん",
        "一二三四五六七八九十",
        "郵便局に行った",
        "ID持ってない",
        "Discordは使ってない",
        "Xは見ない",
        "インスタは苦手です",
        "Switchで遊んでる",
        "5-7-5の俳句",
        "体温は36.5度",
        "v1.2.3にした",
        "10,000,000回再生",
        "LINE IDは教えないでね",
        "住所は言わないでね",
        "学校は苦手だった",
        "学校はつらかった",
    ];
    let mut held = Vec::new();
    for text in innocent {
        held.extend(KINDS.iter().filter(|kind| finds(kind, &[text])).map(|kind| format!("{kind}: {text}")));
    }
    assert!(held.is_empty(), "{held:#?}");
    for texts in
        [&["10時", "20分", "30秒"][..], &["2026", "11", "21"], &["taro", "こんばんは"], &["LINEの", "スタンプ"]]
    {
        for kind in KINDS {
            assert!(!finds(kind, texts), "{kind}: {texts:?}");
        }
    }
}
