//! What the entrance says about this place: the operator's words, with kind defaults.

use ibasho_protocol::plan::{Help, Place, RoomSummary, Text};
use serde::{Deserialize, Serialize};

use super::keep::Keep;

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
    /// What is kept, and for how long. The default says what this version does; `{box_days}` and the other keys of
    /// `[keep]` in braces become what is configured, so that the entrance never promises something else.
    pub kept: Text,
    /// The rules.
    pub rules: Vec<Text>,
    /// Where to turn to when it is hard.
    pub help: Vec<Help>,
}

impl PlaceConfig {
    /// What the entrance is told.
    pub fn tell(&self, rooms: Vec<RoomSummary>, keep: &Keep) -> Place {
        let Self { zone: _, name, about, run_by, kept, rules, help } = self.clone();
        let Text { ja, easy, en } = kept;
        let kept = Text { ja: keep.filled(&ja), easy: keep.filled(&easy), en: keep.filled(&en) };
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
                "ここでのことばは保存しません。呼び名と席は、帰ると消えます。予約の呼び名は、会から30日で消えます。合いことばは、もらった人だけ、最後に来てから{members_months}か月のあいだ覚えています（いつでもなしにできます）。ご意見箱の紙は{box_days}日で消えます。だれかが「困った」と知らせたとき、つらい声があったとき、決まったことを見直してほしいと言われたときだけ、その前後のことばに鍵をかけて預かります。声は録音しません（だれがいつ話したかだけです）。見られるのは担当の人だけで、{evidence_days}日たつと、もうだれにも読めません。スタッフが何をしたかの記録そのものには、呼び名もことばも書きません（だれのことだったかは別に持ち、{audit_days}日で消します）。書いたことばは、連絡先や人を傷つけることばがないか、送るときに機械が確かめます。気になったものだけ、スタッフが先に見ます。スタッフが決めたこと（お休みなど）は、終わってから{cases_days}日で消えます。",
                "ここで 書いた ことばは のこりません。よび名と せきは、帰ると きえます。よやくの よび名は、会から 30日で きえます。合いことばは、もらった 人だけ、さいごに 来てから {members_months}か月 おぼえています。いつでも なしに できます。ごいけん箱の 紙は {box_days}日で きえます。だれかが「こまった」と 知らせた とき、つらい ことばが あった とき、もういちど 考えてほしいと 言われた ときだけ、その ときの ことばに かぎを かけて とっておきます。声は ろくおん しません（だれが いつ 話したかだけです）。見る ことが できるのは 係の 人だけです。{evidence_days}日 たつと、だれも 読めません。スタッフが した ことの きろくに、よび名や ことばは 書きません（だれの ことかは、べつの ところに おいて、{audit_days}日で けします）。書いた ことばは、れんらくさきや 人を きずつける ことばが ないか、きかいが 見ます。気に なる ものだけ、スタッフが 先に 見ます。スタッフが きめた こと（お休みなど）は、おわってから {cases_days}日で きえます。",
                "What is said here is not kept. Your nickname and seat are forgotten when you leave, the nickname of a booking 30 days after the session. A return phrase is remembered only for those who asked for one, until they give it up or {members_months} months after their last visit. A note in the suggestion box goes after {box_days} days. Only when somebody reports a problem, cries for help or asks that a decision is looked at again, the words around it are kept under lock; voices are never recorded, only who spoke when; only those who look after it can read them, and after {evidence_days} days nobody can. The record of what staff did holds no nickname and no words itself (whom it was about is kept apart from it, for {audit_days} days). What you write is checked by a machine for contact details and words that hurt; only what stands out is seen by staff first. What staff decide about somebody is forgotten {cases_days} days after it has ended.",
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
