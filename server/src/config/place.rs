//! What the entrance says about this place: the operator's words, with kind defaults.

use ibasho_protocol::plan::{Help, Place, RoomSummary, Text};
use serde::{Deserialize, Serialize};

/// The `[place]` part of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceConfig {
    /// The time zone in which dates and times are meant, as in the IANA database.
    pub zone: String,
    /// The name of the place.
    pub name: Text,
    /// What it is.
    pub about: Text,
    /// Who runs it.
    pub run_by: Text,
    /// What is kept, and for how long. The default says what this version does.
    pub kept: Text,
    /// The rules.
    pub rules: Vec<Text>,
    /// Where to turn to when it is hard.
    pub help: Vec<Help>,
}

impl PlaceConfig {
    /// What the entrance is told.
    pub fn tell(&self, rooms: Vec<RoomSummary>) -> Place {
        let Self { zone: _, name, about, run_by, kept, rules, help } = self.clone();
        Place { name, about, run_by, rules, kept, help, rooms }
    }
}

impl Default for PlaceConfig {
    fn default() -> Self {
        Self {
            zone: "Asia/Tokyo".into(),
            name: text("海べの居場所", "海べの いばしょ", "A place by the sea"),
            about: text(
                "家から、名前も顔も出さずに来られる居場所です。話す日も、話さない日も、いていい場所です。",
                "家から 来られる 場所です。名前も 顔も いりません。話しても、話さなくても、いいです。",
                "A place to be, from home, without your name or face. Talk, or just be here; both are fine.",
            ),
            run_by: text(
                "ためし開きの場所です（運営者の名前を設定できます）",
                "ためしに ひらいている 場所です",
                "A trial place (the operator can set their name here)",
            ),
            kept: text(
                "ここでのことばは保存しません。呼び名と席は、帰ると消えます。予約の呼び名は、会から30日で消えます。合いことばは、もらった人だけ、最後に来てから24か月のあいだ覚えています（いつでもなしにできます）。ご意見箱の紙は90日で消えます。",
                "ここで 書いた ことばは のこりません。よび名と せきは、帰ると きえます。よやくの よび名は、会から 30日で きえます。合いことばは、もらった 人だけ、さいごに 来てから 24か月 おぼえています。いつでも なしに できます。ごいけん箱の 紙は 90日で きえます。",
                "What is said here is not kept. Your nickname and seat are forgotten when you leave, the nickname of a booking 30 days after the session. A return phrase is remembered only for those who asked for one, until they give it up or 24 months after their last visit. A note in the suggestion box goes after 90 days.",
            ),
            rules: vec![
                text(
                    "じぶんも、となりの人も、大切に。",
                    "じぶんも、となりの 人も、たいせつに。",
                    "Be kind to yourself and to others.",
                ),
                text(
                    "話しても、話さなくてもいい。",
                    "話しても、話さなくても いいです。",
                    "Talk or stay silent: both are fine.",
                ),
                text(
                    "ここで聞いたことは、ここだけに。連絡先は聞かない、教えない。",
                    "ここで 聞いた ことは、ほかで 言いません。れんらくさきは 聞きません。",
                    "What you hear here stays here. Nobody asks for or gives contact details.",
                ),
            ],
            help: vec![
                Help {
                    name: text("よりそいホットライン", "よりそい ホットライン", "Yorisoi Hotline"),
                    reach: "0120-279-338".into(),
                    hours: text("24時間・無料", "いつでも・お金は いりません", "Any time, free of charge"),
                    source: "https://www.since2011.net/yorisoi/".into(),
                    verified: "2026-11-21".into(),
                },
                Help {
                    name: text("こころの健康相談統一ダイヤル", "こころの そうだん でんわ", "Mental health helpline"),
                    reach: "0570-064-556".into(),
                    hours: text("曜日と時間は地域でちがいます", "じかんは 町で ちがいます", "Hours differ by region"),
                    source: "https://www.mhlw.go.jp/mamorouyokokoro/".into(),
                    verified: "2026-11-21".into(),
                },
            ],
        }
    }
}

fn text(ja: &str, easy: &str, en: &str) -> Text {
    Text { ja: ja.into(), easy: easy.into(), en: en.into() }
}
